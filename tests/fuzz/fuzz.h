// What the fuzzers share. A broken property ends the fuzzer, which then keeps the input.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>

#include "daemon/config_loader.h"
#include "processors/pipeline.h"
#include "processors/record.h"

namespace wiredesk::fuzz {

inline void require(bool holds, const char* property) {
  if (holds) return;
  std::fprintf(stderr, "broken: %s\n", property);
  std::abort();
}

inline std::string_view view(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

inline Record record_of(std::string_view value, std::int64_t offset = 0) {
  Record record;
  record.position = {"wire.raw", 0, offset, 0};
  record.value = value;
  record.timestamp = record.time = Timestamp{1'700'000'000'000};
  return record;
}

/// The factory of a chain; `yaml` is a whole configuration.
inline std::shared_ptr<const PipelineFactory> chain(std::string_view yaml) {
  return parse_config(yaml, "fuzz.yaml").pipeline;
}

inline void require_told(const Outcome& outcome) {
  require(outcome.reason.text() != "internal_error", "a processor threw");
  require(!outcome.failed() || (!outcome.reason.text().empty() && !outcome.detail.empty()),
          "a failure has a reason and a detail");
}

}  // namespace wiredesk::fuzz
