#include "daemon/lane.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "daemon/dead_letters.h"
#include "daemon/kafka_handles.h"
#include "processors/identity.h"
#include "tests/fakes/chain.h"
#include "tests/fakes/lane_harness.h"

namespace wiredesk {
namespace {

using fakes::article_about;
using fakes::InputRecord;
using fakes::LaneHarness;
using fakes::LineDecoder;
using fakes::Output;
using fakes::ScriptedProcessor;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;
using testing::SizeIs;

TEST(BatchSize, IsHalvedByAbortsAndDoubledByCommits) {
  BatchSize size(5000);
  EXPECT_EQ(size.now(), 5000u);
  size.shrink(5000);
  EXPECT_EQ(size.now(), 2500u);
  size.grow();
  size.grow();
  EXPECT_EQ(size.now(), 5000u);
}

TEST(BatchSize, ASmallBatchIsHalvedAndNotTheLimit) {
  BatchSize size(5000);
  size.shrink(7);
  EXPECT_EQ(size.now(), 3u);
  size.shrink(3);
  size.shrink(1);
  size.shrink(1);
  EXPECT_EQ(size.now(), 1u);
}

// What identifies the record of an output: dead letters name it in headers, messages in their text.
std::multiset<std::string> keys_of(const std::vector<Output>& outputs) {
  std::multiset<std::string> keys;
  for (const Output& output : outputs) keys.insert(output.key);
  return keys;
}

class LaneTest : public testing::Test {
 protected:
  void add_articles(int count) {
    for (int i = 0; i < count; ++i) lane_.source.add(article_about("topic" + std::to_string(i)));
  }
  std::vector<Output> messages() const { return lane_.sink.committed(Channel::output); }
  std::vector<Output> dead() const { return lane_.sink.committed(Channel::dead_letters); }
  std::vector<Output> state() const { return lane_.sink.committed(Channel::state); }
  void expect_metric(const std::string& line) {
    EXPECT_THAT(lane_.metrics(), HasSubstr("\n" + line + "\n"));
  }
  void expect_each_once(std::size_t count) {
    const auto keys = keys_of(messages());
    EXPECT_EQ(keys.size(), count);
    EXPECT_EQ(std::set<std::string>(keys.begin(), keys.end()).size(), count);
    EXPECT_THAT(state(), SizeIs(count));
    EXPECT_EQ(keys_of(state()).count("wire.raw/0/0/0"), 1u);
  }

  LaneHarness lane_;
};

TEST_F(LaneTest, NothingToReadIsNoBatch) {
  EXPECT_FALSE(lane_.step());
  EXPECT_EQ(lane_.beats(), 1);
  expect_metric("wiredesk_transactions_total{result=\"committed\"} 0");
}

TEST_F(LaneTest, ABatchIsCommittedWithTheOffsetsBehindItsLastRecords) {
  lane_.source.add(article_about("tea"));
  InputRecord other = article_about("rope");
  other.partition = 5;
  lane_.source.add(other);
  lane_.source.add(article_about("coal"));
  EXPECT_TRUE(lane_.step());
  EXPECT_THAT(lane_.sink.offsets(), ElementsAre(Pair(0, 2), Pair(5, 1)));
  expect_each_once(3);
  EXPECT_EQ(lane_.beats(), 2);
  expect_metric("wiredesk_consumed_total 3");
  expect_metric("wiredesk_published_total 3");
  expect_metric("wiredesk_end_to_end_seconds_count 3");
}

TEST_F(LaneTest, BatchesHaveTheirLimit) {
  lane_.limits.max_records = 4;
  add_articles(10);
  EXPECT_TRUE(lane_.run());
  EXPECT_THAT(lane_.source.batches(), ElementsAre(4u, 4u, 2u));
}

TEST_F(LaneTest, AnAbortedBatchIsProcessedAgainByHalvesAndNothingIsDoubled) {
  lane_.limits.max_records = 8;
  add_articles(8);
  lane_.sink.abort_next(2);
  EXPECT_FALSE(lane_.step());
  EXPECT_THAT(messages(), IsEmpty());
  EXPECT_THAT(lane_.sink.offsets(), IsEmpty());
  EXPECT_TRUE(lane_.run());
  EXPECT_THAT(lane_.source.batches(), ElementsAre(8u, 4u, 2u, 4u, 2u));
  expect_each_once(8);
  expect_metric("wiredesk_published_total 8");
  expect_metric("wiredesk_transactions_total{result=\"aborted\"} 2");
  EXPECT_THAT(lane_.sink.offsets(), ElementsAre(Pair(0, 8)));
}

TEST_F(LaneTest, WhatAnAbortedBatchTaughtIsForgotten) {
  // Were the first pass remembered by text alone, the second would drop its own articles.
  add_articles(1);
  lane_.source.add(article_about("topic0"));
  lane_.sink.abort_next(1);
  EXPECT_TRUE(lane_.run());
  EXPECT_THAT(messages(), SizeIs(1));
  EXPECT_THAT(state(), SizeIs(2));
  expect_metric("wiredesk_dropped_total{reason=\"duplicate\"} 1");
}

TEST_F(LaneTest, ADroppedArticleLeavesItsStateRecordAndNoMessage) {
  lane_.source.add(article_about("tea"));
  lane_.source.add(article_about("tea"));
  EXPECT_TRUE(lane_.step());
  EXPECT_THAT(messages(), SizeIs(1));
  EXPECT_THAT(dead(), IsEmpty());
  EXPECT_THAT(keys_of(state()), ElementsAre("wire.raw/0/0/0", "wire.raw/0/1/0"));
  EXPECT_THAT(lane_.sink.offsets(), ElementsAre(Pair(0, 2)));
  expect_metric("wiredesk_dropped_total{reason=\"duplicate\"} 1");
}

class RefusalTest : public LaneTest {
 protected:
  static constexpr std::string_view kPoison = "poison";

