// Reads records from lines of JSON as `kcat -J` prints them, for `wiredesk process --records`:
//
//   {"topic": "wire.raw", "partition": 0, "offset": 7, "tstype": "create", "ts": 1639569600000,
//    "broker": 1, "headers": ["name", "value"], "key": null, "payload": "..."}
//
// Headers may be a map, too; `payload_base64` and `key_base64` stand for bytes that are not UTF-8,
// which kcat does not escape. One line is held at a time. A line that is no record is told and
// skipped: next() never throws on account of what it reads.
//
// Owned by its caller and used by one thread. The stream must outlive it.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <istream>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "processors/record.h"

namespace wiredesk {

/// A record that owns its bytes.
struct OwnedRecord {
  /// Views of this record's bytes; `time` is the timestamp or, where it is missing or later, `now`.
  Record view(Timestamp now) const;

  std::string topic;
  std::int32_t partition = 0;
  std::int64_t offset = 0;
  Timestamp timestamp{};  // 0: none
  std::optional<std::string> key;
  std::optional<std::string> value;
  std::vector<std::pair<std::string, std::string>> headers;
};

struct RecordLine {
  std::size_t line = 0;  // counts from 1
  OwnedRecord record;
  std::string problem;  // why the line is skipped, with the mend; "": the record is sound
};

class RecordsFile {
 public:
  /// Longer lines are skipped: no broker takes a record of that size by default.
  static constexpr std::size_t kMaxLineBytes = std::size_t{256} << 20;

  explicit RecordsFile(std::istream& in, std::size_t max_line_bytes = kMaxLineBytes);

  /// The next line that is not blank; no value at the end.
  std::optional<RecordLine> next();

 private:
  bool read_line();

  std::istream& in_;
  std::size_t max_line_bytes_;
  std::string line_;
  std::size_t number_ = 0;
  bool too_long_ = false;
};

}  // namespace wiredesk
