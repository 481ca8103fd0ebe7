#include "processors/dedupe/shard.h"

#include <algorithm>
#include <new>

namespace wiredesk {
namespace {

constexpr std::size_t kFirstTable = 64;
constexpr std::size_t kFirstChunk = 1024;
constexpr std::size_t kLargestChunk = 16 * 1024;
// What the allocator and the containers take besides the bytes asked for, rounded up.
constexpr std::size_t kChunkOverhead = 64;
constexpr std::size_t kBucketOverhead = 128;

std::size_t chunk_cost(std::size_t capacity) {
  return capacity + kChunkOverhead;
}

}  // namespace

/// Followed by the bytes of topic, supplier and uri.
struct DedupeShard::Entry {
  Fingerprint fingerprint;
  Entry* next;
  std::int64_t offset;
  std::int64_t time_ms;
  std::int32_t partition;
  std::int32_t item;
  std::uint32_t topic_size;
  std::uint32_t supplier_size;
  std::uint32_t uri_size;

  static std::size_t size_for(std::size_t text) {
    return (sizeof(Entry) + text + alignof(Entry) - 1) / alignof(Entry) * alignof(Entry);
  }
  std::size_t size() const { return size_for(std::size_t{topic_size} + supplier_size + uri_size); }
  const char* text() const { return reinterpret_cast<const char*>(this + 1); }
  HeadView head() const {
    const char* supplier = text() + topic_size;
    return {{{text(), topic_size}, partition, offset, item},
            Timestamp(time_ms),
            {supplier + supplier_size, uri_size},
            {supplier, supplier_size}};
  }
};

DedupeShard::DedupeShard(Timestamp span, std::size_t max_bytes)
    : span_(std::max(span, Timestamp(1))), max_bytes_(max_bytes), table_(kFirstTable) {
  bytes_ = table_.size() * sizeof(Entry*);
}

DedupeShard::Entry* DedupeShard::entry_at(const Chunk& chunk, std::size_t offset) {
  return std::launder(reinterpret_cast<Entry*>(chunk.memory.get() + offset));
}

std::int64_t DedupeShard::bucket_of(Timestamp time) const {
  return time.count() / span_.count();
}

void DedupeShard::search(const Fingerprint& fingerprint, HeadSearch& search) const {
  for (const Entry* each = table_[fingerprint.low & mask()]; each; each = each->next)
    if (each->fingerprint == fingerprint) search.consider(each->head());
}

bool DedupeShard::contains(const Fingerprint& fingerprint, const SourcePosition& position) const {
  for (const Entry* each = table_[fingerprint.low & mask()]; each; each = each->next)
    if (each->fingerprint == fingerprint && each->head().position == position) return true;
  return false;
}

void DedupeShard::insert(const Fingerprint& fingerprint, const HeadView& head) {
  if (contains(fingerprint, head.position)) return;
  const std::size_t text = head.position.topic.size() + head.supplier.size() + head.uri.size();
  const std::int64_t bucket = bucket_of(head.time);
  const std::size_t size = Entry::size_for(text);
  if (!make_room(bucket, size)) return;

  auto* entry =
      new (allocate(bucket, size)) Entry{fingerprint,
                                         slot(fingerprint),
                                         head.position.offset,
                                         head.time.count(),
                                         head.position.partition,
                                         head.position.item,
                                         static_cast<std::uint32_t>(head.position.topic.size()),
                                         static_cast<std::uint32_t>(head.supplier.size()),
                                         static_cast<std::uint32_t>(head.uri.size())};
  char* out = reinterpret_cast<char*>(entry + 1);
  for (std::string_view part : {head.position.topic, head.supplier, head.uri})
    out = std::copy(part.begin(), part.end(), out);
  slot(fingerprint) = entry;
  if (++count_ > table_.size()) grow_table();
}

bool DedupeShard::make_room(std::int64_t bucket, std::size_t bytes) {
  // The worst that this insertion can cost, so that the bound holds at every moment.
  const std::size_t need = kBucketOverhead + chunk_cost(std::max(kLargestChunk, bytes));
  const auto last = buckets_.find(bucket);
  if (last != buckets_.end() && !last->second.empty()) {
    const Chunk& chunk = last->second.back();
    if (chunk.used + bytes <= chunk.capacity) return true;
  }
  if (need > max_bytes_) return false;
  while (bytes_ + need > max_bytes_) {
    if (buckets_.empty() || buckets_.begin()->first > bucket) return false;
    evict_oldest_chunk();
  }
  return true;
}

void DedupeShard::evict_oldest_chunk() {
  const auto oldest = buckets_.begin();
  Bucket& chunks = oldest->second;
  const Chunk& chunk = chunks.front();
  for (std::size_t at = 0; at < chunk.used;) {
    Entry* entry = entry_at(chunk, at);
    at += entry->size();
    unlink(entry);
  }
  bytes_ -= chunk_cost(chunk.capacity);
  chunks.erase(chunks.begin());
  if (!chunks.empty()) return;
  buckets_.erase(oldest);
  bytes_ -= kBucketOverhead;
}

void DedupeShard::unlink(Entry* entry) {
  Entry** link = &slot(entry->fingerprint);
  while (*link != entry) link = &(*link)->next;
  *link = entry->next;
  --count_;
}

std::byte* DedupeShard::allocate(std::int64_t bucket, std::size_t bytes) {
  const auto [place, added] = buckets_.try_emplace(bucket);
  if (added) bytes_ += kBucketOverhead;
  Bucket& chunks = place->second;
  if (chunks.empty() || chunks.back().used + bytes > chunks.back().capacity) {
    const std::size_t next =
        chunks.empty() ? kFirstChunk : std::min(chunks.back().capacity * 2, kLargestChunk);
    const std::size_t capacity = std::max(next, bytes);
    chunks.push_back({std::make_unique<std::byte[]>(capacity), capacity, 0});
    bytes_ += chunk_cost(capacity);
  }
  std::byte* place_in_chunk = chunks.back().memory.get() + chunks.back().used;
  chunks.back().used += bytes;
  return place_in_chunk;
}

void DedupeShard::grow_table() {
  // Old and new live side by side for a moment; where that is too much, chains get longer instead.
  const std::size_t larger = table_.size() * 2;
  if (bytes_ + larger * sizeof(Entry*) > max_bytes_) return;
  std::vector<Entry*> old(larger);
  old.swap(table_);
  bytes_ += (larger - old.size()) * sizeof(Entry*);
  for (Entry* entry : old) {
    while (entry) {
      Entry* next = entry->next;
      entry->next = slot(entry->fingerprint);
      slot(entry->fingerprint) = entry;
      entry = next;
    }
  }
}

}  // namespace wiredesk
