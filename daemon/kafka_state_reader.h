// Tails the state topic (all partitions, committed records only) into the chain's state store, on a
// thread of its own. Every process does this, so each holds the whole index and stands by for every
// partition.
//
// Owned by Daemon. request()/reached() may be called from any thread; a failure (a record of an
// unknown version, say) ends the reading and is told through `on_failure`, on the reader's thread.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <thread>
#include <vector>

#include "daemon/kafka_handles.h"
#include "daemon/kafka_source.h"
#include "processors/processor.h"

namespace wiredesk {

class KafkaStateReader : public StateGate {
 public:
  using OnFailure = std::function<void(const std::string&)>;
  /// Told how many records are still to be read until the end asked for; 0 when level.
  using OnProgress = std::function<void(std::int64_t remaining)>;

  /// `watermark_conf` is for a handle that reads uncommitted, so that it tells the true end.
  KafkaStateReader(KafkaConf conf, KafkaConf watermark_conf, std::string topic, StateStore& store,
                   OnFailure on_failure, OnProgress on_progress);
  ~KafkaStateReader() override;
  KafkaStateReader(const KafkaStateReader&) = delete;
  KafkaStateReader& operator=(const KafkaStateReader&) = delete;

  std::uint64_t request() override;
  bool reached(std::uint64_t ticket) const override;

 private:
  void run();
  void read();
  bool assign_all();
  void take(const rd_kafka_message_t& message);
  bool ask_for_ends();
  void settle_ticket();
  std::int64_t remaining() const;

  KafkaHandle consumer_;
  KafkaHandle watermarks_;
  std::string topic_;
  StateStore& store_;
  OnFailure on_failure_;
  OnProgress on_progress_;

  std::atomic<bool> stopping_{false};
  std::atomic<std::uint64_t> requested_{0};
  std::atomic<std::uint64_t> reached_{0};

  // The reader's thread only:
  std::uint64_t working_on_ = 0;
  std::map<std::int32_t, std::int64_t> positions_;  // next offset to read
  std::map<std::int32_t, std::int64_t> targets_;
  std::chrono::steady_clock::time_point next_progress_{};

  std::thread thread_;
};

}  // namespace wiredesk
