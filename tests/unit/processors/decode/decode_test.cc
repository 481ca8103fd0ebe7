#include "processors/decode/decode.h"

#include <gtest/gtest.h>

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "processors/identity.h"

namespace wiredesk {
namespace {

struct Decoded {
  Outcome outcome;
  std::vector<Article> articles;
};

class DecodeTest : public testing::Test {
 protected:
  Decoded decode(std::optional<std::string_view> value) {
    record_.value = value;
    Decoded result;
    result.outcome = options_.make_factory()->make()->decode(record_, result.articles);
    return result;
  }
  std::string reason(std::optional<std::string_view> value) {
    return std::string(decode(value).outcome.reason.text());
  }
  std::string detail(std::string_view value) { return decode(value).outcome.detail; }

  DecodeOptions options_;
  Record record_;
};

std::string nested(std::size_t depth) {
  return R"({"text":"Sound.","a":)" + std::string(depth - 1, '[') + std::string(depth - 1, ']') +
         "}";
}

TEST_F(DecodeTest, PlainTextIsAViewOfTheRecord) {
  const std::string value = "HARBOUR, May 3 (Wire) -- Ferries ran again.\r\n\r\nEnd\n";
  const Decoded result = decode(value);
  ASSERT_TRUE(result.outcome.kept());
  ASSERT_EQ(result.articles.size(), 1u);
  const Article& article = result.articles[0];
  EXPECT_EQ(article.source.data(), value.data());
  EXPECT_EQ(article.source, value);
  EXPECT_EQ(article.meta.format, "text");
  EXPECT_EQ(article.meta.supplier, "");
  EXPECT_EQ(article.meta.language, "");
  EXPECT_EQ(article.raw_sha256, sha256_hex(value));
}

TEST_F(DecodeTest, ByteOrderMarkIsNotPartOfTheSource) {
  const std::string text =
      "\xEF\xBB\xBFGr\xC3\xBC\xC3\x9F"
      "e";
  Decoded result = decode(text);
  ASSERT_TRUE(result.outcome.kept());
  EXPECT_EQ(result.articles[0].source, text.substr(3));
  EXPECT_EQ(result.articles[0].raw_sha256, sha256_hex(text));

  result = decode("\xEF\xBB\xBF{\"text\":\"\\uFEFFStory\"}");
  ASSERT_TRUE(result.outcome.kept()) << result.outcome.detail;
  EXPECT_EQ(result.articles[0].source, "Story");
}

TEST_F(DecodeTest, NothingToReadIsEmpty) {
  EXPECT_EQ(reason(std::nullopt), "empty");
  EXPECT_EQ(reason(""), "empty");
  EXPECT_EQ(reason(" \t\r\n\f\v"), "empty");
  EXPECT_EQ(reason("\xEF\xBB\xBF"), "empty");
  EXPECT_EQ(reason("\xC2\xA0\xE3\x80\x80\xE2\x80\x8B\n"), "empty");  // no-break, wide, zero width
  EXPECT_EQ(reason(R"({"text":" \n"})"), "empty");
  EXPECT_EQ(reason("."), "");
}

TEST_F(DecodeTest, TooLargeComesBeforeEverythingElse) {
  options_.max_bytes = 10;
  EXPECT_EQ(reason("0123456789"), "");
  EXPECT_EQ(reason("\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF"), "too_large");
  EXPECT_EQ(detail("01234567890"), "the value has 11 bytes, decode.max_bytes is 10");
}

TEST_F(DecodeTest, BytesThatAreNotUtf8AreToldWithTheirPlace) {
  EXPECT_EQ(reason("Caf\xE9 society"), "not_utf8");
  EXPECT_NE(detail("Caf\xE9 society").find("byte 3"), std::string::npos);
  EXPECT_NE(detail("\xEF\xBB\xBF"
                   "ab\xED\xA0\x80")
                .find("byte 5"),
            std::string::npos);
  EXPECT_EQ(reason("{\"text\":\"\xFF\"}"), "not_utf8");
}

TEST_F(DecodeTest, NulIsRefusedOtherControlCharactersStay) {
  const std::string nul("One\0two", 7);
  EXPECT_EQ(reason(nul), "control_characters");
  EXPECT_NE(detail(nul).find("byte 3"), std::string::npos);
  EXPECT_EQ(reason(R"({"text":"One\u0000two"})"), "control_characters");
  EXPECT_EQ(reason(R"({"text":"One","id":"\u0000"})"), "control_characters");
  const Decoded framed = decode("\x01One\x02two\x03\x1B");
  ASSERT_TRUE(framed.outcome.kept());
  EXPECT_EQ(framed.articles[0].source.size(), 10u);
}

TEST_F(DecodeTest, JsonFieldsComeFromTheirPointers) {
  const Decoded result = decode(
      R"({"id":"a-1","headline":"Ferries \u00e9t\u00e9","supplier":"Agence Nord","version":3,
          "time":"2021-12-15T10:00:00Z","language":"fr","slug":"FERRIES","x":{"text":"no"},
          "text":"Line one.\n\nLine \ud83d\ude00 two."})");
  ASSERT_TRUE(result.outcome.kept()) << result.outcome.detail;
  const Article& article = result.articles[0];
  EXPECT_EQ(article.source, "Line one.\n\nLine \xF0\x9F\x98\x80 two.");
  EXPECT_EQ(article.source.data(), article.owned_source->data());
  EXPECT_EQ(article.meta.format, "json");
  EXPECT_EQ(article.meta.id, "a-1");
  EXPECT_EQ(article.meta.headline, "Ferries \xC3\xA9t\xC3\xA9");
  EXPECT_EQ(article.meta.supplier, "agence-nord");
  EXPECT_EQ(article.meta.version, "3");
  EXPECT_EQ(article.meta.time, "2021-12-15T10:00:00Z");
  EXPECT_EQ(article.meta.language, "fr");
  EXPECT_EQ(article.meta.slug, "FERRIES");
}

TEST_F(DecodeTest, NestedPointersArraysAndEscapedNames) {
  options_.json.text = "/articles/1/body";
  options_.json.id = "/a~1b/~0";
  options_.json.headline = "/articles/1/titles/0";
  options_.json.slug = "";
  const Decoded result = decode(
      R"({"slug":"not read","a/b":{"~":18446744073709551615},
          "articles":[{"body":"first"},{"titles":["T",["U"]],"body":"second"},{"body":"third"}]})");
  ASSERT_TRUE(result.outcome.kept()) << result.outcome.detail;
  EXPECT_EQ(result.articles[0].source, "second");
  EXPECT_EQ(result.articles[0].meta.id, "18446744073709551615");
  EXPECT_EQ(result.articles[0].meta.headline, "T");
  EXPECT_EQ(result.articles[0].meta.slug, "");
}

