// Reads a configuration file over the defaults. Used at start, by the main thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "daemon/config.h"

namespace wiredesk {

/// Throws ConfigError with everything that is wrong with the file ("" = the defaults alone).
Config load_config(const std::string& path);

/// The same from a text; `name` is what error marks call it.
Config parse_config(std::string_view text, const std::string& name);

/// Every option with its default, in the reference's order: "kafka.common", ..., "entities.gazetteer".
std::vector<OptionDoc> describe_config();

}  // namespace wiredesk
