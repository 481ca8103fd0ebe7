// Real output of the whole default chain, judged by the schemas and by what the message promises.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <sstream>

#include "daemon/config_loader.h"
#include "daemon/process_command.h"
#include "processors/text/utf8.h"
#include "tests/fakes/message_schema.h"

namespace wiredesk {
namespace {

using boost::json::value;
using testing::IsEmpty;
using testing::SizeIs;

constexpr std::string_view kArticle =
    "Harvesters cross a field near Osijek, Croatia, July 9, 2023. (Xinhua/Marin Lovrić)\r\n"
    "ZAGREB, July 10 (Xinhua) -- Croatia expects its best wheat harvest in ten years – up 12 "
    "percent, the Croatian grain board’s head Ana Kovač said on Monday.\r\n"
    "\r\n"
    "The European Union has set aside 40 million € for storage, officials in Brussels said.\r\n"
    "RAIN AND RECORDS\r\n"
    "“We were lucky with the weather in France and Croatia,” Kovač said. 🌾\r\n"
    "Enditem\r\n"
    "Harvesters cross a field near Osijek, Croatia, July 9, 2023. (Xinhua/Marin Lovrić)\r\n";

value message_of(std::string_view article, std::vector<std::string>& lines) {
  std::istringstream in{std::string(article)};
  std::ostringstream out;
  std::ostringstream err;
  const auto load = [] { return parse_config("output: {richtext: true, source: true}", "test"); };
  EXPECT_EQ(run_process(load, {}, in, out, err), 0) << err.str();
  lines.push_back(out.str().substr(0, out.str().size() - 1));
  return boost::json::parse(lines.back());
}

std::u32string code_points(std::string_view text) {
  std::u32string result;
  for (std::size_t i = 0; i < text.size();) {
    const utf8::Decoded each = utf8::decode(text, i);
    result.push_back(each.code_point);
    i += each.size;
  }
  return result;
}

std::u32string at(const value& message, const std::string& pointer) {
  return code_points(message.at_pointer(pointer).as_string());
}

std::size_t number(const value& from, std::string_view name) {
  return static_cast<std::size_t>(from.at(name).as_int64());
}

std::u32string field(const value& message, const value& mention) {
  const std::string index = std::to_string(number(mention, "index"));
  const std::string_view name = mention.at("field").as_string();
  if (name == "body") return at(message, "/item/bodies/0/value");
  if (name == "caption") return at(message, "/wire/captions/" + index + "/text");
  if (name == "headline") return at(message, "/item/headlines/" + index + "/value");
  if (name == "note") return at(message, "/wire/notes/" + index + "/text");
  return at(message, "/wire/dateline/text");
}

TEST(MessageChain, IsValid) {
  std::vector<std::string> lines;
  message_of(kArticle, lines);
  message_of("One line and no more", lines);
  message_of("KILL: Please kill the story about wheat in Croatia. It is wrong.\n", lines);
  EXPECT_THAT(fakes::schema_faults(lines), IsEmpty());
}

TEST(MessageChain, SegmentsPartitionTheSourceAndTheBodyHoldsThem) {
  std::vector<std::string> lines;
  const value message = message_of(kArticle, lines);
  const std::u32string source = code_points(kArticle);
  const std::u32string body = at(message, "/item/bodies/0/value");
  EXPECT_EQ(at(message, "/wire/text"), source);
  std::size_t end = 0;
  for (const value& segment : message.at_pointer("/wire/segments").as_array()) {
    const std::size_t start = number(segment, "start");
    EXPECT_EQ(source.substr(end, start - end).find_first_not_of(U" \r\n"), std::u32string::npos);
    end = number(segment, "end");
    if (!segment.as_object().contains("body")) continue;
    EXPECT_EQ(body.substr(number(segment, "body"), end - start), source.substr(start, end - start));
  }
  EXPECT_EQ(source.substr(end).find_first_not_of(U" \r\n"), std::u32string::npos);
}

TEST(MessageChain, EveryMentionIsWhereItSays) {
  std::vector<std::string> lines;
  const value message = message_of(kArticle, lines);
  const std::u32string source = code_points(kArticle);
  std::size_t mentions = 0;
  for (const value& entity : message.at_pointer("/wire/entities").as_array()) {
    for (const value& mention : entity.at("mentions").as_array()) {
      const std::u32string text = code_points(mention.at("text").as_string());
      const std::size_t start = number(mention, "start");
      EXPECT_EQ(number(mention, "end") - start, text.size());
      EXPECT_EQ(field(message, mention).substr(start, text.size()), text);
      EXPECT_EQ(source.substr(number(mention, "sourceStart"), text.size()), text);
      ++mentions;
    }
  }
  EXPECT_GE(mentions, 6U);
}

TEST(MessageChain, ARepeatedCaptionIsOneOutOfTheBody) {
  std::vector<std::string> lines;
  const value message = message_of(kArticle, lines);
  ASSERT_THAT(message.at_pointer("/wire/captions").as_array(), SizeIs(1));
  EXPECT_THAT(message.at_pointer("/wire/captions/0/segments").as_array(), SizeIs(4));
  EXPECT_EQ(message.at_pointer("/item/associations/0/by"), "Marin Lovrić");
  EXPECT_EQ(at(message, "/item/bodies/0/value").find(U"Harvesters"), std::u32string::npos);
  EXPECT_EQ(message.at_pointer("/item/located"), "Zagreb");
  EXPECT_EQ(message.at_pointer("/wire/endMark"), "Enditem");
}

}  // namespace
}  // namespace wiredesk
