// The real Source: one consumer of the group. Rebalances are eager and run inside poll(): a batch
// that was being gathered when partitions were taken away is thrown away, unprocessed, so nothing
// is ever in flight when partitions come or go.
//
// Owned by its lane and called by the lane's thread only. Throws FatalKafkaError.
#pragma once

#include <librdkafka/rdkafka.h>

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "daemon/kafka_handles.h"
#include "daemon/lane_io.h"

namespace wiredesk {

/// Says when what the chain remembers is level with the state topic: an assigned partition waits
/// for it.
class StateGate {
 public:
  virtual ~StateGate() = default;
  /// From any thread: asks to be level with the state topic's end of this moment.
  virtual std::uint64_t request() = 0;
  virtual bool reached(std::uint64_t ticket) const = 0;
};

/// What the world may want to know of a source; called on the lane's thread.
class SourceObserver {
 public:
  virtual ~SourceObserver() = default;
  /// Partitions came (or went: 0). They wait until restored() where `restoring`.
  virtual void assigned(std::size_t partitions, bool restoring) = 0;
  virtual void restored() = 0;
  virtual void lag(const std::string& topic, std::int32_t partition,
                   std::optional<std::int64_t> records) = 0;
  virtual void future_timestamp() = 0;
  virtual void consumer_error(rd_kafka_resp_err_t error, const std::string& text) = 0;
};

/// As librdkafka takes offsets.
KafkaPartitions to_list(const std::vector<PartitionOffset>& offsets);

class KafkaSource : public Source {
 public:
  /// `gate` may be nullptr: nothing to wait for. `excluded_topics` are our own: a regular
  /// expression may match them.
  KafkaSource(KafkaConf conf, const std::vector<std::string>& excluded_topics, StateGate* gate,
              SourceObserver& observer);
  ~KafkaSource() override;
  KafkaSource(const KafkaSource&) = delete;
  KafkaSource& operator=(const KafkaSource&) = delete;

  /// Joins the group from the next poll() on; `topics` as in input.topics.
  void subscribe(const std::vector<std::string>& topics);

  std::span<const Record> poll(const BatchLimits& limits) override;
  std::vector<PartitionOffset> next_offsets() const override;
  void rewind() override;

  KafkaGroupMetadata group_metadata() const;
  /// Commits synchronously (at-least-once). "" or what went wrong.
  std::string commit(const std::vector<PartitionOffset>& offsets);
  /// True where the group's committed offsets are at least these; nullopt while the broker does not
  /// say.
  std::optional<bool> committed_reached(const std::vector<PartitionOffset>& offsets);
  /// Leaves the group (a static member only stops). Waits for the broker for a few seconds at most.
  void close();

 private:
  using PartitionKey = std::pair<const rd_kafka_topic_t*, std::int32_t>;
  struct Range {
    std::int64_t first = 0;
    std::int64_t next = 0;
  };

  static void on_rebalance(rd_kafka_t* handle, rd_kafka_resp_err_t error,
                           rd_kafka_topic_partition_list_t* partitions, void* self);
  void assign(rd_kafka_topic_partition_list_t* partitions);
  /// Rebalances run in a callback from C, which no exception may cross: poll() throws it.
  void note_failure(std::string_view what, rd_kafka_resp_err_t error);
  void revoke();
  void open_gate_when_level();
  void gather(const BatchLimits& limits);
  bool take(KafkaMessage message);
  void take_error(const rd_kafka_message_t& message);
  void add_record(const rd_kafka_message_t& message);
  void tell_lag();

  KafkaHandle consumer_;
  std::set<std::string, std::less<>> excluded_topics_;
  StateGate* gate_;
  SourceObserver& observer_;

  std::vector<KafkaMessage> messages_;  // own the bytes that records_ point at
  std::vector<Record> records_;
  std::size_t batch_bytes_ = 0;
  std::map<PartitionKey, Range> ranges_;

  KafkaPartitions assignment_;
  std::string failure_;                  // of a rebalance
  std::optional<std::uint64_t> ticket_;  // partitions are paused until the gate says so
  std::chrono::steady_clock::time_point next_lag_{};
};

}  // namespace wiredesk
