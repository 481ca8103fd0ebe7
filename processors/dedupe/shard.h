// A part of the dedupe index: a hash table of heads within a hard bound of memory. Not locked: the
// index has one lock for each shard.
//
// Heads lie one after another in chunks, each chunk holds heads of one span of record time, and
// where memory is short the oldest span gives up its oldest chunk. A head that is older than
// everything held finds no room then: the past cannot push out the present.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <vector>

#include "processors/dedupe/fingerprint.h"
#include "processors/dedupe/head.h"

namespace wiredesk {

class DedupeShard {
 public:
  /// `span`: how much record time a bucket of chunks stands for.
  DedupeShard(Timestamp span, std::size_t max_bytes);

  void search(const Fingerprint& fingerprint, HeadSearch& search) const;
  /// A head that is there already (same position) is left as it is.
  void insert(const Fingerprint& fingerprint, const HeadView& head);

  std::size_t entry_count() const { return count_; }
  std::size_t byte_count() const { return bytes_; }

 private:
  struct Entry;
  struct Chunk {
    std::unique_ptr<std::byte[]> memory;
    std::size_t capacity = 0;
    std::size_t used = 0;
  };
  using Bucket = std::vector<Chunk>;  // oldest first

  static Entry* entry_at(const Chunk& chunk, std::size_t offset);
  std::int64_t bucket_of(Timestamp time) const;
  Entry*& slot(const Fingerprint& fingerprint) { return table_[fingerprint.low & mask()]; }
  std::size_t mask() const { return table_.size() - 1; }
  bool contains(const Fingerprint& fingerprint, const SourcePosition& position) const;
  bool make_room(std::int64_t bucket, std::size_t bytes);
  void evict_oldest_chunk();
  void unlink(Entry* entry);
  std::byte* allocate(std::int64_t bucket, std::size_t bytes);
  void grow_table();

  Timestamp span_;
  std::size_t max_bytes_;
  std::vector<Entry*> table_;  // heads of chains; its size is a power of two
  std::map<std::int64_t, Bucket> buckets_;
  std::size_t count_ = 0;
  std::size_t bytes_ = 0;
};

}  // namespace wiredesk
