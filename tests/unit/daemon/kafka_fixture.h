// What the tests of the kafka_* files share: a mock cluster with our topics, quiet logging, and an
// observer that counts.
#pragma once

#include <gtest/gtest.h>
#include <spdlog/spdlog.h>

#include <chrono>
#include <functional>
#include <map>
#include <string>
#include <thread>
#include <vector>

#include "daemon/kafka_properties.h"
#include "daemon/kafka_source.h"
#include "daemon/kafka_topics.h"
#include "tests/fakes/mock_cluster.h"

namespace wiredesk::kafka_test {

using fakes::KafkaRecord;
using fakes::Request;
using std::chrono::milliseconds;

inline const std::map<std::string, TopicLimits> kLimits{
    {"wire.enriched", {.max_message_bytes = 2'000'000}}, {"wire.dead", {}}, {"wiredesk.state", {}}};

struct CountingObserver : SourceObserver {
  void assigned(std::size_t count, bool restoring) override {
    partitions = count;
    waiting = restoring;
  }
  void restored() override { waiting = false; }
  void lag(const std::string&, std::int32_t, std::optional<std::int64_t>) override {}
  void future_timestamp() override { ++future_timestamps; }
  void consumer_error(rd_kafka_resp_err_t, const std::string& text) override {
    errors.push_back(text);
  }

  std::size_t partitions = 0;
  bool waiting = false;
  int future_timestamps = 0;
  std::vector<std::string> errors;
};

class KafkaTest : public testing::Test {
 protected:
  KafkaTest() { spdlog::set_level(spdlog::level::off); }
  ~KafkaTest() override { spdlog::set_level(level_); }

  /// false: it did not come true in good time (which is long, for a machine under load).
  static bool eventually(const std::function<bool()>& condition) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    while (std::chrono::steady_clock::now() < deadline)
      if (condition()) return true;
    return false;
  }

  spdlog::level::level_enum level_ = spdlog::get_level();
  fakes::MockCluster cluster_{
      {{"wire.raw", 2}, {"wire.enriched", 1}, {"wire.dead", 1}, {"wiredesk.state", 2}}};
  CountingObserver observer_;
};

}  // namespace wiredesk::kafka_test
