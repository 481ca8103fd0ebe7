// The first article of a cluster, and the rule by which an article finds its own.
// Values; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "processors/record.h"

namespace wiredesk {

/// A SourcePosition that outlives its record.
struct OwnedPosition {
  std::string topic;
  std::int32_t partition = 0;
  std::int64_t offset = 0;
  std::int32_t item = 0;

  OwnedPosition() = default;
  explicit OwnedPosition(const SourcePosition& from)
      : topic(from.topic), partition(from.partition), offset(from.offset), item(from.item) {}
  SourcePosition view() const { return {topic, partition, offset, item}; }
  friend bool operator==(const OwnedPosition&, const OwnedPosition&) = default;
};

/// A head without its storage: views into the index or into a Head.
struct HeadView {
  SourcePosition position;
  Timestamp time{};
  std::string_view uri;
  std::string_view supplier;  // "" is unknown
};

struct Head {
  OwnedPosition position;
  Timestamp time{};
  std::string uri;
  std::string supplier;

  Head() = default;
  explicit Head(const HeadView& from)
      : position(from.position), time(from.time), uri(from.uri), supplier(from.supplier) {}
  HeadView view() const { return {position.view(), time, uri, supplier}; }
};

/// Is shown every head with the article's fingerprint, in any order, and picks the one that counts.
///
/// The rule makes a replay give the same answer: an article whose own position is among the heads
/// is a head; heads that come later in the article's own partition do not exist yet; heads further
/// away than the window do not count. Of several (two lanes raced) the earliest counts, by time,
/// then by position.
class HeadSearch {
 public:
  HeadSearch(const SourcePosition& position, Timestamp time, Timestamp window)
      : position_(position), time_(time), window_(window) {}

  void consider(const HeadView& head);

  /// The head of the cluster that the article belongs to; none: it is a head itself.
  const std::optional<Head>& found() const { return is_head_ ? none_ : best_; }

 private:
  bool counts(const HeadView& head) const;

  SourcePosition position_;
  Timestamp time_;
  Timestamp window_;
  bool is_head_ = false;
  std::optional<Head> best_;
  static const std::optional<Head> none_;
};

}  // namespace wiredesk
