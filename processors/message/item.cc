// The ninjs half of the message.
#include <algorithm>

#include "processors/identity.h"
#include "processors/message/fields.h"
#include "processors/message/message_writer.h"
#include "processors/message/xhtml.h"

namespace wiredesk {
namespace {

std::string_view publication_status(LifecycleKind kind) {
  if (kind == LifecycleKind::kill) return "canceled";
  return kind == LifecycleKind::withhold ? "withheld" : "usable";
}

/// Who the article is from, by the best name that is known.
std::string_view info_source(const Article& article) {
  if (article.dateline && !article.dateline->agency.empty()) return article.dateline->agency;
  for (const Caption& caption : article.captions)
    if (!caption.agency.empty()) return caption.agency;
  return article.meta.supplier;
}

void write_if_known(JsonWriter& json, std::string_view key, std::string_view value) {
  if (!value.empty()) json.key(key).string(value);
}

void write_byline(const Article& article, JsonWriter& json) {
  const auto byline =
      std::find_if(article.segments.begin(), article.segments.end(),
                   [](const Segment& each) { return each.kind == SegmentKind::byline; });
  if (byline != article.segments.end()) json.key("by").string(article.text(*byline));
}

void write_ed_note(const Article& article, const MessageLayout& layout, JsonWriter& json) {
  if (layout.notes().empty()) return;
  json.key("edNote").begin_string();
  std::string_view between;
  for (const std::uint32_t note : layout.notes()) {
    json.piece(between).piece(article.text(article.segments[note]));
    between = "\n";
  }
  json.end_string();
}

void write_headlines(const MessageLayout& layout, JsonWriter& json) {
  json.key("headlines").begin_array();
  for (const std::string_view headline : layout.headlines())
    json.begin_object().key("value").string(headline).end_object();
  json.end_array();
}

void write_provenance(const Article& article, JsonWriter& json) {
  json.key("infoSources").begin_array();
  const std::string_view source = info_source(article);
  if (!source.empty()) json.begin_object().key("name").string(source).end_object();
  json.end_array();
  json.key("altIds").begin_array().begin_object();
  json.key("role").string("rawSha256").key("value").string(article.raw_sha256);
  json.end_object().end_array();
}

void write_concepts(const Article& article, std::string_view key, EntityType list,
                    JsonWriter& json) {
  json.key(key).begin_array();
  for (const Entity& entity : article.entities) {
    if (entity.type != list) continue;
    json.begin_object().key("name").string(entity.name);
    json.key("rel").string(entity.rel);
    write_if_known(json, "uri", entity.id);
    json.end_object();
  }
  json.end_array();
}

void write_description(JsonWriter& json, std::string_view role, std::string_view content_type,
                       std::string_view value) {
  json.begin_object().key("role").string(role);
  write_if_known(json, "contentType", content_type);
  json.key("value").string(value).end_object();
}

void write_picture(const Caption& caption, std::size_t number, std::string& scratch,
                   JsonWriter& json) {
  scratch.assign(caption.text).append("\n").append(caption.credit);
  const std::string hash = fast_hash_hex(scratch);
  json.begin_object().key("name");
  write_picture_name(number, json);
  json.key("uri").begin_string().piece("urn:wiredesk:pic:").piece(hash).end_string();
  json.key("type").string("picture");
  if (!caption.photographers.empty()) {
    json.key("by");
    write_joined(caption.photographers, json);
  }
  write_if_known(json, "located", caption.place);
  json.key("descriptions").begin_array();
  write_description(json, "caption", "text/plain", caption.text);
  if (!caption.credit_line.empty()) write_description(json, "creditline", "", caption.credit_line);
  json.end_array().end_object();
}

}  // namespace

void MessageWriter::write_item(const Article& article, JsonWriter& json) {
  json.begin_object();
  json.key("uri").string(article.uri()).key("type").string("text");
  json.key("version").string(article.meta.version.empty() ? "1" : article.meta.version);
  if (is_rfc3339(article.meta.time)) json.key("versionCreated").string(article.meta.time);
  json.key("pubStatus").string(publication_status(article.lifecycle.kind));
  write_if_known(json, "language", article.meta.language);
  if (article.dateline && !article.dateline->places.empty())
    write_if_known(json, "located", article.dateline->places.front());
  write_byline(article, json);
  write_if_known(json, "slugline", article.meta.slug);
  write_ed_note(article, layout_, json);
  write_headlines(layout_, json);
  write_provenance(article, json);
  write_bodies(article, json);
  write_concepts(article, "people", EntityType::person, json);
  write_concepts(article, "organisations", EntityType::organisation, json);
  write_concepts(article, "places", EntityType::place, json);
  write_concepts(article, "events", EntityType::event, json);
  write_associations(article, json);
  json.end_object();
}

void MessageWriter::write_bodies(const Article& article, JsonWriter& json) {
  std::size_t words = 0;
  for (const Segment& segment : article.segments)
    if (segment.in_body()) words += count_words(article.text(segment));
  json.key("bodies").begin_array().begin_object();
  json.key("role").string("main").key("contentType").string("text/plain");
  json.key("charCount").number(std::int64_t{layout_.body_chars()});
  json.key("wordCount").number(static_cast<std::int64_t>(words));
  json.key("value").begin_string();
  std::string_view between;
  for (const Segment& segment : article.segments) {
    if (!segment.in_body()) continue;
    json.piece(between).piece(article.text(segment));
    between = "\n";
  }
  json.end_string().end_object();
  if (options_.richtext) write_richtext(article, json);
  json.end_array();
}

void MessageWriter::write_richtext(const Article& article, JsonWriter& json) {
  scratch_.clear();
  for (const Segment& segment : article.segments) {
    if (!segment.in_body()) continue;
    const bool subhead = segment.kind == SegmentKind::subhead;
    scratch_.append(subhead ? "<h2>" : "<p>");
    append_xhtml(scratch_, article.text(segment));
    scratch_.append(subhead ? "</h2>" : "</p>");
  }
  write_description(json, "richtext", "application/xhtml+xml", scratch_);
}

void MessageWriter::write_associations(const Article& article, JsonWriter& json) {
  json.key("associations").begin_array();
  for (std::size_t i = 0; i < article.captions.size(); ++i)
    write_picture(article.captions[i], i + 1, scratch_, json);
  json.end_array();
}

}  // namespace wiredesk
