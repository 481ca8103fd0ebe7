#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "tests/unit/processors/dedupe/dedupe_fixture.h"

namespace wiredesk {
namespace {

using namespace dedupe_test;
using std::chrono::minutes;

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
