#include "processors/dedupe/index.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "processors/dedupe/session.h"
#include "processors/dedupe/shard.h"

namespace wiredesk {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

constexpr Timestamp kWindow = hours(72);
constexpr Timestamp kNow = hours(24 * 365 * 50);

Fingerprint numbered(std::uint64_t number) {
  std::mt19937_64 random(number);
  const std::uint64_t high = random();
  return {high, random()};
}

Head head_at(std::int64_t offset, Timestamp time = kNow, std::int32_t partition = 0,
             std::string supplier = "north") {
  return Head({{"wire.raw", partition, offset, 0},
               time,
               "urn:wiredesk:north:" + std::to_string(offset),
               supplier});
}

std::optional<Head> find(const DedupeIndex& index, const Fingerprint& fingerprint,
                         const SourcePosition& position, Timestamp time = kNow) {
  HeadSearch search(position, time, index.window());
  index.search(fingerprint, search);
  return search.found();
}

bool holds(const DedupeShard& shard, const Fingerprint& fingerprint, Timestamp time) {
  HeadSearch search({"elsewhere", 0, 0, 0}, time, kWindow);
  shard.search(fingerprint, search);
  return search.found().has_value();
}

class IndexTest : public testing::Test {
 protected:
  DedupeIndex index_{kWindow, std::size_t{16} << 20};
  const Fingerprint story_ = numbered(1);
};

TEST_F(IndexTest, FindsWhatWasInserted) {
  index_.insert(story_, head_at(7).view());
  const auto found = find(index_, story_, {"wire.raw", 0, 8, 0});
  ASSERT_TRUE(found);
  EXPECT_EQ(found->position, head_at(7).position);
  EXPECT_EQ(found->time, kNow);
  EXPECT_EQ(found->uri, "urn:wiredesk:north:7");
  EXPECT_EQ(found->supplier, "north");
  EXPECT_FALSE(find(index_, numbered(2), {"wire.raw", 0, 8, 0}));
}

TEST_F(IndexTest, AnArticleIsNeverADuplicateOfItself) {
  index_.insert(story_, head_at(7).view());
  EXPECT_FALSE(find(index_, story_, {"wire.raw", 0, 7, 0}));
  EXPECT_TRUE(find(index_, story_, {"wire.raw", 0, 7, 1}));  // another item of the same record
  // Nor of another lane's original that won the race.
  index_.insert(story_, head_at(3, kNow - minutes(1), 5).view());
  EXPECT_FALSE(find(index_, story_, {"wire.raw", 0, 7, 0}));
}

TEST_F(IndexTest, LaterArticlesOfTheSamePartitionDoNotExistYet) {
  index_.insert(story_, head_at(7).view());
  EXPECT_FALSE(find(index_, story_, {"wire.raw", 0, 6, 0}));
  EXPECT_TRUE(find(index_, story_, {"wire.raw", 1, 6, 0}));
  EXPECT_TRUE(find(index_, story_, {"wire.other", 0, 6, 0}));
}

TEST_F(IndexTest, TheWindowIsClosedOnBothSides) {
  index_.insert(story_, head_at(7).view());
  const SourcePosition at{"wire.raw", 1, 0, 0};
  EXPECT_TRUE(find(index_, story_, at, kNow + kWindow));
  EXPECT_FALSE(find(index_, story_, at, kNow + kWindow + Timestamp(1)));
  EXPECT_TRUE(find(index_, story_, at, kNow - kWindow));
  EXPECT_FALSE(find(index_, story_, at, kNow - kWindow - Timestamp(1)));
}

TEST_F(IndexTest, OfSeveralHeadsTheEarliestCounts) {
  const std::vector<Head> heads{head_at(9, kNow, 1), head_at(4, kNow, 2), head_at(8, kNow, 1),
                                head_at(5, kNow + minutes(1), 0)};
  for (std::size_t first = 0; first < heads.size(); ++first) {
    DedupeIndex index(kWindow, std::size_t{16} << 20);
    for (std::size_t i = 0; i < heads.size(); ++i)
      index.insert(story_, heads[(first + i) % heads.size()].view());
    const auto found = find(index, story_, {"wire.raw", 3, 0, 0});
    ASSERT_TRUE(found);
    EXPECT_EQ(found->position, heads[2].position);
  }
}

TEST_F(IndexTest, InsertingTwiceIsHarmless) {
  index_.insert(story_, head_at(7).view());
  const std::size_t bytes = index_.byte_count();
  index_.insert(story_, head_at(7).view());
  EXPECT_EQ(index_.entry_count(), 1u);
  EXPECT_EQ(index_.byte_count(), bytes);
}

TEST_F(IndexTest, EntriesAreSmall) {
  DedupeIndex index(kWindow, std::size_t{512} << 20);
  const std::size_t empty = index.byte_count();
  for (std::int64_t i = 0; i < 200'000; ++i)
    index.insert(numbered(static_cast<std::uint64_t>(i)), head_at(i, kNow + Timestamp(i)).view());
  EXPECT_EQ(index.entry_count(), 200'000u);
  EXPECT_LT((index.byte_count() - empty) / 200'000, 140u);
}

TEST(ShardTest, MemoryIsBoundedAtEveryMoment) {
  constexpr std::size_t kBound = 256 * 1024;
  DedupeShard shard(hours(1), kBound);
  std::mt19937_64 random(7);
  for (std::int64_t i = 0; i < 50'000; ++i) {
    const Timestamp time = kNow + minutes(static_cast<std::int64_t>(random() % 10'000));
    Head head = head_at(i, time);
    head.uri.append(random() % 300, 'x');
    if (i % 5000 == 0) head.uri.append(40'000, 'y');
    shard.insert(numbered(static_cast<std::uint64_t>(i)), head.view());
    ASSERT_LE(shard.byte_count(), kBound);
  }
  EXPECT_GT(shard.entry_count(), 300u);
  EXPECT_GT(shard.byte_count(), kBound / 2);
}

TEST(ShardTest, TheOldestTimesGoFirstWhateverTheOrderOfInsertion) {
  DedupeShard shard(hours(1), 256 * 1024);
  std::vector<std::int64_t> order(4000);
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = static_cast<std::int64_t>(i);
  std::shuffle(order.begin(), order.end(), std::mt19937_64(3));
  const auto time_of = [](std::int64_t i) { return kNow + minutes(3 * i); };
  for (std::int64_t i : order)
    shard.insert(numbered(static_cast<std::uint64_t>(i)), head_at(i, time_of(i)).view());
  ASSERT_LT(shard.entry_count(), order.size());
  // One span's chunk is the grain: everything newer than the oldest held span is there.
  std::int64_t oldest = 0;
  while (!holds(shard, numbered(static_cast<std::uint64_t>(oldest)), time_of(oldest))) ++oldest;
  EXPECT_GT(oldest, 0);
  for (std::int64_t i = oldest + 60 / 3; i < 4000; ++i)
    ASSERT_TRUE(holds(shard, numbered(static_cast<std::uint64_t>(i)), time_of(i))) << i;
}

TEST(ShardTest, InsideOneSpanTheFirstInsertedGoFirst) {
  DedupeShard shard(hours(1), 128 * 1024);
  for (std::int64_t i = 0; i < 3000; ++i)
    shard.insert(numbered(static_cast<std::uint64_t>(i)), head_at(i).view());
  EXPECT_FALSE(holds(shard, numbered(0), kNow));
  for (std::int64_t i = 3000 - 400; i < 3000; ++i)
    ASSERT_TRUE(holds(shard, numbered(static_cast<std::uint64_t>(i)), kNow)) << i;
}

TEST(ShardTest, ThePastCannotPushOutThePresent) {
  DedupeShard shard(hours(1), 128 * 1024);
  for (std::int64_t i = 0; i < 3000; ++i)
    shard.insert(numbered(static_cast<std::uint64_t>(i)), head_at(i).view());
  const std::size_t before = shard.entry_count();
  const Timestamp old = kNow - hours(24 * 365 * 30);
  for (std::int64_t i = 3000; i < 6000; ++i)
    shard.insert(numbered(static_cast<std::uint64_t>(i)), head_at(i, old).view());
  EXPECT_GE(shard.entry_count(), before);
  EXPECT_TRUE(holds(shard, numbered(2999), kNow));
}

TEST(ShardTest, AHeadThatCannotFitDisturbsNothing) {
  DedupeShard shard(hours(1), 64 * 1024);
  shard.insert(numbered(1), head_at(1).view());
  Head huge = head_at(2);
  huge.uri.assign(100'000, 'u');
  shard.insert(numbered(2), huge.view());
  EXPECT_TRUE(holds(shard, numbered(1), kNow));
  EXPECT_FALSE(holds(shard, numbered(2), kNow));
}

class SessionTest : public IndexTest {};

TEST_F(SessionTest, InsertsArePrivateUntilCommitted) {
  DedupeSession one(index_);
  DedupeSession two(index_);
  const SourcePosition later{"wire.raw", 3, 0, 0};
  one.stage(story_, head_at(7));
  EXPECT_TRUE(one.find(story_, later, kNow));
  EXPECT_FALSE(two.find(story_, later, kNow));
  one.end_record(true);
  EXPECT_TRUE(one.find(story_, later, kNow));
  EXPECT_FALSE(two.find(story_, later, kNow));
  one.end_batch(true);
  EXPECT_TRUE(one.find(story_, later, kNow));
  EXPECT_TRUE(two.find(story_, later, kNow));
}

TEST_F(SessionTest, ARefusedRecordAndAnAbortedBatchLeaveNothing) {
  DedupeSession session(index_);
  const SourcePosition later{"wire.raw", 3, 0, 0};
  session.stage(story_, head_at(7));
  session.end_record(false);
  EXPECT_FALSE(session.find(story_, later, kNow));
  session.stage(numbered(2), head_at(8));
  session.end_record(true);
  session.end_batch(false);
  EXPECT_FALSE(session.find(numbered(2), later, kNow));
  session.end_batch(true);
  EXPECT_EQ(index_.entry_count(), 0u);
}

TEST_F(SessionTest, TwoThatRaceGiveTwoOriginals) {
  DedupeSession one(index_);
  DedupeSession two(index_);
  EXPECT_FALSE(one.find(story_, {"wire.raw", 0, 7, 0}, kNow));
  one.stage(story_, head_at(7));
  EXPECT_FALSE(two.find(story_, {"wire.raw", 1, 4, 0}, kNow));
  two.stage(story_, head_at(4, kNow, 1));
  for (DedupeSession* each : {&two, &one}) {
    each->end_record(true);
    each->end_batch(true);
  }
  EXPECT_EQ(index_.entry_count(), 2u);
  EXPECT_FALSE(one.find(story_, {"wire.raw", 0, 7, 0}, kNow));
  EXPECT_FALSE(two.find(story_, {"wire.raw", 1, 4, 0}, kNow));
  EXPECT_EQ(one.find(story_, {"wire.raw", 2, 0, 0}, kNow)->position, head_at(7).position);
}

TEST(SessionThreadsTest, LanesAndTheStateReaderWorkAtOnce) {
  DedupeIndex index(kWindow, std::size_t{2} << 20);
  std::atomic<std::size_t> originals{0};
  const auto lane = [&](std::int32_t partition) {
    DedupeSession session(index);
    for (std::int64_t i = 0; i < 4000; ++i) {
      const Fingerprint story = numbered(static_cast<std::uint64_t>(i % 1000));
      const Head head = head_at(i, kNow + Timestamp(i), partition);
      if (!session.find(story, head.position.view(), head.time)) {
        session.stage(story, head);
        ++originals;
      }
      session.end_record(true);
      if (i % 50 == 49) session.end_batch(true);
    }
  };
  const auto reader = [&] {
    for (std::int64_t i = 0; i < 4000; ++i) {
      index.insert(numbered(static_cast<std::uint64_t>(i % 2000)), head_at(i, kNow, 99).view());
      if (i % 100 == 0) {
        EXPECT_LE(index.byte_count(), std::size_t{2} << 20);
      }
    }
  };
  std::vector<std::thread> threads;
  for (std::int32_t partition = 0; partition < 3; ++partition)
    threads.emplace_back(lane, partition);
  threads.emplace_back(reader);
  for (std::thread& thread : threads) thread.join();
  // Never more than one original a lane and story; never a story without one.
  EXPECT_LE(originals, 3000u);
  EXPECT_GE(index.entry_count(), 2000u);
  for (std::uint64_t story = 0; story < 1000; ++story)
    EXPECT_TRUE(find(index, numbered(story), {"wire.other", 0, 0, 0}, kNow));
}

}  // namespace
}  // namespace wiredesk
