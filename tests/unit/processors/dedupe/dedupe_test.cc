#include "processors/dedupe/dedupe.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <random>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "processors/dedupe/state_record.h"
#include "processors/identity.h"

namespace wiredesk {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

constexpr Timestamp kNow = hours(24 * 365 * 50);

/// The option section `dedupe` with these scalars.
ConfigNode section(const std::vector<std::pair<std::string, std::string>>& values,
                   const std::string& duplicate) {
  const auto scalar = [](const std::string& text) {
    ConfigNode node;
    node.kind = ConfigNode::Kind::scalar;
    node.scalar = text;
    return node;
  };
  ConfigNode node;
  node.kind = ConfigNode::Kind::map;
  for (const auto& [name, value] : values) node.entries.push_back({name, {}, scalar(value)});
  if (duplicate.empty()) return node;
  ConfigNode actions;
  actions.kind = ConfigNode::Kind::map;
  actions.entries.push_back({"duplicate", {}, scalar(duplicate)});
  node.entries.push_back({"actions", {}, actions});
  return node;
}

std::unique_ptr<ProcessorFactory> make_factory(
    const std::string& duplicate = "",
    const std::vector<std::pair<std::string, std::string>>& values = {}) {
  const auto options = make_dedupe_options();
  const ConfigNode node = section(values, duplicate);
  std::vector<ConfigProblem> problems;
  OptionReader::read(&node, "dedupe", problems, [&](OptionReader& in) { options->declare(in); });
  if (!problems.empty()) throw std::runtime_error(problems[0].message);
  return options->make_factory();
}

/// One article that a test sends, with everything it needs to live.
struct Input {
  std::string text;
  std::int64_t offset = 0;
  std::int32_t partition = 0;
  Timestamp time = kNow;
  std::string supplier = "north";
  LifecycleKind lifecycle = LifecycleKind::fresh;
};

struct Answer {
  Outcome outcome;
  Duplicate duplicate;
  StateRecord state;

