// What dedupe decided about one article, as the state topic holds it. Pure functions; any thread.
//
//   key    TOPIC/PARTITION/OFFSET/ITEM of the article
//   value  fields parted by one tab each; a text, so that kcat shows it:
//     1            version of the form
//     TIME         record time, milliseconds since the Unix epoch
//     FINGERPRINT  32 hexadecimal digits
//     RELATION     as in the message: original, duplicate, correction, ...
//     SUPPLIER     slug, empty where it is unknown
//     URI          of the article
//     HEAD         position of the cluster's head, written like the key; empty: the article itself
//     HEAD_URI     empty: the article itself
#pragma once

#include <string>
#include <string_view>

#include "processors/article.h"
#include "processors/dedupe/fingerprint.h"
#include "processors/dedupe/head.h"

namespace wiredesk {

struct DedupeDecision {
  OwnedPosition position;
  Timestamp time{};
  Fingerprint fingerprint;
  Relation relation = Relation::original;
  std::string supplier;
  std::string uri;
  OwnedPosition head;
  std::string head_uri;

  /// Whether later articles can belong to this one. Nothing is ever a copy of a kill: what it takes
  /// back may be sent anew.
  bool is_head() const { return relation != Relation::kill && head == position; }

  friend bool operator==(const DedupeDecision&, const DedupeDecision&) = default;
};

StateRecord to_state_record(const DedupeDecision& decision);

/// Throws std::runtime_error, with the mend, where the version is unknown or the record damaged.
DedupeDecision parse_state_record(std::string_view key, std::string_view value);

}  // namespace wiredesk
