#include "daemon/dead_letters.h"

#include <utility>

#include "processors/identity.h"

namespace wiredesk {
namespace {

constexpr std::size_t kOwnHeaders = 10;

}  // namespace

DeadLetterHeaders::DeadLetterHeaders(const Record& record, std::string_view stage,
                                     const Outcome& outcome, Timestamp now)
    : record_(record), headers_(record.headers) {
  texts_.reserve(kOwnHeaders);  // views into short strings must not move
  const SourcePosition& position = record.position;
  add(dead_letter_header::kStage, std::string(stage));
  add(dead_letter_header::kReason, std::string(outcome.reason.text()));
  add(dead_letter_header::kDetail, outcome.detail);
  add(dead_letter_header::kTopic, std::string(position.topic));
  add(dead_letter_header::kPartition, std::to_string(position.partition));
  add(dead_letter_header::kOffset, std::to_string(position.offset));
  add(dead_letter_header::kTimestamp, std::to_string(record.timestamp.count()));
  add(dead_letter_header::kTime, std::to_string(now.count()));
}

void DeadLetterHeaders::add_size_and_hash() {
  const std::string_view bytes = record_.value.value_or("");
  add(dead_letter_header::kSize, std::to_string(bytes.size()));
  add(dead_letter_header::kSha256, sha256_hex(bytes));
}

void DeadLetterHeaders::add(std::string_view name, std::string value) {
  texts_.push_back(std::move(value));
  headers_.push_back({name, texts_.back()});
}

}  // namespace wiredesk
