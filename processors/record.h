// One record as it came from the input topic (or from a file, for `wiredesk process`).
// All views point into memory that the source keeps until the batch is finished.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace wiredesk {

/// Milliseconds since the Unix epoch, as Kafka counts.
using Timestamp = std::chrono::milliseconds;

/// Where an article stood in the input. `item` numbers the articles of a record that bundles
/// several.
struct SourcePosition {
  std::string_view topic;
  std::int32_t partition = 0;
  std::int64_t offset = 0;
  std::int32_t item = 0;

  friend bool operator==(const SourcePosition&, const SourcePosition&) = default;
};

struct Header {
  std::string_view name;
  std::string_view value;
};

struct Record {
  SourcePosition position;
  std::optional<std::string_view> key;
  std::optional<std::string_view> value;  // nullopt: a tombstone
  Timestamp timestamp{};                  // as the record says it
  Timestamp time{};  // the same, but never later than now: what windows are measured by
  std::vector<Header> headers;

  /// The first header of that name, if there is one.
  std::optional<std::string_view> header(std::string_view name) const {
    for (const Header& header : headers)
      if (header.name == name) return header.value;
    return std::nullopt;
  }
};

}  // namespace wiredesk
