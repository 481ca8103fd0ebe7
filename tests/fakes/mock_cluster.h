// librdkafka's mock cluster with one broker, for tests of the kafka_* files: real clients speak to
// it over the loopback address. It knows transactions as requests only: what is produced is seen by
// every reader, whether or not it was committed, and offsets of a transaction are not kept.
#pragma once

#include <librdkafka/rdkafka.h>
#include <librdkafka/rdkafka_mock.h>

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "daemon/config.h"
#include "daemon/kafka_handles.h"
#include "processors/record.h"

namespace wiredesk::fakes {

/// Kafka's numbers of the requests that tests let fail.
enum class Request : std::int16_t {
  produce = 0,
  offset_commit = 8,
  init_producer_id = 22,
  add_partitions_to_txn = 24,
  add_offsets_to_txn = 25,
  end_txn = 26,
  txn_offset_commit = 28,
};

struct KafkaRecord {
  std::string topic;
  std::int32_t partition = 0;
  std::optional<std::string> key{};
  std::optional<std::string> value{};
  std::vector<std::pair<std::string, std::string>> headers{};
  Timestamp timestamp{};  // 0: now
};

class MockCluster {
 public:
  explicit MockCluster(const std::map<std::string, int>& topics);

  /// A configuration whose clients speak to this cluster; `yaml` goes in front.
  Config config(const std::string& yaml = "") const;

  /// The next requests of that kind are answered with these errors, one each.
  void fail_next(Request request, std::vector<rd_kafka_resp_err_t> errors);
  /// The next request of that kind is done at once and answered late.
  void delay_next(Request request, std::chrono::milliseconds delay);
  void set_up(bool up);

  void produce(const std::vector<KafkaRecord>& records);
  /// Everything in the topic, by partition and offset.
  std::vector<KafkaRecord> read(const std::string& topic) const;

 private:
  using Cluster =
      std::unique_ptr<rd_kafka_mock_cluster_t, Destroyer<rd_kafka_mock_cluster_destroy>>;

  KafkaHandle owner_;  // the cluster runs on its threads
  Cluster cluster_;
};

}  // namespace wiredesk::fakes
