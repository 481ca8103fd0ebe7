// The heads of all clusters of the window, for the whole process: committed ones only. Owned by the
// processor's factory; called by every lane and by the reader of the state topic at once, so each
// shard has its lock.
//
// Memory is bounded by `max_bytes`, whatever comes; the oldest record times go first. What is older
// than the window stays as long as there is room: a partition that lags behind, or a day that is
// processed again, finds the heads of its own time.
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <mutex>
#include <utility>

#include "processors/dedupe/shard.h"

namespace wiredesk {

class DedupeIndex {
 public:
  DedupeIndex(Timestamp window, std::size_t max_bytes);

  Timestamp window() const { return window_; }
  void search(const Fingerprint& fingerprint, HeadSearch& search) const;
  void insert(const Fingerprint& fingerprint, const HeadView& head);

  std::size_t entry_count() const;
  std::size_t byte_count() const;

 private:
  static constexpr std::size_t kShards = 16;
  struct Guarded {
    explicit Guarded(DedupeShard from) : shard(std::move(from)) {}
    mutable std::mutex mutex;
    DedupeShard shard;
  };

  Guarded& at(const Fingerprint& fingerprint) const { return *shards_[fingerprint.high % kShards]; }

  Timestamp window_;
  std::array<std::unique_ptr<Guarded>, kShards> shards_;
};

}  // namespace wiredesk
