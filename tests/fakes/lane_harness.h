// A whole lane between a FakeSource and a FakeSink: the real chain (without entities, which no test
// of a lane asks after) or one that the test brings.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "daemon/config.h"
#include "daemon/lane.h"
#include "tests/fakes/lane_io.h"

namespace wiredesk::fakes {

class LaneHarness {
 public:
  LaneHarness();
  explicit LaneHarness(std::unique_ptr<Pipeline> pipeline);

  /// Before the first step.
  PublisherOptions options;
  BatchLimits limits;

  FakeSource source;
  FakeSink sink;

  /// Steps until everything is committed; at most `max_steps` turns. false: it never was.
  bool run(int max_steps = 100);
  bool step();

  Publisher& publisher() { return *publisher_; }
  /// The metrics' text.
  std::string metrics() const { return metrics_.render(); }
  int beats() const { return beats_; }

 private:
  void start();

  Config config_;
  std::unique_ptr<Pipeline> pipeline_;
  Metrics metrics_;
  LaneMetrics lane_metrics_{metrics_, 0};
  std::unique_ptr<Publisher> publisher_;
  std::unique_ptr<Lane> lane_;
  int beats_ = 0;
};

/// An article of a supplier that is named in its header; texts differ by `subject` throughout.
InputRecord article_about(std::string_view subject, std::string_view supplier = "north");

}  // namespace wiredesk::fakes