TEST_F(DecodeTest, NumbersAreTakenAsTheyAreWritten) {
  for (const char* number : {"0", "-7", "20211215001", "123456789012345678901234", "1.50", "1e3"}) {
    const std::string value = R"({"text":"t","id":)" + std::string(number) + "}";
    const Decoded result = decode(value);
    ASSERT_TRUE(result.outcome.kept()) << value;
    EXPECT_EQ(result.articles[0].meta.id, number);
  }
}

TEST_F(DecodeTest, OtherTypesCountAsAbsentAndTheLastOfARepeatedKeyCounts) {
  const Decoded result = decode(
      R"({"text":"one","text":"two","id":null,"headline":["h"],"version":"1","version":true})");
  ASSERT_TRUE(result.outcome.kept());
  EXPECT_EQ(result.articles[0].source, "two");
  EXPECT_EQ(result.articles[0].meta.id, "");
  EXPECT_EQ(result.articles[0].meta.headline, "");
  EXPECT_EQ(result.articles[0].meta.version, "");
}

TEST_F(DecodeTest, LongStringsAndKeysWithEscapesComeWhole) {
  std::string text;
  for (int i = 0; i < 20'000; ++i) text += "caf\\u00e9 \\\"";
  const std::string key(9000, 'k');
  options_.json.id = "/" + key;
  const Decoded result = decode(R"({"text":")" + text + R"(",")" + key + R"(":"id"})");
  ASSERT_TRUE(result.outcome.kept());
  EXPECT_EQ(result.articles[0].source.size(), 20'000u * 7);
  EXPECT_EQ(result.articles[0].source.substr(0, 14), "caf\xC3\xA9 \"caf\xC3\xA9 \"");
  EXPECT_EQ(result.articles[0].meta.id, "id");
}

TEST_F(DecodeTest, BrokenJsonIsToldWithItsPlace) {
  EXPECT_EQ(reason(R"({"text":"abc)"), "not_json");
  EXPECT_EQ(reason(R"({"text":"abc"} x)"), "not_json");
  EXPECT_EQ(reason(R"({"text":"abc",})"), "not_json");
  EXPECT_NE(detail(R"({"text":"abc",})").find("byte 14"), std::string::npos);
  EXPECT_EQ(reason(R"({"text":"\ud800"})"), "not_json");
  EXPECT_EQ(reason(R"({"text":"\ud800\u0041"})"), "not_json");
  EXPECT_EQ(reason(R"({"text":"\udc00"})"), "not_json");
  EXPECT_EQ(reason("{\"text\":\"raw\nline end\"}"), "not_json");
  EXPECT_EQ(reason("{\"text\":NaN}"), "not_json");
}

TEST_F(DecodeTest, TextMustBeAStringAtItsPointer) {
  EXPECT_EQ(reason("{}"), "no_text");
  EXPECT_EQ(reason("[[]]"), "no_text");
  EXPECT_EQ(reason(R"({"text":5})"), "no_text");
  EXPECT_EQ(reason(R"({"text":null})"), "no_text");
  EXPECT_EQ(reason(R"({"text":["a"]})"), "no_text");
  EXPECT_EQ(reason(R"({"a":{"text":"deeper"}})"), "no_text");
  options_.format = FormatChoice::json;
  EXPECT_EQ(reason("\"a string\""), "no_text");
  EXPECT_EQ(reason("17"), "no_text");
  EXPECT_NE(detail("{}").find("/text"), std::string::npos);
}

TEST_F(DecodeTest, DepthHasALimit) {
  EXPECT_EQ(reason(nested(JsonFormat::kMaxDepth)), "");
  EXPECT_EQ(reason(nested(JsonFormat::kMaxDepth + 1)), "too_deep");
  EXPECT_EQ(reason(std::string(4'000'000, '[')), "too_deep");
  std::string objects;
  for (int i = 0; i < 1'000'000; ++i) objects += "{\"a\":";
  EXPECT_EQ(reason(objects), "too_deep");
}

TEST_F(DecodeTest, FirstBytesTellTheFormat) {
  const auto format = [&](std::string_view value) {
    const Decoded result = decode(value);
    return result.outcome.kept() ? result.articles[0].meta.format : "-";
  };
  EXPECT_EQ(format(" \n{ \"text\" : \"Story\" }"), "json");
  EXPECT_EQ(format("[Corrected] The ferry left at noon."), "text");
  EXPECT_EQ(format("{Advisory} The ferry left at noon."), "text");
  EXPECT_EQ(format("\"Never,\" she said."), "text");
  EXPECT_EQ(format("2021 was a dry year."), "text");
  EXPECT_EQ(format("{"), "text");
}

TEST_F(DecodeTest, ContentTypeIsObeyed) {
  record_.headers = {{"content-type", "text/plain; charset=UTF-8"}};
  EXPECT_EQ(decode(R"({"text":"x"})").articles.at(0).meta.format, "text");
  record_.headers = {{"content-type", "application/vnd.wire+json"}};
  EXPECT_EQ(decode(R"({"text":"x"})").articles.at(0).meta.format, "json");
  EXPECT_EQ(reason("plain"), "not_json");
  record_.headers = {{"content-type", "application/octet-stream"}};
  EXPECT_EQ(decode(R"({"text":"x"})").articles.at(0).meta.format, "json");
  record_.headers = {{"content-type", "application/xml"}};
  EXPECT_EQ(reason("<a/>"), "unsupported_format");
  options_.format = FormatChoice::text;
  EXPECT_EQ(reason("<a/>"), "");
  record_.headers = {{"content-type", "Text/Plain; x=y; Charset=\"ISO-8859-1\""}};
  EXPECT_EQ(reason("abc"), "unsupported_charset");
}

TEST_F(DecodeTest, SupplierHeaderFillsInWhatTheFormatDoesNotTell) {
  record_.headers = {{"wiredesk-supplier", "North Wire"}};
  EXPECT_EQ(decode("Text.").articles.at(0).meta.supplier, "north-wire");
  EXPECT_EQ(decode(R"({"text":"x","supplier":"South"})").articles.at(0).meta.supplier, "south");
  record_.headers = {{"wiredesk-supplier", "\xFF"}};
  EXPECT_EQ(reason("Text."), "not_utf8");
}

TEST_F(DecodeTest, IdsHaveALimit) {
  EXPECT_EQ(reason(R"({"text":"x","id":")" + std::string(1024, 'i') + "\"}"), "");
  EXPECT_EQ(reason(R"({"text":"x","id":")" + std::string(1025, 'i') + "\"}"), "metadata_too_long");
}

TEST_F(DecodeTest, LargeValuesOfEveryKindAreQuick) {
  const std::size_t size = (std::size_t{8} << 20) - 64;
  std::vector<std::pair<std::string, std::string>> values;
  values.emplace_back("ascii", std::string(size, 'a'));
  values.emplace_back("blank", std::string(size, ' '));
  std::string mixed;
  while (mixed.size() + 8 < size) mixed += "\xE6\x96\xB0 a\xC3\xA9";
  values.emplace_back("mixed", mixed);
  values.emplace_back("json text", R"({"text":")" + mixed + "\"}");
  std::string escapes;
  while (escapes.size() + 6 < size) escapes += "\\u65b0";
  values.emplace_back("json escapes", R"({"text":")" + escapes + "\"}");
  std::string numbers;
  while (numbers.size() + 2 < size) numbers += "1,";
  values.emplace_back("json numbers", R"({"text":"x","a":[)" + numbers + "1]}");
  std::string floats;
  while (floats.size() + 6 < size) floats += "1.5e9,";
  values.emplace_back("json floats", R"({"text":"x","a":[)" + floats + "1]}");
  std::string brackets;
  while (brackets.size() + 3 < size) brackets += "[],";
  values.emplace_back("json arrays", R"({"text":"x","a":[)" + brackets + "1]}");
  std::string keys = R"({"text":"x")";
  while (keys.size() + 9 < size) keys += ",\"text\":1";
  values.emplace_back("json keys", keys + "}");
  for (const auto& [name, value] : values) {
    const auto start = std::chrono::steady_clock::now();
    decode(value);
    const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - start;
    RecordProperty(name, std::to_string(took.count()) + " ms");
    EXPECT_LT(took.count(), 20000) << name;  // a quadratic scan takes minutes; sanitizers are slow
  }
}

}  // namespace
}  // namespace wiredesk
