// The half of the message that ninjs has no place for.
#include <algorithm>

#include "processors/message/fields.h"
#include "processors/message/message_writer.h"
#include "processors/message/short_json.h"
#include "processors/text/base64.h"

namespace wiredesk {
namespace {

constexpr std::int64_t kSchema = 1;

void write_date(const std::optional<Date>& date, JsonWriter& json) {
  if (date)
    json.string(to_string(*date));
  else
    json.null();
}

/// A key is bytes, which JSON has no place for unless they are UTF-8.
void write_record_key(const Record& record, JsonWriter& json) {
  json.key("key");
  if (!record.key) {
    json.null();
  } else if (utf8::first_invalid(*record.key) == utf8::kValid) {
    json.string(*record.key);
  } else {
    json.null().key("keyBase64").string(base64_encode(*record.key));
  }
}

void write_source(const Article& article, JsonWriter& json) {
  const SourcePosition& position = article.position;
  const Record& record = *article.record;
  json.begin_object().key("topic").string(position.topic);
  json.key("partition").number(std::int64_t{position.partition});
  json.key("offset").number(position.offset);
  json.key("item").number(std::int64_t{position.item}).key("timestamp");
  if (record.timestamp.count() > 0)
    json.number(std::int64_t{record.timestamp.count()});
  else
    json.null();
  write_record_key(record, json);
  json.key("format").string(article.meta.format).end_object();
}

void write_dateline(const Article& article, JsonWriter& json) {
  if (!article.dateline) {
    json.null();
    return;
  }
  const Dateline& dateline = *article.dateline;
  json.begin_object().key("text").string(article.text(article.segments[dateline.segment]));
  json.key("places");
  write_strings(dateline.places, json);
  json.key("agency").string_or_null(dateline.agency).key("date");
  write_date(dateline.date, json);
  json.key("yearFrom").string_or_null(dateline.year_from).end_object();
}

void write_lifecycle(const Lifecycle& lifecycle, JsonWriter& json) {
  json.begin_object().key("kind").string(to_string(lifecycle.kind));
  json.key("mark").string_or_null(lifecycle.mark).key("sequence");
  if (lifecycle.sequence)
    json.number(std::int64_t{*lifecycle.sequence});
  else
    json.null();
  json.key("series").string_or_null(lifecycle.series).key("embargoedUntil").null().end_object();
}

void write_caption(const Caption& caption, std::size_t number, JsonWriter& json) {
  json.begin_object().key("ref");
  write_picture_name(number, json);
  json.key("text").string(caption.text).key("credit").string_or_null(caption.credit);
  json.key("creditLine").string_or_null(caption.credit_line).key("photographers");
  write_strings(caption.photographers, json);
  json.key("photographer");
  if (caption.photographers.empty())
    json.null();
  else
    write_joined(caption.photographers, json);
  json.key("agency").string_or_null(caption.agency).key("date");
  write_date(caption.date, json);
  json.key("place").string_or_null(caption.place).key("segments").begin_array();
  for (const std::uint32_t segment : caption.segments) json.number(std::int64_t{segment});
  json.end_array().key("confidence").number(caption.confidence).end_object();
}

void write_captions(const Article& article, JsonWriter& json) {
  json.begin_array();
  for (std::size_t i = 0; i < article.captions.size(); ++i)
    write_caption(article.captions[i], i + 1, json);
  json.end_array();
}

/// Every segment of one kind, as its text and number.
void write_texts(const Article& article, SegmentKind kind, JsonWriter& json) {
  json.begin_array();
  for (std::size_t i = 0; i < article.segments.size(); ++i) {
    const Segment& segment = article.segments[i];
    if (segment.kind != kind) continue;
    json.begin_object().key("text").string(article.text(segment));
    json.key("segment").number(static_cast<std::int64_t>(i)).end_object();
  }
  json.end_array();
}

void write_end_mark(const Article& article, JsonWriter& json) {
  const auto mark =
      std::find_if(article.segments.begin(), article.segments.end(),
                   [](const Segment& each) { return each.kind == SegmentKind::endmark; });
  if (mark == article.segments.end())
    json.null();
  else
    json.string(article.text(*mark));
}

void write_duplicate(const Article& article, JsonWriter& json) {
  const Duplicate& duplicate = article.duplicate;
  json.begin_object();
  json.key("cluster").string(duplicate.cluster.empty() ? article.uri() : duplicate.cluster);
  json.key("of").string_or_null(duplicate.of);
  json.key("relation").string(to_string(duplicate.relation)).key("score");
  if (duplicate.score)
    json.number(*duplicate.score);
  else
    json.null();
  json.key("evidence");
  write_strings(duplicate.evidence, json);
  json.key("changes").null().end_object();
}

void write_origin(const Mention& mention, std::optional<std::uint32_t> source_start,
                  JsonWriter& json) {
  ShortJson text;
  text.literal(R"(,"sourceStart":)");
  if (source_start)
    text.number(*source_start);
  else
    text.literal("null");
  text.literal(R"(,"by":")").name(mention.by).literal(R"(","confidence":)");
  json.raw(text.text()).number(mention.confidence);
  json.raw(mention.nested ? R"(,"nested":true})" : R"(,"nested":false})");
}

}  // namespace

void MessageWriter::write_wire(const Article& article, JsonWriter& json) {
  json.begin_object().key("schema").number(kSchema);
  if (options_.write_dropped)
    json.key("dropped").string_or_null(article.outcome.dropped() ? article.outcome.reason.text()
                                                                 : std::string_view{});
  json.key("source");
  write_source(article, json);
  if (options_.source) json.key("text").string(article.source);
  write_segments(article, json);
  json.key("dateline");
  write_dateline(article, json);
  json.key("lifecycle");
  write_lifecycle(article.lifecycle, json);
  json.key("gallery").boolean(article.gallery).key("captions");
  write_captions(article, json);
  json.key("subheads");
  write_texts(article, SegmentKind::subhead, json);
  json.key("notes");
  write_texts(article, SegmentKind::note, json);
  json.key("endMark");
  write_end_mark(article, json);
  json.key("duplicate");
  write_duplicate(article, json);
  write_entities(article, json);
  write_processing(article, json);
  json.end_object();
}

void MessageWriter::write_segments(const Article& article, JsonWriter& json) const {
  json.key("segments").begin_array();
  for (std::size_t i = 0; i < article.segments.size(); ++i) {
    const SegmentPlace& place = layout_.place(i);
    ShortJson text;
    text.literal(R"({"kind":")").name(to_string(article.segments[i].kind));
    text.literal(R"(","start":)").number(place.start).literal(R"(,"end":)").number(place.end);
    if (place.field == MessageField::body) text.literal(R"(,"body":)").number(place.field_start);
    json.raw(text.literal("}").text());
  }
  json.end_array();
}

void MessageWriter::write_entities(const Article& article, JsonWriter& json) const {
  json.key("entities").begin_array();
  for (const Entity& entity : article.entities) {
    json.begin_object().key("id").string(entity.id).key("type").string(to_string(entity.type));
    json.key("name").string(entity.name).key("rel").string(entity.rel);
    json.key("salience").number(entity.salience).key("mentions").begin_array();
    for (const Mention& mention : entity.mentions) write_mention(article, mention, json);
    json.end_array().end_object();
  }
  json.end_array();
}

void MessageWriter::write_mention(const Article& article, const Mention& mention,
                                  JsonWriter& json) const {
  const std::optional<MentionPlace> place = layout_.locate(article, mention);
  if (!place) return;
  ShortJson text;
  text.literal(R"({"field":")").name(to_string(place->field));
  text.literal(R"(","index":)").number(place->index);
  text.literal(R"(,"start":)").number(place->start).literal(R"(,"end":)").number(place->end);
  text.literal(R"(,"byteStart":)").number(place->byte_start);
  text.literal(R"(,"byteEnd":)").number(place->byte_end).literal(R"(,"text":)");
  json.raw(text.text()).string(place->text);
  write_origin(mention, place->source_start, json);
}

void MessageWriter::write_processing(const Article& article, JsonWriter& json) const {
  json.key("processing").begin_object().key("wiredesk").string(options_.program_version);
  for (const auto& [name, version] : options_.versions) json.key(name).string(version);
  json.key("stages").begin_object();
  for (const auto& [stage, seconds] : article.stage_seconds) json.key(stage).number(seconds);
  json.end_object().end_object();
}

}  // namespace wiredesk
