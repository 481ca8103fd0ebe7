#include "daemon/publisher.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "daemon/dead_letters.h"
#include "processors/identity.h"
#include "tests/fakes/lane_harness.h"

namespace wiredesk {
namespace {

using fakes::article_about;
using fakes::InputRecord;
using fakes::LaneHarness;
using fakes::Output;
using testing::Contains;
using testing::Each;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;
using testing::Pair;
using testing::SizeIs;

Timestamp wall_clock() {
  return std::chrono::duration_cast<Timestamp>(std::chrono::system_clock::now().time_since_epoch());
}

class PublisherTest : public testing::Test {
 protected:
  Output message() {
    EXPECT_TRUE(lane_.run());
    const std::vector<Output> messages = lane_.sink.committed(Channel::output);
    EXPECT_THAT(messages, SizeIs(1));
    return messages.at(0);
  }
  Output dead_letter() {
    EXPECT_TRUE(lane_.run());
    const std::vector<Output> dead = lane_.sink.committed(Channel::dead_letters);
    EXPECT_THAT(dead, SizeIs(1));
    return dead.at(0);
  }

  LaneHarness lane_;
};

TEST_F(PublisherTest, AMessageHasItsArticlesUriAsKey) {
  lane_.source.add(article_about("tea"));
  const Output output = message();
  const auto json = boost::json::parse(*output.value);
  EXPECT_EQ(json.at_pointer("/item/uri").as_string(), output.key);
  EXPECT_THAT(output.key, testing::StartsWith("urn:wiredesk:north:"));
  EXPECT_EQ(json.at_pointer("/wire/source/topic").as_string(), "wire.raw");
}

TEST_F(PublisherTest, HeadersSayWhatAMessageIs) {
  lane_.source.add(article_about("tea"));
  EXPECT_THAT(message().headers, ElementsAre(Pair("content-type", "application/json"),
                                             Pair("wiredesk-relation", "original"),
                                             Pair("wiredesk-lifecycle", "new")));
}

TEST_F(PublisherTest, TraceparentAndTheKeptInputHeadersArePassedOn) {
  lane_.options.keep_headers = {"x-desk"};
  InputRecord record = article_about("tea");
  record.headers = {{"traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"},
                    {"x-desk", "sports"},
                    {"x-secret", "s"},
                    {"x-desk", "again"}};
  lane_.source.add(record);
  const Output output = message();
  EXPECT_THAT(
      output.headers,
      Contains(Pair("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")));
  EXPECT_THAT(output.headers, Contains(Pair("x-desk", "sports")));
  EXPECT_THAT(output.headers, Contains(Pair("x-desk", "again")));
  EXPECT_THAT(output.headers, Not(Contains(Pair("x-secret", "s"))));
}

TEST_F(PublisherTest, TheMessagesTimeIsTheRecords) {
  InputRecord record = article_about("tea");
  lane_.source.add(record);
  EXPECT_EQ(message().timestamp, record.timestamp);
}

TEST_F(PublisherTest, AMessageOlderThanItsTopicTakesIsOfNow) {
  lane_.options.output.max_age = std::chrono::hours(24);
  lane_.source.add(article_about("tea"));
  EXPECT_GE(message().timestamp, wall_clock() - std::chrono::minutes(5));
}

TEST_F(PublisherTest, AMessageThatIsYoungEnoughKeepsItsTime) {
  lane_.options.output.max_age = std::chrono::hours(24);
  InputRecord record = article_about("tea");
  record.timestamp = wall_clock() - std::chrono::hours(23);
  lane_.source.add(record);
  EXPECT_EQ(message().timestamp, record.timestamp);
}

TEST_F(PublisherTest, ARecordWithoutATimeGivesAMessageOfNow) {
  InputRecord record = article_about("tea");
  record.timestamp = Timestamp(-1);
  lane_.source.add(record);
  EXPECT_GE(message().timestamp, wall_clock() - std::chrono::minutes(5));
}

TEST_F(PublisherTest, AMessageAboveItsTopicsLimitIsADeadLetter) {
  lane_.options.output.max_message_bytes = 1000;
  const InputRecord record = article_about("tea");
  lane_.source.add(record);
  const Output dead = dead_letter();
  EXPECT_EQ(dead.value, record.value);
  EXPECT_EQ(dead.header(dead_letter_header::kReason), "output_too_large");
  EXPECT_EQ(dead.header(dead_letter_header::kStage), "publish");
  EXPECT_THAT(lane_.sink.committed(Channel::output), IsEmpty());
  EXPECT_THAT(lane_.sink.committed(Channel::state), IsEmpty());
}

TEST_F(PublisherTest, WhatATooLargeMessageTaughtDoesNotCount) {
  // The first has the same text in a larger message (its key is in it), so only the second fits.
  InputRecord large = article_about("tea");
  large.key = std::string(4000, 'k');
  lane_.source.add(large);
  lane_.source.add(article_about("tea"));
  lane_.options.output.max_message_bytes = 4000;
  ASSERT_TRUE(lane_.run());
  ASSERT_THAT(lane_.sink.committed(Channel::dead_letters), SizeIs(1));
  const std::vector<Output> messages = lane_.sink.committed(Channel::output);
  ASSERT_THAT(messages, SizeIs(1));
  EXPECT_EQ(messages[0].header("wiredesk-relation"), "original");
  EXPECT_THAT(lane_.sink.committed(Channel::state), SizeIs(1));
}

TEST_F(PublisherTest, InputHeadersThatAreNotKeptDoNotCountAsSize) {
  lane_.options.output.max_message_bytes = 10'000;
  InputRecord record = article_about("tea");
  record.headers.emplace_back("x-large", std::string(20'000, 'x'));
  lane_.source.add(record);
  message();
}

TEST_F(PublisherTest, InputHeadersThatAreKeptDoCountAsSize) {
  lane_.options.output.max_message_bytes = 10'000;
  lane_.options.keep_headers = {"x-large"};
  InputRecord record = article_about("tea");
  record.headers.emplace_back("x-large", std::string(20'000, 'x'));
  lane_.source.add(record);
  EXPECT_EQ(dead_letter().header(dead_letter_header::kReason), "output_too_large");
}

TEST_F(PublisherTest, ADeadLetterHasKeyBytesHeadersAndTheRecordsPlace) {
  InputRecord record{.value = "\xFF\x00 not text"};
  record.value->push_back('\0');
  record.key = "k-1";
  record.headers = {{"x-desk", "sports"}};
  record.partition = 4;
  lane_.source.add(record);
  const Output dead = dead_letter();
  EXPECT_EQ(dead.key, "k-1");
  EXPECT_EQ(dead.value, record.value);
  EXPECT_EQ(dead.header("x-desk"), "sports");
  EXPECT_EQ(dead.header(dead_letter_header::kStage), "decode");
  EXPECT_EQ(dead.header(dead_letter_header::kReason), "not_utf8");
  EXPECT_THAT(*dead.header(dead_letter_header::kDetail), Not(IsEmpty()));
  EXPECT_EQ(dead.header(dead_letter_header::kTopic), "wire.raw");
  EXPECT_EQ(dead.header(dead_letter_header::kPartition), "4");
  EXPECT_EQ(dead.header(dead_letter_header::kOffset), "0");
  EXPECT_EQ(dead.header(dead_letter_header::kTimestamp), std::to_string(record.timestamp.count()));
  EXPECT_GE(std::stoll(std::string(*dead.header(dead_letter_header::kTime))),
            (wall_clock() - std::chrono::minutes(5)).count());
  EXPECT_EQ(dead.header(dead_letter_header::kSize), std::nullopt);
}

TEST_F(PublisherTest, ATombstoneStaysOne) {
  lane_.source.add({.value = std::nullopt, .key = "k"});
  const Output dead = dead_letter();
  EXPECT_EQ(dead.value, std::nullopt);
  EXPECT_EQ(dead.header(dead_letter_header::kReason), "empty");
}

TEST_F(PublisherTest, AnEmptyValueStaysOne) {
  lane_.source.add({.value = ""});
  EXPECT_EQ(dead_letter().value, "");
}

TEST_F(PublisherTest, ADeadLetterAboveItsTopicsLimitKeepsPositionSizeAndHash) {
  lane_.options.dead_letters.max_message_bytes = 1000;
  const std::string bytes = "\xFF" + std::string(2000, 'x');
  lane_.source.add({.value = bytes, .key = "k"});
  const Output dead = dead_letter();
  EXPECT_EQ(dead.value, std::nullopt);
  EXPECT_EQ(dead.key, "k");
  EXPECT_EQ(dead.header(dead_letter_header::kReason), "not_utf8");
  EXPECT_EQ(dead.header(dead_letter_header::kOffset), "0");
  EXPECT_EQ(dead.header(dead_letter_header::kSize), "2001");
  EXPECT_EQ(dead.header(dead_letter_header::kSha256), sha256_hex(bytes));
}

TEST_F(PublisherTest, WhereKeyAndHeadersAloneAreTooLargeTheyGoToo) {
  lane_.options.dead_letters.max_message_bytes = 2000;
  InputRecord record{.value = "\xFF", .key = std::string(1500, 'k')};
  record.headers = {{"x-large", std::string(1500, 'x')}, {"x-desk", "sports"}};
  lane_.source.add(record);
  const Output dead = dead_letter();
  EXPECT_EQ(dead.key, "");
  EXPECT_EQ(dead.value, std::nullopt);
  EXPECT_EQ(dead.header("x-large"), std::nullopt);
  EXPECT_EQ(dead.header(dead_letter_header::kOffset), "0");
  EXPECT_EQ(dead.header(dead_letter_header::kSize), "1");
}

}  // namespace
}  // namespace wiredesk
