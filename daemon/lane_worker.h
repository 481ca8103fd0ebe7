// One lane with its Kafka clients and its thread. Owned by Daemon; start(), stop() and join() are
// the main thread's. Whatever ends the lane is told through `on_end`, on the lane's thread.
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "daemon/config.h"
#include "daemon/health.h"
#include "daemon/kafka_sink.h"
#include "daemon/kafka_source.h"
#include "daemon/kafka_topics.h"
#include "daemon/lane.h"
#include "daemon/metrics.h"

namespace wiredesk {

struct LaneSetup {
  const Config& config;
  std::string instance;  // instance.id, or this start's own
  std::map<std::string, TopicLimits> limits;
  StateGate* gate;  // nullptr: the chain remembers nothing
  Metrics& metrics;
  Health& health;
};

class LaneWorker : private SourceObserver {
 public:
  /// "": ended because it was asked to; else what was fatal.
  using OnEnd = std::function<void(const std::string& fatal)>;

  LaneWorker(int number, const LaneSetup& setup, OnEnd on_end);
  ~LaneWorker() override;

  void stop();

 private:
  void run();
  void work();
  PublisherOptions publisher_options() const;
  MessageOptions message_options() const;

  Waiting waiting();

  void assigned(std::size_t partitions, bool restoring) override;
  void restored() override;
  void lag(const std::string& topic, std::int32_t partition,
           std::optional<std::int64_t> records) override;
  void future_timestamp() override;
  void consumer_error(rd_kafka_resp_err_t error, const std::string& text) override;

  const int number_;
  LaneSetup setup_;
  OnEnd on_end_;
  LaneMetrics metrics_;
  std::atomic<bool> stopping_{false};
  std::thread thread_;
};

}  // namespace wiredesk
