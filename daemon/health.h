// Whether the daemon lives and whether it is ready, as its lanes tell.
//
// One Health per process, owned by main. Lane threads write, the admin server and the watchdog
// read; every call may come from any thread. It fails only where a lane's number is none
// (std::out_of_range).
#pragma once

#include <atomic>
#include <chrono>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace wiredesk {

enum class LaneState {
  starting,            // not joined to the consumer group yet
  restoring,           // reads the state topic
  ready,               // joined to the group and restored, with partitions or on stand-by
  waiting_for_broker,  // has never reached one, or lost it
  fatal,               // ends the process
};
std::string_view to_string(LaneState state);

class Health {
 public:
  static constexpr std::chrono::seconds kDefaultLimit{60};

  explicit Health(int lanes, std::chrono::milliseconds limit = kDefaultLimit);

  /// The lane's poll loop went round. Waiting for a broker and trying a commit again beat, too:
  /// liveness must not hang on anything outside the process.
  void beat(int lane);
  /// `text` says more where there is more to say: which error, how many records are left.
  void set_state(int lane, LaneState state, std::string text = {});

  /// Every lane beat within the limit. `why` is for people, in both cases.
  bool live(std::string& why) const;
  bool live() const;
  /// Every lane is ready. `why` is for people, in both cases.
  bool ready(std::string& why) const;

 private:
  using Clock = std::chrono::steady_clock;

  struct Lane {
    std::atomic<Clock::rep> last_beat{0};
    LaneState state = LaneState::starting;  // with text: under the mutex
    std::string text;
  };

  Clock::duration silence(const Lane& lane) const;

  const std::chrono::milliseconds limit_;
  mutable std::mutex mutex_;
  std::vector<Lane> lanes_;
};

}  // namespace wiredesk
