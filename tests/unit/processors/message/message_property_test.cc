// What must hold for every article, tried on random hostile texts.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <boost/json.hpp>
#include <random>

#include "processors/message/message_writer.h"
#include "tests/fakes/article_builder.h"
#include "tests/fakes/message_schema.h"

namespace wiredesk {
namespace {

using boost::json::value;
using fakes::ArticleBuilder;

constexpr std::array<std::string_view, 24> kPieces{"a",
                                                   "Kovac",
                                                   "\"",
                                                   "\\",
                                                   "\x01",
                                                   "\x7F",
                                                   "é",
                                                   "漢字",
                                                   "🚢",
                                                   "\xE2\x80\xA8",
                                                   "\xEF\xBF\xBE",
                                                   "\xF4\x8F\xBF\xBF",
                                                   "</",
                                                   "]]>",
                                                   "\t",
                                                   "\\u0000",
                                                   "&amp;",
                                                   "\xE2\x80\xA9",
                                                   "ř",
                                                   "{",
                                                   "null",
                                                   "\x1B[31m",
                                                   "-",
                                                   "\xCC\x81"};

class Random {
 public:
  explicit Random(unsigned seed) : engine_(seed) {}
  std::size_t below(std::size_t limit) { return engine_() % limit; }

  /// Begins and ends with a character that is not white space.
  std::string text() {
    std::string text = "x";
    for (std::size_t i = below(30); i > 0; --i) text.append(kPieces[below(kPieces.size())]);
    if (below(8) == 0) text.push_back('\0');
    return text + "x";
  }

 private:
  std::mt19937 engine_;
};

/// A mention of any whole characters of the segment.
Mention random_mention(const ArticleBuilder& builder, std::uint32_t segment, Random& random) {
  const Span span = builder.article.segments[segment].span;
  const auto boundary = [&](std::size_t at) {
    while (at > span.begin && at < span.end && utf8::is_continuation(builder.article.source[at]))
      --at;
    return static_cast<std::uint32_t>(at);
  };
  const std::uint32_t begin = boundary(span.begin + random.below(span.size()));
  const std::uint32_t end = boundary(begin + random.below(span.end - begin + 1));
  Mention mention;
  mention.segment = segment;
  mention.span = {begin, end};
  return mention;
}

void fill(ArticleBuilder& builder, Random& random) {
  Entity entity =
      builder.entity("urn:wiredesk:entity:x", EntityType::organisation, random.text(), {});
  builder.article.meta.headline = random.below(2) ? random.text() : "";
  for (std::size_t i = random.below(12); i > 0; --i) {
    const auto kind = static_cast<SegmentKind>(random.below(12));
    const auto segment = builder.add(kind, random.text(), random.below(2) ? "\r\n\r\n" : " ");
    if (kind == SegmentKind::caption) {
      const Span span = builder.article.segments[segment].span;
      builder.add_caption(builder.article.text(span), {segment}).photographers = {random.text()};
    }
    if (kind == SegmentKind::dateline) {
      builder.article.dateline.emplace();
      builder.article.dateline->segment = segment;
    }
    entity.mentions.push_back(random_mention(builder, segment, random));
  }
  builder.article.entities.push_back(std::move(entity));
}

/// Characters [start, end) of `text`, counted the slow way.
std::string slice(std::string_view text, std::int64_t start, std::int64_t end) {
  std::string result;
  std::int64_t at = 0;
  for (std::size_t i = 0; i < text.size(); ++at) {
    const std::uint32_t size = utf8::decode(text, i).size;
    if (at >= start && at < end) result.append(text.substr(i, size));
    i += size;
  }
  return result;
}

std::string_view field_text(const value& message, const value& mention) {
  const std::string index = std::to_string(mention.at("index").as_int64());
  const std::string_view field = mention.at("field").as_string();
  if (field == "body") return message.at_pointer("/item/bodies/0/value").as_string();
  if (field == "headline")
    return message.at_pointer("/item/headlines/" + index + "/value").as_string();
  if (field == "caption")
    return message.at_pointer("/wire/captions/" + index + "/text").as_string();
  if (field == "note") return message.at_pointer("/wire/notes/" + index + "/text").as_string();
  return message.at_pointer("/wire/dateline/text").as_string();
}

void expect_body_holds_the_source(const value& message, const Article& article) {
  const std::string_view body = message.at_pointer("/item/bodies/0/value").as_string();
  std::int64_t covered = 0;
  for (const value& segment : message.at_pointer("/wire/segments").as_array()) {
    const std::int64_t start = segment.at("start").as_int64();
    const std::int64_t size = segment.at("end").as_int64() - start;
    const auto* at = segment.as_object().if_contains("body");
    if (!at) continue;
    EXPECT_EQ(slice(body, at->as_int64(), at->as_int64() + size),
              slice(article.source, start, start + size));
    if (covered > 0) {
      EXPECT_EQ(slice(body, covered, at->as_int64()), "\n");
    }
    covered = at->as_int64() + size;
  }
  EXPECT_EQ(message.at_pointer("/item/bodies/0/charCount"), covered);
  EXPECT_EQ(static_cast<std::int64_t>(utf8::count(body)), covered);
}

std::size_t expect_mentions_hold(const value& message, const Article& article) {
  const auto& mentions = message.at_pointer("/wire/entities/0/mentions").as_array();
  for (const value& mention : mentions) {
    const std::string_view text = mention.at("text").as_string();
    const std::string_view field = field_text(message, mention);
    EXPECT_EQ(slice(field, mention.at("start").as_int64(), mention.at("end").as_int64()), text);
    const auto byte_start = static_cast<std::size_t>(mention.at("byteStart").as_int64());
    const auto byte_end = static_cast<std::size_t>(mention.at("byteEnd").as_int64());
    EXPECT_EQ(field.substr(byte_start, byte_end - byte_start), text);
    const std::int64_t start = mention.at("sourceStart").as_int64();
    const auto size = static_cast<std::int64_t>(utf8::count(text));
    EXPECT_EQ(slice(article.source, start, start + size), text);
  }
  return mentions.size();
}

TEST(MessageProperty, EveryOffsetHoldsInHostileText) {
  MessageWriter writer({.richtext = true, .source = true});
  std::vector<std::string> sample;
  std::size_t mentions = 0;
  for (unsigned seed = 0; seed < 2000; ++seed) {
    SCOPED_TRACE(seed);
    Random random(seed);
    ArticleBuilder builder;
    fill(builder, random);
    std::string out;
    writer.write(builder.article, out);
    const value message = boost::json::parse(out);
    EXPECT_EQ(message.at_pointer("/wire/text").as_string(), builder.article.source);
    expect_body_holds_the_source(message, builder.article);
    mentions += expect_mentions_hold(message, builder.article);
    if (HasFailure()) break;
    if (seed % 20 == 0) sample.push_back(std::move(out));
  }
  EXPECT_GT(mentions, 4000U);
  EXPECT_EQ(fakes::schema_faults(sample), "");
}

}  // namespace
}  // namespace wiredesk
