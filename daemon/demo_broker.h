// The broker of `wiredesk demo`: librdkafka's mock cluster, in this process, on a free port of the
// loopback address; and the feed, which sends records to it at a pace that people can follow.
//
// Owned by the demo command. The broker outlives whatever is connected to it. Both fail by
// std::runtime_error when they are made.
#pragma once

#include <librdkafka/rdkafka.h>
#include <librdkafka/rdkafka_mock.h>

#include <chrono>
#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "daemon/demo_samples.h"
#include "daemon/kafka_handles.h"

namespace wiredesk {

class DemoBroker {
 public:
  /// `topics`: name -> partitions. The mock cluster has no admin interface, so they are made here.
  explicit DemoBroker(const std::map<std::string, int>& topics);

  std::string bootstrap_servers() const;

 private:
  using Cluster =
      std::unique_ptr<rd_kafka_mock_cluster_t, Destroyer<rd_kafka_mock_cluster_destroy>>;

  KafkaHandle owner_;  // the mock cluster runs on its threads
  Cluster cluster_;
};

class DemoFeed {
 public:
  /// Starts to send at once, each sample with its name as key.
  DemoFeed(const std::string& bootstrap_servers, std::string topic,
           const std::vector<DemoSample>& samples, std::chrono::milliseconds pace);
  ~DemoFeed();
  DemoFeed(const DemoFeed&) = delete;
  DemoFeed& operator=(const DemoFeed&) = delete;

  /// What went wrong, "" if nothing did. Any thread.
  std::string failure() const;

 private:
  void run();
  void send(const DemoSample& sample);
  bool wait_a_moment();

  KafkaHandle producer_;
  const std::string topic_;
  const std::vector<DemoSample>& samples_;
  const std::chrono::milliseconds pace_;

  mutable std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;
  std::string failure_;
  std::thread thread_;
};

}  // namespace wiredesk
