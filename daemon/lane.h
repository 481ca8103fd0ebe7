// A lane: one thread that owns one consumer, one producer and the partitions it was given. It polls
// a batch, takes every record through the chain, produces all results, commits, and only then polls
// again. One batch is one transaction.
//
// Owned and turned by its LaneWorker's thread. Throws FatalKafkaError: both clients must go, and
// the process with them.
#pragma once

#include <functional>
#include <span>

#include "daemon/lane_io.h"
#include "daemon/metrics.h"
#include "daemon/publisher.h"
#include "processors/pipeline.h"

namespace wiredesk {

/// How many records the next batch may have. An aborted batch is tried again with half of it, so
/// that in the end a record that cannot be committed stands alone and is known; each commit doubles
/// it again.
class BatchSize {
 public:
  explicit BatchSize(std::size_t max) : max_(max), now_(max) {}

  std::size_t now() const { return now_; }
  /// `records`: how many the batch that was aborted had.
  void shrink(std::size_t records);
  void grow();

 private:
  std::size_t max_;
  std::size_t now_;
};

class Lane {
 public:
  struct Parts {
    Source& source;
    Sink& sink;
    Pipeline& pipeline;
    Publisher& publisher;
    LaneMetrics& metrics;
    std::function<void()> beat;  // the poll loop went round
  };

  Lane(Parts parts, BatchLimits limits);

  /// One turn of the loop: a batch is taken, finished and committed (true), or there was none
  /// (false).
  bool step();

 private:
  CommitResult process(std::span<const Record> records);
  void settle(std::span<const Record> records, CommitResult result);
  void note_refusals(std::span<const Record> records);

  Parts parts_;
  BatchLimits limits_;
  BatchSize size_;
};

}  // namespace wiredesk