  // The broker refuses what comes of the record that speaks of poison.
  static bool is_poison(const Output& output) {
    return output.value && output.value->find(kPoison) != std::string::npos;
  }
  void add_with_poison(int before, int after) {
    add_articles(before);
    lane_.source.add(poison_);
    for (int i = 0; i < after; ++i) lane_.source.add(article_about("later" + std::to_string(i)));
  }

  InputRecord poison_ = article_about(kPoison);
};

TEST_F(RefusalTest, TheRefusedRecordAloneBecomesADeadLetterWithItsBytes) {
  add_with_poison(5, 6);
  lane_.sink.refuse([](const Output& output) -> std::string {
    return output.channel == Channel::output && is_poison(output) ? "Invalid timestamp" : "";
  });
  ASSERT_TRUE(lane_.run());
  EXPECT_THAT(messages(), SizeIs(11));
  EXPECT_EQ(keys_of(messages()).size(), 11u);
  ASSERT_THAT(dead(), SizeIs(1));
  EXPECT_EQ(dead()[0].value, poison_.value);
  EXPECT_EQ(dead()[0].header(dead_letter_header::kReason), "output_refused");
  EXPECT_EQ(dead()[0].header(dead_letter_header::kStage), "publish");
  EXPECT_EQ(dead()[0].header(dead_letter_header::kDetail), "Invalid timestamp");
  EXPECT_EQ(dead()[0].header(dead_letter_header::kOffset), "5");
  EXPECT_EQ(dead()[0].header("wiredesk-supplier"), "north");
  EXPECT_THAT(state(), SizeIs(11));
  EXPECT_THAT(lane_.sink.offsets(), ElementsAre(Pair(0, 12)));
  expect_metric("wiredesk_dead_letters_total{reason=\"output_refused\",stage=\"publish\"} 1");
}

TEST_F(RefusalTest, IfItsDeadLetterIsRefusedTooOneWithoutBytesStandsForIt) {
  add_with_poison(2, 2);
  lane_.sink.refuse([](const Output& output) -> std::string {
    return is_poison(output) ? "Message too large" : "";
  });
  ASSERT_TRUE(lane_.run());
  EXPECT_THAT(messages(), SizeIs(4));
  ASSERT_THAT(dead(), SizeIs(1));
  EXPECT_EQ(dead()[0].value, std::nullopt);
  EXPECT_EQ(dead()[0].header(dead_letter_header::kReason), "output_refused");
  EXPECT_EQ(dead()[0].header(dead_letter_header::kOffset), "2");
  EXPECT_EQ(dead()[0].header(dead_letter_header::kSize), std::to_string(poison_.value->size()));
  EXPECT_EQ(dead()[0].header(dead_letter_header::kSha256), sha256_hex(*poison_.value));
}

TEST_F(RefusalTest, IfThatIsRefusedTooItsPositionStands) {
  poison_.headers.emplace_back("x-poison", "yes");
  add_with_poison(2, 2);
  lane_.sink.refuse([](const Output& output) -> std::string {
    return is_poison(output) || output.header("x-poison") ? "Message too large" : "";
  });
  ASSERT_TRUE(lane_.run());
  EXPECT_THAT(messages(), SizeIs(4));
  ASSERT_THAT(dead(), SizeIs(1));
  EXPECT_EQ(dead()[0].value, std::nullopt);
  EXPECT_EQ(dead()[0].header("wiredesk-supplier"), std::nullopt);
  EXPECT_EQ(dead()[0].header(dead_letter_header::kOffset), "2");
  EXPECT_EQ(dead()[0].header(dead_letter_header::kSha256), sha256_hex(*poison_.value));
}

TEST_F(RefusalTest, WhatTheRefusedRecordTaughtIsForgotten) {
  lane_.source.add(poison_);
  lane_.source.add(poison_);
  lane_.sink.refuse([](const Output& output) -> std::string {
    const bool first = output.value && output.value->find("\"offset\":0,") != std::string::npos;
    return output.channel == Channel::output && first ? "refused" : "";
  });
  ASSERT_TRUE(lane_.run());
  EXPECT_THAT(dead(), SizeIs(1));
  ASSERT_THAT(messages(), SizeIs(1));
  EXPECT_EQ(messages()[0].header("wiredesk-relation"), "original");
}

TEST_F(RefusalTest, SeveralRefusedRecordsAllEndThatWay) {
  for (int i = 0; i < 20; ++i)
    lane_.source.add(
        article_about(i % 6 == 3 ? "poison" + std::to_string(i) : "topic" + std::to_string(i)));
  lane_.sink.refuse([](const Output& output) -> std::string {
    return output.channel == Channel::output && is_poison(output) ? "refused" : "";
  });
  ASSERT_TRUE(lane_.run(200));
  EXPECT_THAT(messages(), SizeIs(17));
  EXPECT_THAT(dead(), SizeIs(3));
  EXPECT_THAT(state(), SizeIs(17));
}

TEST_F(RefusalTest, WhereEvenThePositionIsRefusedTheLaneGivesUp) {
  add_with_poison(0, 0);
  lane_.sink.refuse([](const Output&) -> std::string { return "no"; });
  EXPECT_THROW(lane_.run(), FatalKafkaError);
}

TEST_F(RefusalTest, ADeadLetterThatTheClientRefusesLosesItsBytes) {
  lane_.source.add({.value = "\xFF\xFE broken"});
  lane_.sink.refuse_at_once([](const Output& output) -> std::string {
    return output.value && !output.value->empty() ? "Message too large" : "";
  });
  ASSERT_TRUE(lane_.run());
  ASSERT_THAT(dead(), SizeIs(1));
  EXPECT_EQ(dead()[0].value, std::nullopt);
  EXPECT_EQ(dead()[0].header(dead_letter_header::kReason), "not_utf8");
  EXPECT_EQ(dead()[0].header(dead_letter_header::kSize), "9");
}

// A chain that decodes one article a line.
std::unique_ptr<Pipeline> line_pipeline(ScriptedProcessor::Script script,
                                        ScriptedProcessor::Ends* ends = nullptr) {
  std::vector<Pipeline::Stage> stages;
  stages.push_back({"one", std::make_unique<ScriptedProcessor>(std::move(script), ends)});
  return std::make_unique<Pipeline>(std::make_unique<LineDecoder>(), std::move(stages), false);
}

TEST(LaneOfBundles, ADecodeFailurePublishesNothingOfItsRecord) {
  LaneHarness lane(line_pipeline([](Article&) { return Outcome::keep(); }));
  lane.source.add({.value = "first\nsecond"});
  lane.source.add({.value = "third\nfourth\nbroken"});
  lane.source.add({.value = "fifth"});
  ASSERT_TRUE(lane.run());
  EXPECT_THAT(lane.sink.committed(Channel::output), SizeIs(3));
  const std::vector<Output> dead = lane.sink.committed(Channel::dead_letters);
  ASSERT_THAT(dead, SizeIs(1));
  EXPECT_EQ(dead[0].value, "third\nfourth\nbroken");
  EXPECT_EQ(dead[0].header(dead_letter_header::kStage), "decode");
  EXPECT_EQ(dead[0].header(dead_letter_header::kReason), "not_utf8");
}

TEST(LaneOfBundles, OneBadItemSendsTheWholeRecordToTheDeadLetters) {
  LaneHarness lane(line_pipeline([](Article& article) {
    article.state.push_back({std::string(article.source), "seen"});
    return article.source == "bad" ? Outcome::fail("picky", "no") : Outcome::keep();
  }));
  lane.source.add({.value = "first\nbad\nlast"});
  ASSERT_TRUE(lane.run());
  EXPECT_THAT(lane.sink.committed(Channel::output), IsEmpty());
  EXPECT_THAT(lane.sink.committed(Channel::state), IsEmpty());
  EXPECT_THAT(lane.sink.committed(Channel::dead_letters), SizeIs(1));
}

TEST(LaneOfBundles, AnExceptionIsADeadLetterAndTheLaneGoesOn) {
  LaneHarness lane(line_pipeline([](Article& article) -> Outcome {
    if (article.source == "odd") throw std::runtime_error("a table had no such row");
    return Outcome::keep();
  }));
  lane.source.add({.value = "odd"});
  lane.source.add({.value = "even"});
  ASSERT_TRUE(lane.run());
  EXPECT_THAT(lane.sink.committed(Channel::output), SizeIs(1));
  const std::vector<Output> dead = lane.sink.committed(Channel::dead_letters);
  ASSERT_THAT(dead, SizeIs(1));
  EXPECT_EQ(dead[0].value, "odd");
  EXPECT_EQ(dead[0].header(dead_letter_header::kStage), "one");
  EXPECT_EQ(dead[0].header(dead_letter_header::kReason), "internal_error");
  EXPECT_EQ(dead[0].header(dead_letter_header::kDetail), "a table had no such row");
}

TEST(LaneOfBundles, TheChainIsToldHowEachBatchEnded) {
  ScriptedProcessor::Ends ends;
  LaneHarness lane(line_pipeline([](Article&) { return Outcome::keep(); }, &ends));
  lane.source.add({.value = "a"});
  lane.sink.abort_next(1);
  ASSERT_FALSE(lane.step());
  ASSERT_TRUE(lane.step());
  EXPECT_THAT(ends.batches, ElementsAre(false, true));
}

}  // namespace
}  // namespace wiredesk
