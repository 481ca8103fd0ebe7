// `wiredesk process`: the chain without Kafka. Raw articles (or records as kcat prints them) in,
// one JSON value a line out, dead letters as JSON on `err`. Called by main's thread only.
#pragma once

#include <functional>
#include <iosfwd>
#include <string>
#include <vector>

#include "daemon/config.h"

namespace wiredesk {

struct ProcessRequest {
  std::vector<std::string> files;  // "-" is `in`, and so is an empty list
  bool records = false;            // lines of kcat -J: one stream with one window
  bool keep_dropped = false;       // dropped articles are printed, too, with wire.dropped
  bool explain = false;            // says on `err` what became of each part of an article
};

/// Gives the exit status: 0; 1 where a record became a dead letter or a line was no record; 66
/// where a file cannot be read; 74 where `out` cannot be written. Throws what `load` throws.
int run_process(const std::function<Config()>& load, const ProcessRequest& request,
                std::istream& in, std::ostream& out, std::ostream& err);

}  // namespace wiredesk
