#include "tests/fakes/lane_harness.h"

#include "daemon/config_loader.h"

namespace wiredesk::fakes {
namespace {

constexpr std::string_view kChain = "processors: [decode, structure, captions, dedupe]";

}  // namespace

LaneHarness::LaneHarness()
    : config_(parse_config(kChain, "test")),
      pipeline_(config_.pipeline->make()),
      metrics_(config_.pipeline->stage_names(), "1.2.3") {}

LaneHarness::LaneHarness(std::unique_ptr<Pipeline> pipeline)
    : pipeline_(std::move(pipeline)), metrics_({"decode", "one", "two"}, "1.2.3") {}

void LaneHarness::start() {
  pipeline_->set_observer(&lane_metrics_);
  publisher_ =
      std::make_unique<Publisher>(*pipeline_, sink, MessageWriter({}), options, lane_metrics_);
  lane_ = std::make_unique<Lane>(
      Lane::Parts{source, sink, *pipeline_, *publisher_, lane_metrics_, [this] { ++beats_; }},
      limits);
}

bool LaneHarness::step() {
  if (!lane_) start();
  return lane_->step();
}

bool LaneHarness::run(int max_steps) {
  for (int i = 0; i < max_steps; ++i) {
    step();
    if (source.at_end()) return true;
  }
  return false;
}

InputRecord article_about(std::string_view subject, std::string_view supplier) {
  const std::string name(subject);
  InputRecord record;
  record.value =
      "The " + name + " committee met for the first time since the spring on Monday.\n\n" +
      "Its members spoke of " + name + " for five hours and agreed on a second meeting.\n\n" +
      "Nobody in the " + name + " trade had expected that, a spokeswoman said.\n";
  record.headers = {{"wiredesk-supplier", std::string(supplier)}};
  return record;
}

}  // namespace wiredesk::fakes
