#include "daemon/records_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "processors/text/base64.h"

namespace wiredesk {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;

RecordLine read(std::string_view line) {
  std::istringstream in{std::string(line)};
  RecordsFile file(in);
  std::optional<RecordLine> result = file.next();
  EXPECT_TRUE(result);
  return result.value_or(RecordLine{});
}

TEST(RecordsFile, ReadsALineOfKcat) {
  const RecordLine line =
      read(R"({"topic":"wire.raw","partition":3,"offset":42,"tstype":"create","ts":1639569600000,)"
           R"("broker":1,"headers":["content-type","text/plain","empty",null],"key":"k",)"
           R"("payload":"ZAGREB, \u010Caj\n"})");
  EXPECT_EQ(line.problem, "");
  const OwnedRecord& record = line.record;
  EXPECT_EQ(record.topic, "wire.raw");
  EXPECT_EQ(record.partition, 3);
  EXPECT_EQ(record.offset, 42);
  EXPECT_EQ(record.timestamp, Timestamp{1639569600000});
  EXPECT_THAT(record.headers, ElementsAre(Pair("content-type", "text/plain"), Pair("empty", "")));
  EXPECT_EQ(record.key, "k");
  EXPECT_EQ(record.value, "ZAGREB, Čaj\n");
}

TEST(RecordsFile, ViewClampsTheTimeToNow) {
  OwnedRecord record;
  record.timestamp = Timestamp{5000};
  record.value = "x";
  EXPECT_EQ(record.view(Timestamp{9000}).time, Timestamp{5000});
  EXPECT_EQ(record.view(Timestamp{4000}).time, Timestamp{4000});
  EXPECT_EQ(record.view(Timestamp{4000}).timestamp, Timestamp{5000});
  record.timestamp = Timestamp{};
  EXPECT_EQ(record.view(Timestamp{4000}).time, Timestamp{4000});
  EXPECT_FALSE(record.view(Timestamp{1}).key);
  EXPECT_EQ(record.view(Timestamp{1}).value, "x");
}

TEST(RecordsFile, MissingFieldsGetSensibleValues) {
  std::istringstream in("\n  \r\n{\"payload\":null}\n");
  RecordsFile file(in);
  const std::optional<RecordLine> line = file.next();
  ASSERT_TRUE(line);
  EXPECT_EQ(line->line, 3U);
  EXPECT_EQ(line->record.offset, 3);
  EXPECT_EQ(line->record.partition, 0);
  EXPECT_EQ(line->record.topic, "");
  EXPECT_EQ(line->record.timestamp, Timestamp{});
  EXPECT_FALSE(line->record.key);
  EXPECT_FALSE(line->record.value);
  EXPECT_FALSE(file.next());
}

TEST(RecordsFile, TakesBase64AndAMapOfHeaders) {
  const RecordLine line =
      read(R"({"payload_base64":"AP+A","key_base64":"/w==","headers":{"a":"1","b":null},"ts":-1})");
  EXPECT_EQ(line.problem, "");
  EXPECT_EQ(line.record.value, std::string("\0\xFF\x80", 3));
  EXPECT_EQ(line.record.key, "\xFF");
  EXPECT_THAT(line.record.headers, ElementsAre(Pair("a", "1"), Pair("b", "")));
  EXPECT_EQ(line.record.timestamp, Timestamp{});
}

TEST(RecordsFile, SaysWhatIsWrongWithALineAndGoesOn) {
  const std::pair<std::string_view, std::string_view> kTable[] = {
      {"{\"payload\":\"a\xFF\"}", "byte 14 is not UTF-8"},
      {"{\"payload\":\"a", "not JSON"},
      {"[]", "not a JSON object"},
      {"{}", "no \"payload\""},
      {R"({"payload":{"a":1}})", "\"payload\" is not a string"},
      {R"({"payload":"\ud800"})", "not JSON"},
      {R"({"payload":"a","payload_base64":"YQ=="})", "are both given"},
      {R"({"payload_base64":"Y!=="})", "is not base64"},
      {R"({"payload":"a","partition":4294967296})", "\"partition\""},
      {R"({"payload":"a","offset":1.5})", "\"offset\""},
      {R"({"payload":"a","offset":1e300})", "\"offset\""},
      {R"({"payload":"a","ts":"soon"})", "\"ts\""},
      {R"({"payload":"a","topic":7})", "\"topic\""},
      {R"({"payload":"a","headers":["odd"]})", "\"headers\""},
      {R"({"payload":"a","headers":[1,"b"]})", "\"headers\""}};
  for (const auto& [line, problem] : kTable) {
    std::istringstream in(std::string(line) + "\n{\"payload\":\"sound\"}");
    RecordsFile file(in);
    EXPECT_THAT(file.next().value().problem, HasSubstr(problem)) << line;
    const std::optional<RecordLine> next = file.next();
    ASSERT_TRUE(next);
    EXPECT_EQ(next->problem, "");
    EXPECT_EQ(next->record.value, "sound");
    EXPECT_EQ(next->line, 2U);
  }
}

TEST(RecordsFile, SkipsALineThatIsTooLongWithoutHoldingIt) {
  std::istringstream in("{\"payload\":\"" + std::string(200, 'x') + "\"}\n{\"payload\":\"b\"}\n");
  RecordsFile file(in, 100);
  EXPECT_THAT(file.next().value().problem, HasSubstr("longer than 100 bytes"));
  EXPECT_EQ(file.next().value().record.value, "b");
}

TEST(RecordsFile, DeepJsonIsTold) {
  EXPECT_THAT(read("{\"payload\":" + std::string(100000, '[')).problem, HasSubstr("not JSON"));
}

}  // namespace
}  // namespace wiredesk
