// One lane's view of the index. Belongs to the lane's processor, called on its thread only.
//
// What the lane adds is its own until its transaction is committed:
//   staged  (the record at hand)  -> accepted -> pending, else thrown away
//   pending (the batch at hand)   -> committed -> the index, else thrown away
// The lane itself sees all three; other lanes see committed heads only. So when two lanes race,
// both publish an original, and never neither.
#pragma once

#include <cstddef>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

#include "processors/dedupe/index.h"

namespace wiredesk {

class DedupeSession {
 public:
  explicit DedupeSession(DedupeIndex& index) : index_(index) {}

  /// The head of the article's cluster; none: the article is a head itself.
  std::optional<Head> find(const Fingerprint& fingerprint, const SourcePosition& position,
                           Timestamp time) const;
  void stage(const Fingerprint& fingerprint, Head head);

  void end_record(bool accepted);
  void end_batch(bool committed);

 private:
  struct Hash {
    std::size_t operator()(const Fingerprint& fingerprint) const {
      return static_cast<std::size_t>(fingerprint.low);
    }
  };

  DedupeIndex& index_;
  std::vector<std::pair<Fingerprint, Head>> staged_;
  std::unordered_multimap<Fingerprint, Head, Hash> pending_;
};

}  // namespace wiredesk
