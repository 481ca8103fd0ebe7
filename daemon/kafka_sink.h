// The real Sinks. KafkaSink is what both kinds of delivery share: one idempotent producer and the
// delivery reports; TransactionalSink and AtLeastOnceSink add how a batch ends.
//
// Owned by a lane and called by its thread only (delivery reports run inside its calls). Waiting
// for a broker goes on in short steps, with a beat to `keep_alive` each, and ends early once
// `stopping` says so.
#pragma once

#include <librdkafka/rdkafka.h>

#include <array>
#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "daemon/kafka_handles.h"
#include "daemon/kafka_source.h"
#include "daemon/lane_io.h"

namespace wiredesk {

struct OwnTopics {
  std::string output;
  std::string dead_letters;
  std::string state;
};

/// The lane's side of waiting, and what it may want to know of it.
struct Waiting {
  std::function<void()> keep_alive;        // still trying; not stuck
  std::function<bool()> stopping;          // the process was asked to end
  std::function<void()> outcome_unknown;   // a commit had no answer
  std::function<void()> client_restarted;  // a new producer took the place of one
};

class KafkaSink : public Sink {
 public:
  std::string produce(const OutputRecord& record) override;
  std::vector<Refusal> take_refusals() override;

 protected:
  using MakeConf = std::function<KafkaConf()>;

  KafkaSink(MakeConf make_conf, OwnTopics topics, Waiting waiting);

  rd_kafka_t* producer() const { return producer_.get(); }
  void open_producer();
  void close_producer();
  void forget_deliveries();
  bool all_delivered() const { return failed_deliveries_ == 0; }
  const std::string& delivery_error() const { return delivery_error_; }
  const Waiting& waiting() const { return waiting_; }

 private:
  static void on_delivery(rd_kafka_t*, const rd_kafka_message_t* message, void* self);
  void note_failure(const rd_kafka_message_t& message);

  MakeConf make_conf_;
  OwnTopics topic_names_;
  Waiting waiting_;
  KafkaHandle producer_;
  std::array<KafkaTopic, 3> topics_;
  std::size_t failed_deliveries_ = 0;
  std::string delivery_error_;
  std::vector<Refusal> refusals_;
};

/// One batch = one transaction with its offsets.
class TransactionalSink : public KafkaSink {
 public:
  /// Waits until the broker answered: fences an earlier process with the same transactional.id and
  /// ends its open transaction. Throws FatalKafkaError, also when asked to stop meanwhile.
  TransactionalSink(MakeConf make_conf, OwnTopics topics, KafkaSource& source, Waiting waiting);
  ~TransactionalSink() override;

  void begin() override;
  CommitResult commit(const std::vector<PartitionOffset>& offsets) override;
  void abort() override;

 private:
  enum class Step { done, abort, timed_out };
  template <typename Call>
  Step attempt(const char* what, std::chrono::milliseconds patience, Call&& call);
  void init_transactions();
  void replace_producer();
  CommitResult settle_unknown(const std::vector<PartitionOffset>& offsets);

  KafkaSource& source_;
};

/// Results first, then the offsets: after a crash some results come twice.
class AtLeastOnceSink : public KafkaSink {
 public:
  AtLeastOnceSink(MakeConf make_conf, OwnTopics topics, KafkaSource& source, Waiting waiting);

  void begin() override;
  CommitResult commit(const std::vector<PartitionOffset>& offsets) override;
  void abort() override;

 private:
  KafkaSource& source_;
};

}  // namespace wiredesk
