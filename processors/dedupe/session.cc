#include "processors/dedupe/session.h"

namespace wiredesk {

std::optional<Head> DedupeSession::find(const Fingerprint& fingerprint,
                                        const SourcePosition& position, Timestamp time) const {
  HeadSearch search(position, time, index_.window());
  index_.search(fingerprint, search);
  const auto [begin, end] = pending_.equal_range(fingerprint);
  for (auto each = begin; each != end; ++each) search.consider(each->second.view());
  for (const auto& [staged, head] : staged_)
    if (staged == fingerprint) search.consider(head.view());
  return search.found();
}

void DedupeSession::stage(const Fingerprint& fingerprint, Head head) {
  staged_.emplace_back(fingerprint, std::move(head));
}

void DedupeSession::end_record(bool accepted) {
  if (accepted)
    for (auto& [fingerprint, head] : staged_) pending_.emplace(fingerprint, std::move(head));
  staged_.clear();
}

void DedupeSession::end_batch(bool committed) {
  if (committed)
    for (const auto& [fingerprint, head] : pending_) index_.insert(fingerprint, head.view());
  pending_.clear();
  staged_.clear();
}

}  // namespace wiredesk
