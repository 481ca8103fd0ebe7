#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <random>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "processors/dedupe/state_record.h"
#include "tests/unit/processors/dedupe/dedupe_fixture.h"

namespace wiredesk {
namespace {

using namespace dedupe_test;
using std::chrono::hours;
using std::chrono::minutes;

class DedupeTest : public testing::Test {
 protected:
  std::unique_ptr<ProcessorFactory> factory_ = make_factory();
  std::unique_ptr<Processor> processor_ = factory_->make();
};

TEST_F(DedupeTest, AnOriginalAndItsReSend) {
  const Answer first = accept(*processor_, {story(1), 1});
  EXPECT_TRUE(first.outcome.kept());
  EXPECT_EQ(first.relation(), "original");
  EXPECT_EQ(first.duplicate.cluster, "urn:wiredesk:north:0-1");
  EXPECT_EQ(first.duplicate.of, "");
  EXPECT_FALSE(first.duplicate.score);
  EXPECT_TRUE(first.duplicate.evidence.empty());

  const Answer again = accept(*processor_, {story(1), 2});
  EXPECT_TRUE(again.outcome.dropped());
  EXPECT_EQ(again.outcome.reason.text(), "duplicate");
  EXPECT_EQ(again.relation(), "duplicate");
  EXPECT_EQ(again.duplicate.cluster, "urn:wiredesk:north:0-1");
  EXPECT_EQ(again.duplicate.of, "urn:wiredesk:north:0-1");
  EXPECT_EQ(again.duplicate.score, 1.0);
  EXPECT_EQ(again.duplicate.evidence, std::vector<std::string>{"body_hash"});

  EXPECT_EQ(accept(*processor_, {story(2), 3}).relation(), "original");
}

TEST_F(DedupeTest, OnlyTheSameKnownSupplierIsDroppedByDefault) {
  commit(*processor_, {story(1), 1, 0, kNow, "north"});
  const Answer other = commit(*processor_, {story(1), 2, 0, kNow, "south"});
  EXPECT_TRUE(other.outcome.kept());
  EXPECT_EQ(other.relation(), "duplicate");
  EXPECT_TRUE(commit(*processor_, {story(1), 3, 0, kNow, ""}).outcome.kept());
  EXPECT_TRUE(commit(*processor_, {story(1), 4, 0, kNow, "north"}).outcome.dropped());

  commit(*processor_, {story(2), 5, 0, kNow, ""});
  const Answer unknown = commit(*processor_, {story(2), 6, 0, kNow, ""});
  EXPECT_TRUE(unknown.outcome.kept());
  EXPECT_EQ(unknown.relation(), "duplicate");
}

TEST_F(DedupeTest, TheActionIsTheUsers) {
  const auto dropped = [](const std::string& action, const std::string& supplier) {
    const auto factory = make_factory(action);
    const auto processor = factory->make();
    accept(*processor, {story(1), 1});
    const Answer again = accept(*processor, {story(1), 2, 0, kNow, supplier});
    EXPECT_EQ(again.relation(), "duplicate");
    return again.outcome.dropped();
  };
  EXPECT_TRUE(dropped("drop_same_supplier", "north"));
  EXPECT_FALSE(dropped("drop_same_supplier", "south"));
  EXPECT_TRUE(dropped("drop", "south"));
  EXPECT_TRUE(dropped("drop", ""));
  EXPECT_FALSE(dropped("tag", "north"));
  EXPECT_THROW(make_factory("route"), std::runtime_error);
  EXPECT_THROW(make_factory("", {{"window", "0s"}}), std::runtime_error);
}

TEST_F(DedupeTest, KillsWithdrawalsAndCorrectionsAreNeverDropped) {
  const auto factory = make_factory("drop");
  const auto processor = factory->make();
  commit(*processor, {story(1), 1});
  std::int64_t offset = 1;
  for (const auto& [kind, relation] : std::vector<std::pair<LifecycleKind, std::string>>{
           {LifecycleKind::kill, "kill"},
           {LifecycleKind::withhold, "kill"},
           {LifecycleKind::correction, "correction"}}) {
    const Answer answer = commit(*processor, {story(1), ++offset, 0, kNow, "north", kind});
    EXPECT_TRUE(answer.outcome.kept());
    EXPECT_EQ(answer.relation(), relation);
    EXPECT_EQ(answer.duplicate.of, "urn:wiredesk:north:0-1");
    EXPECT_EQ(answer.duplicate.evidence, (std::vector<std::string>{"lifecycle_mark", "body_hash"}));
  }
  const Answer alone = commit(*processor, {story(2), 9, 0, kNow, "north", LifecycleKind::update});
  EXPECT_EQ(alone.relation(), "update");
  EXPECT_EQ(alone.duplicate.of, "");
}

TEST_F(DedupeTest, AKilledStoryMayBeSentAnewButACorrectionRepeatedIsADuplicate) {
  commit(*processor_, {story(1), 1, 0, kNow, "north", LifecycleKind::kill});
  EXPECT_EQ(commit(*processor_, {story(1), 2}).relation(), "original");
  commit(*processor_, {story(2), 3, 0, kNow, "north", LifecycleKind::correction});
  EXPECT_EQ(commit(*processor_, {story(2), 4}).relation(), "duplicate");
}

TEST_F(DedupeTest, TheWindowIsByRecordTimeAndTheNewerOneBecomesHead) {
  const auto factory = make_factory("", {{"window", "1h"}});
  const auto processor = factory->make();
  commit(*processor, {story(1), 1, 0, kNow});
  EXPECT_EQ(commit(*processor, {story(1), 2, 0, kNow + minutes(60)}).relation(), "duplicate");
  EXPECT_EQ(commit(*processor, {story(1), 3, 0, kNow + minutes(61)}).relation(), "original");
  const Answer later = commit(*processor, {story(1), 4, 0, kNow + minutes(120)});
  EXPECT_EQ(later.duplicate.of, "urn:wiredesk:north:0-3");
  EXPECT_EQ(factory->state()->window(), hours(1));
}

TEST_F(DedupeTest, AStoryWhoseFirstCopyFailedPasses) {
  run(*processor_, {story(1), 1});
  processor_->end_record(false);
  EXPECT_EQ(accept(*processor_, {story(1), 2}).relation(), "original");
  EXPECT_EQ(accept(*processor_, {story(1), 3}).duplicate.of, "urn:wiredesk:north:0-2");
}

TEST_F(DedupeTest, AnAbortedBatchIsForgotten) {
  accept(*processor_, {story(1), 1});
  EXPECT_EQ(accept(*processor_, {story(1), 2}).relation(), "duplicate");
  processor_->end_batch(false);
  EXPECT_EQ(factory_->state()->entry_count(), 0u);
  EXPECT_EQ(accept(*processor_, {story(1), 1}).relation(), "original");
  EXPECT_EQ(accept(*processor_, {story(1), 2}).relation(), "duplicate");
}

TEST_F(DedupeTest, LanesThatRaceGiveTwoOriginals) {
  const auto other = factory_->make();
  EXPECT_EQ(accept(*processor_, {story(1), 1, 0}).relation(), "original");
  EXPECT_EQ(accept(*other, {story(1), 1, 1, kNow + minutes(1)}).relation(), "original");
  other->end_batch(true);
  processor_->end_batch(true);
  for (Processor* each : {processor_.get(), other.get()}) {
    const Answer third = accept(*each, {story(1), 5, 2});
    EXPECT_EQ(third.duplicate.of, "urn:wiredesk:north:0-1");
  }
}

TEST_F(DedupeTest, EveryDecisionIsAStateRecord) {
  const Input first{story(1), 1};
  const Input second{story(1), 7, 3, kNow + minutes(5), "south"};
  const Answer original = accept(*processor_, first);
  const DedupeDecision one = parse_state_record(original.state.key, original.state.value);
  EXPECT_EQ(one.position.offset, 1);
  EXPECT_EQ(one.time, kNow);
  EXPECT_EQ(one.uri, uri_of(first));
  EXPECT_TRUE(one.is_head());

  const Answer duplicate = accept(*processor_, second);
  const DedupeDecision two = parse_state_record(duplicate.state.key, duplicate.state.value);
  EXPECT_EQ(two.position, OwnedPosition({"wire.raw", 3, 7, 0}));
  EXPECT_EQ(two.relation, Relation::duplicate);
  EXPECT_EQ(two.supplier, "south");
  EXPECT_EQ(two.head, one.position);
  EXPECT_EQ(two.head_uri, one.uri);
  EXPECT_EQ(two.fingerprint, one.fingerprint);
}

TEST_F(DedupeTest, RestoreKnowsWhatTheOtherInstanceKnewInAnyOrderAndTwice) {
  std::vector<StateRecord> log;
  for (int i = 0; i < 20; ++i)
    log.push_back(commit(*processor_, {story(i % 8), i, i % 3, kNow + minutes(i)}).state);
  std::mt19937_64 random(5);
  for (int round = 0; round < 10; ++round) {
    const auto fresh = make_factory();
    for (int repeat = 0; repeat < 2; ++repeat) {
      std::shuffle(log.begin(), log.end(), random);
      for (const StateRecord& record : log) fresh->state()->restore(record.key, record.value);
    }
    EXPECT_EQ(fresh->state()->entry_count(), factory_->state()->entry_count());
    const auto restored = fresh->make();
    for (int i = 0; i < 8; ++i) {
      const Input next{story(i), 1000 + i, 4, kNow + minutes(90)};
      EXPECT_EQ(run(*restored, next).duplicate.of, run(*processor_, next).duplicate.of);
      restored->end_record(false);
      processor_->end_record(false);
    }
  }
  EXPECT_THROW(make_factory()->state()->restore(log[0].key, "9\tx"), std::runtime_error);
}

}  // namespace
}  // namespace wiredesk