  std::string relation() const { return std::string(to_string(duplicate.relation)); }
};

std::string uri_of(const Input& input) {
  return make_uri(input.supplier,
                  std::to_string(input.partition) + "-" + std::to_string(input.offset));
}

/// Processes one article of its own record, without ending the record.
Answer run(Processor& processor, const Input& input) {
  Record record;
  record.position = {"wire.raw", input.partition, input.offset, 0};
  record.time = input.time;
  Article article(record);
  article.source = input.text;
  article.segments = {{SegmentKind::paragraph, {0, static_cast<std::uint32_t>(input.text.size())}}};
  article.meta.supplier = input.supplier;
  article.meta.id = std::to_string(input.partition) + "-" + std::to_string(input.offset);
  article.lifecycle.kind = input.lifecycle;
  Answer answer;
  answer.outcome = processor.process(article);
  answer.duplicate = article.duplicate;
  EXPECT_EQ(article.state.size(), 1u);
  answer.state = article.state.at(0);
  return answer;
}

Answer accept(Processor& processor, const Input& input) {
  Answer answer = run(processor, input);
  processor.end_record(true);
  return answer;
}

Answer commit(Processor& processor, const Input& input) {
  Answer answer = accept(processor, input);
  processor.end_batch(true);
  return answer;
}

std::string story(int number) {
  std::string text = "Story " + std::to_string(number) + ": the council of Port Marin said";
  for (int i = 0; i < 30; ++i) text += " word" + std::to_string(number * 100 + i);
  return text + ".";
}

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

/// A random stream over a few stories, suppliers and partitions, with late and repeated ones.
std::vector<Input> random_stream(std::uint64_t seed) {
  std::mt19937_64 random(seed);
  const auto below = [&](std::uint64_t bound) { return static_cast<int>(random() % bound); };
  std::vector<std::int64_t> next(3, 100);
  std::vector<Input> stream;
  for (int i = 0; i < 200; ++i) {
    Input input;
    input.partition = below(3);
    input.offset = next[static_cast<std::size_t>(input.partition)]++;
    input.text = below(20) == 0 ? "Tiny." : story(below(25));
    input.time = kNow + minutes(i * 4) - minutes(below(5) == 0 ? below(600) : 0);
    input.supplier =
        std::vector<std::string>{"north", "south", ""}[static_cast<std::size_t>(below(3))];
    if (below(15) == 0) input.lifecycle = LifecycleKind::correction;
    if (below(25) == 0) input.lifecycle = LifecycleKind::kill;
    stream.push_back(input);
  }
  return stream;
}

std::string text_of(const Answer& answer) {
  return answer.state.key + " " + answer.state.value + (answer.outcome.dropped() ? " dropped" : "");
}

/// Runs the stream in batches of random size. Where `faults` is set, batches abort and are done
/// again, and the process dies and comes back with what the committed state records tell.
std::vector<std::string> decisions(const std::vector<Input>& stream, std::uint64_t seed,
                                   bool faults) {
  std::mt19937_64 random(seed);
  std::vector<std::string> result;
  std::vector<StateRecord> topic;
  auto factory = make_factory("", {{"window", "6h"}});
  auto processor = factory->make();
  const auto restart = [&] {
    processor.reset();
    factory = make_factory("", {{"window", "6h"}});
    std::shuffle(topic.begin(), topic.end(), random);
    for (const StateRecord& record : topic) factory->state()->restore(record.key, record.value);
    processor = factory->make();
  };
  for (std::size_t begin = 0; begin < stream.size();) {
    const std::size_t end = std::min(stream.size(), begin + 1 + random() % 12);
    std::vector<Answer> answers;
    for (std::size_t i = begin; i < end; ++i) {
      answers.push_back(run(*processor, stream[i]));
      const bool take_back = faults && random() % 10 == 0;
      processor->end_record(!take_back);
      if (take_back) {  // the same record once more, as after a rewind
        answers.back() = run(*processor, stream[i]);
        processor->end_record(true);
      }
    }
    const auto fault = faults ? random() % 4 : 3;
    if (fault == 0) {
      processor->end_batch(false);
      continue;
    }
    if (fault == 1) {
      restart();
      continue;
    }
    processor->end_batch(true);
    for (const Answer& answer : answers) {
      result.push_back(text_of(answer));
      topic.push_back(answer.state);
    }
    begin = end;
    if (faults && random() % 5 == 0) restart();
  }
  return result;
}

TEST(DedupePropertyTest, RestartsAndAbortsChangeNoDecision) {
  std::size_t duplicates = 0;
  for (std::uint64_t seed = 0; seed < 30; ++seed) {
    const std::vector<Input> stream = random_stream(seed);
    const std::vector<std::string> expected = decisions(stream, seed, false);
    ASSERT_EQ(decisions(stream, seed + 1000, true), expected) << "seed " << seed;
    for (const std::string& each : expected)
      duplicates += each.find("\tduplicate\t") == std::string::npos ? 0 : 1;
  }
  EXPECT_GT(duplicates, 1000u);  // the streams must hold what the test is about
}

TEST(DedupePropertyTest, AReplayOfOnePartitionGivesTheSameAnswers) {
  for (std::uint64_t seed = 0; seed < 30; ++seed) {
    std::vector<Input> stream = random_stream(seed);
    for (std::size_t i = 0; i < stream.size(); ++i) {
      stream[i].partition = 0;
      stream[i].offset = static_cast<std::int64_t>(i);
    }
    const auto factory = make_factory("", {{"window", "6h"}});
    const auto processor = factory->make();
    std::vector<std::string> first;
    for (const Input& input : stream) first.push_back(text_of(commit(*processor, input)));
    const std::size_t entries = factory->state()->entry_count();
    for (std::size_t i = 0; i < stream.size(); ++i)
      ASSERT_EQ(text_of(commit(*processor, stream[i])), first[i]) << "seed " << seed;
    EXPECT_EQ(factory->state()->entry_count(), entries);
  }
}

}  // namespace
}  // namespace wiredesk
