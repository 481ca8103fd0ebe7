// The form of a dead letter: the original bytes and key, untouched, and headers that say why.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "processors/outcome.h"
#include "processors/record.h"

namespace wiredesk {

namespace dead_letter_header {
inline constexpr std::string_view kStage = "wiredesk-stage";
inline constexpr std::string_view kReason = "wiredesk-reason";
inline constexpr std::string_view kDetail = "wiredesk-detail";
inline constexpr std::string_view kTopic = "wiredesk-source-topic";
inline constexpr std::string_view kPartition = "wiredesk-source-partition";
inline constexpr std::string_view kOffset = "wiredesk-source-offset";
inline constexpr std::string_view kTimestamp = "wiredesk-source-timestamp";
inline constexpr std::string_view kTime =
    "wiredesk-time";  // when it was given up, ms since the epoch
inline constexpr std::string_view kSize =
    "wiredesk-source-size";  // only where the bytes are not here
inline constexpr std::string_view kSha256 = "wiredesk-source-sha256";  // likewise
}  // namespace dead_letter_header

/// Headers of one dead letter; keeps the texts that the views point at. The record's own headers
/// come first, as they were.
class DeadLetterHeaders {
 public:
  DeadLetterHeaders(const Record& record, std::string_view stage, const Outcome& outcome,
                    Timestamp now);
  /// For a dead letter that is too large for its topic: its size and hash stand for the bytes.
  void add_size_and_hash();

  std::span<const Header> headers() const { return headers_; }
  /// Without the record's.
  std::span<const Header> own() const { return headers().subspan(record_.headers.size()); }

 private:
  void add(std::string_view name, std::string value);

  const Record& record_;
  std::vector<std::string> texts_;
  std::vector<Header> headers_;
};

}  // namespace wiredesk
