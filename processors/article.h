// One article on its way through the chain: the decoded source, its segments, and what the
// processors found. Owned by the pipeline of one lane and touched by that lane's thread only.
//
// The text is never copied: the segments partition `source`, and everything else points at segments
// or at bytes of the source. All offsets here are bytes of UTF-8; the published message counts code
// points.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "processors/outcome.h"
#include "processors/record.h"

namespace wiredesk {

/// Half-open byte range.
struct Span {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  std::uint32_t size() const { return end - begin; }
  bool empty() const { return begin == end; }
  friend bool operator==(Span, Span) = default;
};

enum class SegmentKind : std::uint8_t {
  headline,
  lifecycle,
  dateline,
  byline,
  caption,
  credit,
  subhead,
  paragraph,
  endmark,
  trailer,
  note,
  boilerplate,
};
std::string_view to_string(SegmentKind kind);

/// A run of the source with one kind. Segments are in order, do not overlap, begin and end with a
/// character that is not white space, and nothing but white space lies between them.
struct Segment {
  SegmentKind kind = SegmentKind::paragraph;
  Span span;

  bool in_body() const { return kind == SegmentKind::paragraph || kind == SegmentKind::subhead; }
};

/// A calendar date; year 0 means that nothing tells the year.
struct Date {
  int year = 0;
  int month = 0;
  int day = 0;

  friend bool operator==(const Date&, const Date&) = default;
};
/// "2021-12-15", or "--12-15" (ISO 8601 without the year) where the year is not known.
std::string to_string(const Date& date);

struct Dateline {
  std::uint32_t segment = 0;        // index into Article::segments
  std::vector<std::string> places;  // as they are written in running text: "Beijing"
  std::string agency;               // canonical name, "" if none is named
  std::optional<Date> date;
  std::string_view year_from;  // "dateline", "caption", "record", or "" while the year is not known
};

enum class LifecycleKind : std::uint8_t {
  fresh,
  update,
  correction,
  repeat,
  kill,
  withhold,
  embargo,
  advisory,
  roundup,
};
std::string_view to_string(LifecycleKind kind);  // fresh is "new"

struct Lifecycle {
  LifecycleKind kind = LifecycleKind::fresh;
  std::string mark;             // as it stands in the source, "" if there is none
  std::optional<int> sequence;  // the 2 of "UPDATE 2-" or "2nd Ld"
  std::string series;           // "China Focus"

  /// Kills, withdrawals and corrections are never dropped, however similar to an earlier article.
  bool never_dropped() const {
    return kind == LifecycleKind::kill || kind == LifecycleKind::withhold ||
           kind == LifecycleKind::correction;
  }
};

struct Caption {
  std::string text;         // one paragraph, the source's characters
  std::string credit;       // as it stands: "(Xinhua/Huang Jingwen)"
  std::string credit_line;  // normalised: "Xinhua/Huang Jingwen"
  std::vector<std::string> photographers;
  std::string agency;  // canonical name
  std::optional<Date> date;
  std::string place;
  std::vector<std::uint32_t> segments;  // every caption and credit segment of every repetition
  double confidence = 0;
};

enum class Relation : std::uint8_t {
  original,
  duplicate,
  update,
  correction,
  excerpt,
  kill,
  roundup,
};
std::string_view to_string(Relation relation);

struct Duplicate {
  Relation relation = Relation::original;
  std::string cluster;  // uri of the cluster's first article; the article's own when original
  std::string of;       // uri of the article this one repeats, "" when original
  std::optional<double> score;
  std::vector<std::string> evidence;
};

enum class EntityType : std::uint8_t { person, organisation, place, event, demonym };
std::string_view to_string(EntityType type);

/// One occurrence. `segment` says in which segment; kMetadataHeadline: in Article::meta.headline.
struct Mention {
  static constexpr std::uint32_t kMetadataHeadline = 0xffffffff;

  std::uint32_t segment = 0;
  Span span;                          // bytes of the source, or of the metadata headline
  std::string_view by = "gazetteer";  // model, gazetteer, coreference, pattern
  double confidence = 1;
  bool nested = false;  // inside a longer mention
};

struct Entity {
  std::string id;  // Wikidata's entity address, else a stable "urn:wiredesk:entity:..."
  EntityType type = EntityType::person;
  std::string name;
  std::string_view rel = "mentions";  // about, mentions, dateline, demonym
  double salience = 0;
  std::vector<Mention> mentions;
};

/// What the format itself says of the article; empty where it says nothing.
struct Metadata {
  std::string format;  // "text", "json", ...
  std::string id;
  std::string
      supplier;  // slug: "xinhua"; "" is unknown, and two unknown suppliers are never the same
  std::string headline;
  std::string version;
  std::string time;  // version's creation, as the format writes it
  std::string language;
  std::string slug;
};

/// A record for the state topic, published in the transaction of its article.
struct StateRecord {
  std::string key;
  std::string value;
};

struct Article {
  explicit Article(const Record& from) : record(&from), position(from.position) {}

  std::string_view text(Span span) const { return source.substr(span.begin, span.size()); }
  std::string_view text(const Segment& segment) const { return text(segment.span); }

  /// The published identity "urn:wiredesk:SUPPLIER:ID", percent-encoded; see identity.h.
  const std::string& uri() const;

  const Record* record;
  SourcePosition position;  // the record's, with the item's number

  std::string_view
      source;  // the decoded text, UTF-8: a view of the record's bytes or of *owned_source
  std::unique_ptr<std::string>
      owned_source;  // on the heap, so that moving the article keeps views sound
  Metadata meta;
  std::string raw_sha256;  // of the item's bytes, lower-case hexadecimal

  std::vector<Segment> segments;
  std::optional<Dateline> dateline;
  Lifecycle lifecycle;
  std::vector<Caption> captions;
  bool gallery = false;  // nothing but captions
  Duplicate duplicate;
  std::vector<Entity> entities;
  std::vector<StateRecord> state;

  Outcome outcome;  // of the whole chain: keep or drop
  std::vector<std::pair<std::string_view, double>> stage_seconds;

 private:
  mutable std::string uri_;
};

}  // namespace wiredesk
