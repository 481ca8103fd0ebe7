#include "daemon/health.h"

#include <utility>

namespace wiredesk {
namespace {

void append_line(std::string& lines, const std::string& line) {
  if (!lines.empty()) lines += '\n';
  lines += line;
}

std::string lane_name(std::size_t lane) {
  return "lane " + std::to_string(lane);
}

}  // namespace

std::string_view to_string(LaneState state) {
  switch (state) {
    case LaneState::starting:
      return "starting";
    case LaneState::restoring:
      return "restoring";
    case LaneState::ready:
      return "ready";
    case LaneState::waiting_for_broker:
      return "waiting for broker";
    case LaneState::fatal:
      break;
  }
  return "fatal";
}

Health::Health(int lanes, std::chrono::milliseconds limit)
    : limit_(limit), lanes_(static_cast<std::size_t>(lanes)) {
  for (int lane = 0; lane < lanes; ++lane) beat(lane);
}

void Health::beat(int lane) {
  lanes_.at(static_cast<std::size_t>(lane))
      .last_beat.store(Clock::now().time_since_epoch().count(), std::memory_order_relaxed);
}

void Health::set_state(int lane, LaneState state, std::string text) {
  Lane& entry = lanes_.at(static_cast<std::size_t>(lane));
  const std::lock_guard lock(mutex_);
  entry.state = state;
  entry.text = std::move(text);
}

Health::Clock::duration Health::silence(const Lane& lane) const {
  return Clock::now().time_since_epoch() -
         Clock::duration(lane.last_beat.load(std::memory_order_relaxed));
}

bool Health::live() const {
  for (const Lane& lane : lanes_)
    if (silence(lane) > limit_) return false;
  return true;
}

bool Health::live(std::string& why) const {
  why.clear();
  for (std::size_t i = 0; i < lanes_.size(); ++i) {
    const Clock::duration silent = silence(lanes_[i]);
    if (silent <= limit_) continue;
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(silent).count();
    append_line(why, lane_name(i) + ": its poll loop has not advanced for " +
                         std::to_string(seconds) + " s");
  }
  if (!why.empty()) return false;
  why = "live";
  return true;
}

bool Health::ready(std::string& why) const {
  why.clear();
  const std::lock_guard lock(mutex_);
  for (std::size_t i = 0; i < lanes_.size(); ++i) {
    const Lane& lane = lanes_[i];
    if (lane.state == LaneState::ready) continue;
    append_line(why, lane_name(i) + ": " + std::string(to_string(lane.state)) +
                         (lane.text.empty() ? "" : ", " + lane.text));
  }
  if (!why.empty()) return false;
  why = "ready";
  return true;
}

}  // namespace wiredesk
