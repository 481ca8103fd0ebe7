#include "processors/dedupe/index.h"

namespace wiredesk {
namespace {

constexpr int kSpansInWindow = 72;  // an hour each in the default window

}  // namespace

DedupeIndex::DedupeIndex(Timestamp window, std::size_t max_bytes) : window_(window) {
  for (auto& shard : shards_)
    shard = std::make_unique<Guarded>(DedupeShard(window / kSpansInWindow, max_bytes / kShards));
}

void DedupeIndex::search(const Fingerprint& fingerprint, HeadSearch& search) const {
  const Guarded& guarded = at(fingerprint);
  const std::lock_guard lock(guarded.mutex);
  guarded.shard.search(fingerprint, search);
}

void DedupeIndex::insert(const Fingerprint& fingerprint, const HeadView& head) {
  Guarded& guarded = at(fingerprint);
  const std::lock_guard lock(guarded.mutex);
  guarded.shard.insert(fingerprint, head);
}

std::size_t DedupeIndex::entry_count() const {
  std::size_t sum = 0;
  for (const auto& guarded : shards_) {
    const std::lock_guard lock(guarded->mutex);
    sum += guarded->shard.entry_count();
  }
  return sum;
}

std::size_t DedupeIndex::byte_count() const {
  std::size_t sum = 0;
  for (const auto& guarded : shards_) {
    const std::lock_guard lock(guarded->mutex);
    sum += guarded->shard.byte_count();
  }
  return sum;
}

}  // namespace wiredesk
