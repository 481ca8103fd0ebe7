#include "daemon/health.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>
#include <thread>

namespace wiredesk {
namespace {

using std::chrono::milliseconds;
using testing::HasSubstr;
using testing::Not;

TEST(Health, IsLiveAtTheStartAndNotReady) {
  const Health health(2);
  std::string why;
  EXPECT_TRUE(health.live(why));
  EXPECT_EQ(why, "live");
  EXPECT_FALSE(health.ready(why));
  EXPECT_EQ(why, "lane 0: starting\nlane 1: starting");
}

TEST(Health, IsReadyWhenEveryLaneIs) {
  Health health(2);
  std::string why;
  health.set_state(0, LaneState::ready);
  health.set_state(1, LaneState::restoring, "120 records left");
  EXPECT_FALSE(health.ready(why));
  EXPECT_EQ(why, "lane 1: restoring, 120 records left");
  health.set_state(1, LaneState::ready);
  EXPECT_TRUE(health.ready(why));
  EXPECT_EQ(why, "ready");
  health.set_state(0, LaneState::fatal, "fenced by another instance");
  EXPECT_FALSE(health.ready(why));
  EXPECT_EQ(why, "lane 0: fatal, fenced by another instance");
}

TEST(Health, ALaneThatStopsBeatingIsNotLive) {
  Health health(2, milliseconds(200));
  std::string why;
  for (int i = 0; i < 30; ++i) {
    std::this_thread::sleep_for(milliseconds(20));
    health.beat(1);
  }
  EXPECT_FALSE(health.live());
  EXPECT_FALSE(health.live(why));
  EXPECT_THAT(why, HasSubstr("lane 0: its poll loop has not advanced"));
  EXPECT_THAT(why, Not(HasSubstr("lane 1")));
  health.beat(0);
  health.beat(1);
  EXPECT_TRUE(health.live());
}

TEST(Health, LivenessDoesNotHangOnTheBroker) {
  Health health(1);
  health.set_state(0, LaneState::waiting_for_broker, "broker:9092: connection refused");
  std::string why;
  EXPECT_TRUE(health.live(why));
  EXPECT_FALSE(health.ready(why));
  EXPECT_EQ(why, "lane 0: waiting for broker, broker:9092: connection refused");
}

TEST(Health, RefusesALaneThatDoesNotExist) {
  Health health(1);
  EXPECT_THROW(health.beat(1), std::out_of_range);
  EXPECT_THROW(health.set_state(-1, LaneState::ready), std::out_of_range);
}

TEST(Health, LanesWriteWhileOthersRead) {
  Health health(4);
  std::vector<std::thread> threads;
  for (int lane = 0; lane < 4; ++lane)
    threads.emplace_back([&health, lane] {
      for (int i = 0; i < 2000; ++i) {
        health.beat(lane);
        health.set_state(lane, LaneState::restoring, std::to_string(i));
      }
      health.set_state(lane, LaneState::ready);
    });
  std::string why;
  for (int i = 0; i < 200; ++i) EXPECT_TRUE(health.live(why));
  for (std::thread& thread : threads) thread.join();
  EXPECT_TRUE(health.ready(why));
}

}  // namespace
}  // namespace wiredesk
