#include "daemon/lane.h"

#include <algorithm>
#include <chrono>

#include "daemon/wall_clock.h"

namespace wiredesk {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Timestamp time, Timestamp now) {
  return std::chrono::duration<double>(std::max(now - time, Timestamp(0))).count();
}

}  // namespace

void BatchSize::shrink(std::size_t records) {
  now_ = std::max<std::size_t>(std::min(now_, records) / 2, 1);
}

void BatchSize::grow() {
  now_ = std::min(now_ * 2, max_);
}

Lane::Lane(Parts parts, BatchLimits limits)
    : parts_(std::move(parts)), limits_(limits), size_(limits.max_records) {}

bool Lane::step() {
  limits_.max_records = size_.now();
  const std::span<const Record> records = parts_.source.poll(limits_);
  parts_.beat();
  if (records.empty()) return false;
  parts_.metrics.consumed(records.size());
  const CommitResult result = process(records);
  settle(records, result);
  parts_.beat();
  return result == CommitResult::committed;
}

CommitResult Lane::process(std::span<const Record> records) {
  parts_.sink.begin();
  for (std::size_t i = 0; i < records.size(); ++i) parts_.publisher.publish(records[i], i);
  const Clock::time_point start = Clock::now();
  const CommitResult result = parts_.sink.commit(parts_.source.next_offsets());
  parts_.metrics.commit_duration(Clock::now() - start);
  return result;
}

void Lane::settle(std::span<const Record> records, CommitResult result) {
  const bool committed = result == CommitResult::committed;
  parts_.pipeline.end_batch(committed);
  if (!committed) {
    parts_.metrics.transaction(TransactionResult::aborted);
    note_refusals(records);
    size_.shrink(records.size());
    parts_.source.rewind();
    return;
  }
  const Timestamp now = wall_clock();
  for (const Record& record : records) parts_.metrics.end_to_end(seconds_since(record.time, now));
  parts_.metrics.transaction(TransactionResult::committed);
  parts_.publisher.forget_refusals();
  size_.grow();
}

void Lane::note_refusals(std::span<const Record> records) {
  // The broker refuses whole batches: only a record that stood alone is known to be the cause.
  for (Refusal& refusal : parts_.sink.take_refusals())
    if (records.size() == 1 && refusal.source == 0)
      parts_.publisher.remember_refusal(records[0], std::move(refusal.detail));
}

}  // namespace wiredesk
