// What the daemon counts, in Prometheus' text form.
//
// One Metrics per process, owned by main, which outlives every lane; it owns the prometheus-cpp
// registry. Every call may come from any thread. One LaneMetrics per lane, used by that lane's
// thread only: it sums up locally, so that a stage of an article costs a few additions, and hands
// its sums over once a batch. Nothing here fails.
#pragma once

#include <prometheus/counter.h>
#include <prometheus/family.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "processors/outcome.h"
#include "processors/pipeline.h"

namespace wiredesk {

enum class TransactionResult { committed, aborted, unknown };
std::string_view to_string(TransactionResult result);

class Metrics {
 public:
  /// `stages` as PipelineFactory::stage_names() gives them.
  Metrics(const std::vector<std::string_view>& stages, std::string_view version);

  /// Text format 0.0.4 (`text/plain; version=0.0.4`).
  std::string render() const;
  /// The totals that matter most, on one line for the log.
  std::string summary() const;

  /// Records of an assigned partition that are not processed yet.
  void set_lag(std::string_view topic, std::int32_t partition, std::int64_t records);
  /// The partition was revoked: its lag is another process's matter.
  void remove_lag(std::string_view topic, std::int32_t partition);

  void set_dedupe(std::size_t entries, std::size_t bytes);
  void set_restore_remaining(std::int64_t records);
  /// An error that librdkafka reported; `name` as rd_kafka_err2name() writes it. Anything else (a
  /// whole message, say) would be a new series each time, and counts as "other".
  void librdkafka_error(std::string_view name);

 private:
  friend class LaneMetrics;

  prometheus::Family<prometheus::Counter>& counter(const char* name, const char* help);
  prometheus::Family<prometheus::Gauge>& gauge(const char* name, const char* help);
  prometheus::Family<prometheus::Histogram>& histogram(const char* name, const char* help);

  // Before the families, which it owns.
  prometheus::Registry registry_;
  prometheus::Family<prometheus::Counter>& dropped_;
  prometheus::Family<prometheus::Counter>& dead_letters_;
  prometheus::Family<prometheus::Counter>& librdkafka_errors_;
  prometheus::Family<prometheus::Gauge>& assigned_partitions_;
  prometheus::Family<prometheus::Gauge>& lag_;

  // Lanes share these; prometheus-cpp makes each of them safe for that.
  prometheus::Counter& consumed_;
  prometheus::Counter& published_;
  prometheus::Counter& rebalances_;
  prometheus::Counter& future_timestamps_;
  prometheus::Counter& client_restarts_;
  std::vector<prometheus::Counter*> transactions_;      // by TransactionResult
  std::vector<prometheus::Histogram*> stage_duration_;  // by stage
  prometheus::Histogram& end_to_end_;
  prometheus::Histogram& commit_duration_;
  prometheus::Histogram& batch_records_;
  prometheus::Gauge& dedupe_entries_;
  prometheus::Gauge& dedupe_bytes_;
  prometheus::Gauge& restore_remaining_;

  std::mutex lag_mutex_;
  std::map<std::pair<std::string, std::int32_t>, prometheus::Gauge*> lag_gauges_;
};

/// A histogram of one thread, handed over to a shared one of the same buckets.
class LocalHistogram {
 public:
  explicit LocalHistogram(const std::vector<double>& bounds)
      : bounds_(bounds), counts_(bounds.size() + 1) {}

  void observe(double value);
  void flush_to(prometheus::Histogram& shared);
  void clear();

 private:
  const std::vector<double>& bounds_;  // static
  std::vector<double> counts_;
  double sum_ = 0;
  bool empty_ = true;
};

/// What one lane counts. A batch's results (published, dropped, dead letters, end to end) count
/// only once they are committed; what was done (consumed, stage durations, rebalances) counts in
/// any case, so that records processed again after an abort are seen as work but not as output.
class LaneMetrics : public PipelineObserver {
 public:
  LaneMetrics(Metrics& metrics, int lane);

  // What was done.
  void stage_done(std::size_t stage, const Outcome& outcome,
                  std::chrono::nanoseconds duration) override;
  /// Records taken from the input topic as one batch; also observed as its size.
  void consumed(std::size_t records);
  void commit_duration(std::chrono::nanoseconds duration);
  void rebalance() { metrics_.rebalances_.Increment(); }
  /// The lane destroyed its Kafka clients and made new ones.
  void client_restart() { metrics_.client_restarts_.Increment(); }
  void future_timestamp() { metrics_.future_timestamps_.Increment(); }
  void assigned_partitions(std::size_t partitions);

  // The results of the batch, one call an article (dead_letter: one call a record).
  void published() { ++published_; }
  void dropped(Reason reason) { tally({}, reason); }
  void dead_letter(std::string_view stage, Reason reason) { tally(stage, reason); }
  /// Seconds from the record's timestamp to its commit.
  void end_to_end(double seconds) { end_to_end_.observe(seconds); }

  /// How the batch's transaction ended (`committed` also for offsets committed at least once).
  /// committed: the batch's results count. aborted: they do not. unknown: they wait for the answer,
  /// which is flush() or discard().
  void transaction(TransactionResult result);
  void flush();
  void discard();

 private:
  struct Tally {
    std::string stage;  // "": dropped
    std::string_view reason;
    std::size_t pending;
    prometheus::Counter* total;
  };

  void tally(std::string_view stage, Reason reason);
  Tally& find_tally(std::string_view stage, Reason reason);
  void flush_work();

  Metrics& metrics_;
  prometheus::Gauge& assigned_partitions_;
  std::vector<LocalHistogram> stage_duration_;
  LocalHistogram end_to_end_;
  std::size_t published_ = 0;
  // A handful at most: reasons are literals. A flood of dead letters hits the same one again.
  std::vector<Tally> tallies_;
};

}  // namespace wiredesk
