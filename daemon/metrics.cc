#include "daemon/metrics.h"

#include <prometheus/text_serializer.h>

#include <algorithm>
#include <array>

namespace wiredesk {
namespace {

using prometheus::BuildCounter;
using prometheus::BuildGauge;
using prometheus::BuildHistogram;
using prometheus::Counter;
using prometheus::Family;
using prometheus::Gauge;
using prometheus::Histogram;

using Bounds = std::vector<double>;

// A stage takes some microseconds for a usual article; 50 ms is what the worst one may take.
const Bounds& stage_bounds() {
  static const Bounds kBounds{1e-6, 2.5e-6, 5e-6,   1e-5, 2.5e-5, 5e-5,   1e-4, 2.5e-4,
                              5e-4, 1e-3,   2.5e-3, 5e-3, 1e-2,   2.5e-2, 5e-2};
  return kBounds;
}

// From a batch at rest (the linger alone is 20 ms) to a day's backlog.
const Bounds& end_to_end_bounds() {
  static const Bounds kBounds{0.01, 0.025, 0.05, 0.1, 0.25, 0.5,  1,     2.5,
                              5,    10,    30,   60,  300,  3600, 21600, 86400};
  return kBounds;
}

const Bounds& commit_bounds() {
  static const Bounds kBounds{0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1,
                              0.25,  0.5,    1,     2.5,  5,     15};
  return kBounds;
}

const Bounds& batch_bounds() {
  static const Bounds kBounds{1, 2, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10000, 50000};
  return kBounds;
}

constexpr std::array kResults{TransactionResult::committed, TransactionResult::aborted,
                              TransactionResult::unknown};

// Every result is there from the start, at zero: a rate over a series that appears with its first
// event misses that event.
std::vector<Counter*> add_results(Family<Counter>& family) {
  std::vector<Counter*> counters;
  counters.reserve(kResults.size());
  for (TransactionResult result : kResults)
    counters.push_back(&family.Add({{"result", std::string(to_string(result))}}));
  return counters;
}

std::vector<Histogram*> add_stages(Family<Histogram>& family,
                                   const std::vector<std::string_view>& stages) {
  std::vector<Histogram*> histograms;
  histograms.reserve(stages.size());
  for (std::string_view stage : stages)
    histograms.push_back(&family.Add({{"stage", std::string(stage)}}, stage_bounds()));
  return histograms;
}

bool is_error_name(std::string_view name) {
  constexpr std::size_t kLongest = 64;
  return !name.empty() && name.size() <= kLongest &&
         name.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") == std::string_view::npos;
}

std::string count_text(double count) {
  return std::to_string(static_cast<std::uint64_t>(count));
}

std::string sum_text(const Family<Counter>& family) {
  double sum = 0;
  for (const prometheus::MetricFamily& each : family.Collect())
    for (const prometheus::ClientMetric& metric : each.metric) sum += metric.counter.value;
  return count_text(sum);
}

}  // namespace

std::string_view to_string(TransactionResult result) {
  switch (result) {
    case TransactionResult::committed:
      return "committed";
    case TransactionResult::aborted:
      return "aborted";
    case TransactionResult::unknown:
      break;
  }
  return "unknown";
}

Family<Counter>& Metrics::counter(const char* name, const char* help) {
  return BuildCounter().Name(name).Help(help).Register(registry_);
}

Family<Gauge>& Metrics::gauge(const char* name, const char* help) {
  return BuildGauge().Name(name).Help(help).Register(registry_);
}

Family<Histogram>& Metrics::histogram(const char* name, const char* help) {
  return BuildHistogram().Name(name).Help(help).Register(registry_);
}

Metrics::Metrics(const std::vector<std::string_view>& stages, std::string_view version)
    : dropped_(
          counter("wiredesk_dropped_total", "Articles that published nothing, by configuration.")),
      dead_letters_(
          counter("wiredesk_dead_letters_total", "Records that went to the dead-letter topic.")),
      librdkafka_errors_(counter("wiredesk_librdkafka_errors_total",
                                 "Errors that librdkafka reported, by its name for them.")),
      assigned_partitions_(
          gauge("wiredesk_assigned_partitions", "Input partitions that a lane owns.")),
      lag_(gauge("wiredesk_lag_records",
                 "Records of an assigned partition that are not processed yet.")),
      consumed_(counter("wiredesk_consumed_total",
                        "Records taken from the input topics, again after an abort included.")
                    .Add({})),
      published_(counter("wiredesk_published_total", "Articles published and committed.").Add({})),
      rebalances_(counter("wiredesk_rebalances_total",
                          "Times that a lane's partitions were assigned or revoked.")
                      .Add({})),
      future_timestamps_(counter("wiredesk_future_timestamps_total",
                                 "Records whose timestamp lies in the future; it counts as now.")
                             .Add({})),
      client_restarts_(
          counter("wiredesk_client_restarts_total", "Times that a lane replaced its Kafka clients.")
              .Add({})),
      transactions_(add_results(
          counter("wiredesk_transactions_total", "Batches by how their transaction ended."))),
      stage_duration_(add_stages(histogram("wiredesk_stage_duration_seconds",
                                           "Time that one article spent in a stage of the chain."),
                                 stages)),
      end_to_end_(histogram("wiredesk_end_to_end_seconds",
                            "From a record's timestamp to the commit of what became of it.")
                      .Add({}, end_to_end_bounds())),
      commit_duration_(
          histogram("wiredesk_commit_duration_seconds", "Time that a batch waited for its commit.")
              .Add({}, commit_bounds())),
      batch_records_(
          histogram("wiredesk_batch_records", "Records in a batch.").Add({}, batch_bounds())),
      dedupe_entries_(gauge("wiredesk_dedupe_entries", "Articles in the dedupe index.").Add({})),
      dedupe_bytes_(gauge("wiredesk_dedupe_bytes", "Memory of the dedupe index.").Add({})),
      restore_remaining_(gauge("wiredesk_restore_remaining_records",
                               "Records of the state topic still to be read before work begins.")
                             .Add({})) {
  gauge("wiredesk_build_info", "Always 1; the version is in the label.")
      .Add({{"version", std::string(version)}})
      .Set(1);
}

std::string Metrics::render() const {
  return prometheus::TextSerializer().Serialize(registry_.Collect());
}

std::string Metrics::summary() const {
  std::string text = "consumed " + count_text(consumed_.Value()) + ", published " +
                     count_text(published_.Value()) + ", dropped " + sum_text(dropped_) +
                     ", dead letters " + sum_text(dead_letters_) + "; transactions";
  for (TransactionResult result : kResults) {
    const Counter& total = *transactions_[static_cast<std::size_t>(result)];
    text += " " + std::string(to_string(result)) + " " + count_text(total.Value());
  }
  return text;
}

void Metrics::set_lag(std::string_view topic, std::int32_t partition, std::int64_t records) {
  const std::lock_guard lock(lag_mutex_);
  Gauge*& lag = lag_gauges_[{std::string(topic), partition}];
  if (!lag)
    lag = &lag_.Add({{"topic", std::string(topic)}, {"partition", std::to_string(partition)}});
  lag->Set(static_cast<double>(records));
}

void Metrics::remove_lag(std::string_view topic, std::int32_t partition) {
  const std::lock_guard lock(lag_mutex_);
  const auto found = lag_gauges_.find({std::string(topic), partition});
  if (found == lag_gauges_.end()) return;
  lag_.Remove(found->second);
  lag_gauges_.erase(found);
}

void Metrics::set_dedupe(std::size_t entries, std::size_t bytes) {
  dedupe_entries_.Set(static_cast<double>(entries));
  dedupe_bytes_.Set(static_cast<double>(bytes));
}

void Metrics::set_restore_remaining(std::int64_t records) {
  restore_remaining_.Set(static_cast<double>(records));
}

void Metrics::librdkafka_error(std::string_view name) {
  const std::string_view label = is_error_name(name) ? name : "other";
  librdkafka_errors_.Add({{"error", std::string(label)}}).Increment();
}

void LocalHistogram::observe(double value) {
  const auto bucket = std::lower_bound(bounds_.begin(), bounds_.end(), value) - bounds_.begin();
  ++counts_[static_cast<std::size_t>(bucket)];
  sum_ += value;
  empty_ = false;
}

void LocalHistogram::flush_to(Histogram& shared) {
  if (empty_) return;
  shared.ObserveMultiple(counts_, sum_);
  clear();
}

void LocalHistogram::clear() {
  std::fill(counts_.begin(), counts_.end(), 0);
  sum_ = 0;
  empty_ = true;
}

LaneMetrics::LaneMetrics(Metrics& metrics, int lane)
    : metrics_(metrics),
      assigned_partitions_(metrics.assigned_partitions_.Add({{"lane", std::to_string(lane)}})),
      stage_duration_(metrics.stage_duration_.size(), LocalHistogram(stage_bounds())),
      end_to_end_(end_to_end_bounds()) {}

void LaneMetrics::stage_done(std::size_t stage, const Outcome& /*outcome*/,
                             std::chrono::nanoseconds duration) {
  stage_duration_[stage].observe(std::chrono::duration<double>(duration).count());
}

void LaneMetrics::consumed(std::size_t records) {
  metrics_.consumed_.Increment(static_cast<double>(records));
  metrics_.batch_records_.Observe(static_cast<double>(records));
}

void LaneMetrics::commit_duration(std::chrono::nanoseconds duration) {
  metrics_.commit_duration_.Observe(std::chrono::duration<double>(duration).count());
}

void LaneMetrics::assigned_partitions(std::size_t partitions) {
  assigned_partitions_.Set(static_cast<double>(partitions));
}

void LaneMetrics::tally(std::string_view stage, Reason reason) {
  ++find_tally(stage, reason).pending;
}

LaneMetrics::Tally& LaneMetrics::find_tally(std::string_view stage, Reason reason) {
  for (Tally& each : tallies_)
    if (each.reason == reason.text() && each.stage == stage) return each;
  prometheus::Labels labels{{"reason", std::string(reason.text())}};
  if (!stage.empty()) labels.emplace("stage", stage);
  Family<Counter>& family = stage.empty() ? metrics_.dropped_ : metrics_.dead_letters_;
  return tallies_.emplace_back(Tally{std::string(stage), reason.text(), 0, &family.Add(labels)});
}

void LaneMetrics::transaction(TransactionResult result) {
  metrics_.transactions_[static_cast<std::size_t>(result)]->Increment();
  if (result == TransactionResult::committed) flush();
  if (result == TransactionResult::aborted) discard();
}

void LaneMetrics::flush() {
  flush_work();
  metrics_.published_.Increment(static_cast<double>(published_));
  published_ = 0;
  end_to_end_.flush_to(metrics_.end_to_end_);
  for (Tally& each : tallies_) each.total->Increment(static_cast<double>(each.pending));
  for (Tally& each : tallies_) each.pending = 0;
}

void LaneMetrics::discard() {
  flush_work();
  published_ = 0;
  end_to_end_.clear();
  for (Tally& each : tallies_) each.pending = 0;
}

// The time was spent, whatever became of the batch.
void LaneMetrics::flush_work() {
  for (std::size_t stage = 0; stage < stage_duration_.size(); ++stage)
    stage_duration_[stage].flush_to(*metrics_.stage_duration_[stage]);
}

}  // namespace wiredesk
