#include "processors/dedupe/head.h"

#include <tuple>

namespace wiredesk {
namespace {

auto order(const HeadView& head) {
  const SourcePosition& at = head.position;
  return std::tuple(head.time, at.topic, at.partition, at.offset, at.item);
}

}  // namespace

const std::optional<Head> HeadSearch::none_;

bool HeadSearch::counts(const HeadView& head) const {
  const SourcePosition& at = head.position;
  const bool later = at.topic == position_.topic && at.partition == position_.partition &&
                     std::tie(at.offset, at.item) > std::tie(position_.offset, position_.item);
  const Timestamp apart = head.time > time_ ? head.time - time_ : time_ - head.time;
  return !later && apart <= window_;
}

void HeadSearch::consider(const HeadView& head) {
  if (head.position == position_) is_head_ = true;
  if (is_head_ || !counts(head)) return;
  if (!best_ || order(head) < order(best_->view())) best_.emplace(head);
}

}  // namespace wiredesk
