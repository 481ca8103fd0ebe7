#include "daemon/metrics.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

namespace wiredesk {
namespace {

using std::chrono::microseconds;
using std::chrono::milliseconds;
using testing::HasSubstr;
using testing::Not;

class MetricsTest : public testing::Test {
 protected:
  // One whole line of the output.
  static std::string line(std::string text) { return "\n" + std::move(text) + "\n"; }
  void expect_line(const std::string& text) {
    EXPECT_THAT(metrics_.render(), HasSubstr(line(text)));
  }
  void expect_none(const std::string& text) {
    EXPECT_THAT(metrics_.render(), Not(HasSubstr(text)));
  }

  Metrics metrics_{{"decode", "structure"}, "1.2.3"};
  LaneMetrics lane_{metrics_, 0};
};

TEST_F(MetricsTest, ShowsTheVersionAndZeroesBeforeAnythingHappened) {
  expect_line("wiredesk_build_info{version=\"1.2.3\"} 1");
  expect_line("wiredesk_consumed_total 0");
  expect_line("wiredesk_published_total 0");
  expect_line("wiredesk_transactions_total{result=\"committed\"} 0");
  expect_line("wiredesk_transactions_total{result=\"aborted\"} 0");
  expect_line("wiredesk_transactions_total{result=\"unknown\"} 0");
  expect_line("# TYPE wiredesk_stage_duration_seconds histogram");
  expect_line("wiredesk_stage_duration_seconds_count{stage=\"structure\"} 0");
}

TEST_F(MetricsTest, CountsTheResultsOfACommittedBatch) {
  lane_.consumed(4);
  lane_.published();
  lane_.published();
  lane_.dropped("duplicate");
  lane_.dead_letter("decode", "not_utf8");
  lane_.end_to_end(0.07);
  lane_.transaction(TransactionResult::committed);

  expect_line("wiredesk_consumed_total 4");
  expect_line("wiredesk_published_total 2");
  expect_line("wiredesk_dropped_total{reason=\"duplicate\"} 1");
  expect_line("wiredesk_dead_letters_total{reason=\"not_utf8\",stage=\"decode\"} 1");
  expect_line("wiredesk_transactions_total{result=\"committed\"} 1");
  expect_line("wiredesk_end_to_end_seconds_bucket{le=\"0.05\"} 0");
  expect_line("wiredesk_end_to_end_seconds_bucket{le=\"0.1\"} 1");
  expect_line("wiredesk_end_to_end_seconds_count 1");
  expect_line("wiredesk_batch_records_sum 4");
}

TEST_F(MetricsTest, AnAbortedBatchCountsAsWorkAndNotAsOutput) {
  lane_.consumed(2);
  lane_.stage_done(0, Outcome::keep(), microseconds(3));
  lane_.published();
  lane_.dropped("duplicate");
  lane_.end_to_end(1);
  lane_.transaction(TransactionResult::aborted);
  lane_.flush();

  expect_line("wiredesk_consumed_total 2");
  expect_line("wiredesk_published_total 0");
  expect_line("wiredesk_dropped_total{reason=\"duplicate\"} 0");
  expect_line("wiredesk_end_to_end_seconds_count 0");
  expect_line("wiredesk_stage_duration_seconds_count{stage=\"decode\"} 1");
  expect_line("wiredesk_transactions_total{result=\"aborted\"} 1");
}

TEST_F(MetricsTest, AnUnknownOutcomeWaitsForItsAnswer) {
  lane_.published();
  lane_.transaction(TransactionResult::unknown);
  expect_line("wiredesk_published_total 0");
  lane_.flush();
  expect_line("wiredesk_published_total 1");
  expect_line("wiredesk_transactions_total{result=\"committed\"} 0");

  lane_.published();
  lane_.transaction(TransactionResult::unknown);
  lane_.discard();
  lane_.flush();
  expect_line("wiredesk_published_total 1");
  expect_line("wiredesk_transactions_total{result=\"unknown\"} 2");
}

TEST_F(MetricsTest, NothingIsCountedTwice) {
  lane_.published();
  lane_.dead_letter("decode", "empty");
  lane_.stage_done(1, Outcome::keep(), microseconds(10));
  lane_.flush();
  lane_.dead_letter("decode", "empty");
  lane_.transaction(TransactionResult::committed);
  lane_.flush();
  expect_line("wiredesk_published_total 1");
  expect_line("wiredesk_dead_letters_total{reason=\"empty\",stage=\"decode\"} 2");
  expect_line("wiredesk_stage_duration_seconds_count{stage=\"structure\"} 1");
}

TEST_F(MetricsTest, BucketsHoldTheirUpperBound) {
  lane_.stage_done(0, Outcome::keep(), microseconds(1));
  lane_.stage_done(0, Outcome::keep(), microseconds(2));
  lane_.stage_done(0, Outcome::keep(), milliseconds(50));
  lane_.stage_done(0, Outcome::keep(), milliseconds(51));
  expect_line("wiredesk_stage_duration_seconds_count{stage=\"decode\"} 0");
  lane_.flush();
  expect_line("wiredesk_stage_duration_seconds_bucket{stage=\"decode\",le=\"1e-06\"} 1");
  expect_line("wiredesk_stage_duration_seconds_bucket{stage=\"decode\",le=\"2.5e-06\"} 2");
  expect_line("wiredesk_stage_duration_seconds_bucket{stage=\"decode\",le=\"0.05\"} 3");
  expect_line("wiredesk_stage_duration_seconds_bucket{stage=\"decode\",le=\"+Inf\"} 4");
}

TEST_F(MetricsTest, LagGoesWithItsPartition) {
  metrics_.set_lag("wire.raw", 3, 17);
  metrics_.set_lag("wire.raw", 4, 1);
  metrics_.set_lag("wire.raw", 3, 12);
  expect_line("wiredesk_lag_records{partition=\"3\",topic=\"wire.raw\"} 12");
  metrics_.remove_lag("wire.raw", 3);
  metrics_.remove_lag("wire.raw", 3);
  metrics_.remove_lag("never.seen", 0);
  expect_none("wiredesk_lag_records{partition=\"3\"");
  expect_line("wiredesk_lag_records{partition=\"4\",topic=\"wire.raw\"} 1");
}

TEST_F(MetricsTest, GaugesAndRareEvents) {
  metrics_.set_dedupe(100, 4096);
  metrics_.set_restore_remaining(7);
  metrics_.librdkafka_error("_ALL_BROKERS_DOWN");
  metrics_.librdkafka_error("_ALL_BROKERS_DOWN");
  lane_.assigned_partitions(5);
  lane_.rebalance();
  lane_.client_restart();
  lane_.future_timestamp();
  lane_.commit_duration(milliseconds(30));
  expect_line("wiredesk_dedupe_entries 100");
  expect_line("wiredesk_dedupe_bytes 4096");
  expect_line("wiredesk_restore_remaining_records 7");
  expect_line("wiredesk_librdkafka_errors_total{error=\"_ALL_BROKERS_DOWN\"} 2");
  expect_line("wiredesk_assigned_partitions{lane=\"0\"} 5");
  expect_line("wiredesk_rebalances_total 1");
  expect_line("wiredesk_client_restarts_total 1");
  expect_line("wiredesk_future_timestamps_total 1");
  expect_line("wiredesk_commit_duration_seconds_bucket{le=\"0.05\"} 1");
}

TEST_F(MetricsTest, AMessageIsNoNameOfAnError) {
  for (const char* text : {"broker-1:9092: connection refused (after 3ms)", "", "lower"})
    metrics_.librdkafka_error(text);
  metrics_.librdkafka_error(std::string(100, 'A'));
  expect_line("wiredesk_librdkafka_errors_total{error=\"other\"} 4");
}

TEST_F(MetricsTest, SummarisesTotalsOnOneLine) {
  lane_.consumed(6);
  lane_.published();
  lane_.published();
  lane_.dropped("duplicate");
  lane_.dropped("repeat");
  lane_.dead_letter("decode", "empty");
  lane_.dead_letter("structure", "internal_error");
  lane_.transaction(TransactionResult::committed);
  lane_.transaction(TransactionResult::aborted);
  EXPECT_EQ(metrics_.summary(),
            "consumed 6, published 2, dropped 2, dead letters 2; transactions committed 1 "
            "aborted 1 unknown 0");
}

TEST_F(MetricsTest, HostileLabelValuesAreEscaped) {
  metrics_.set_lag("a\"b\\c\nd", 0, 1);
  expect_line("wiredesk_lag_records{partition=\"0\",topic=\"a\\\"b\\\\c\\nd\"} 1");
}

TEST_F(MetricsTest, LanesAddUpWhileAReaderRenders) {
  constexpr int kLanes = 4;
  constexpr int kBatches = 500;
  std::vector<std::thread> threads;
  for (int i = 0; i < kLanes; ++i)
    threads.emplace_back([this, i] {
      LaneMetrics lane(metrics_, i);
      for (int batch = 0; batch < kBatches; ++batch) {
        lane.consumed(2);
        lane.published();
        lane.dead_letter("decode", "empty");
        lane.stage_done(0, Outcome::keep(), microseconds(5));
        metrics_.set_lag("wire.raw", batch % 2, batch);
        metrics_.remove_lag("wire.raw", batch % 2);
        lane.transaction(TransactionResult::committed);
      }
    });
  for (int i = 0; i < 20; ++i) EXPECT_THAT(metrics_.render(), HasSubstr("wiredesk_build_info"));
  for (std::thread& thread : threads) thread.join();
  expect_line("wiredesk_consumed_total 4000");
  expect_line("wiredesk_published_total 2000");
  expect_line("wiredesk_dead_letters_total{reason=\"empty\",stage=\"decode\"} 2000");
  expect_line("wiredesk_stage_duration_seconds_count{stage=\"decode\"} 2000");
}

}  // namespace
}  // namespace wiredesk
