// One run of the demo: the daemon on a thread of its own, the feed on another, and the terminal,
// which this thread writes to until a signal, the last article (--once) or a failure ends it.
//
// Owned by run_demo(), which has blocked the signals before. Fails by std::exception at
// construction.
#pragma once

#include <atomic>
#include <future>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <thread>

#include "daemon/config.h"
#include "daemon/daemon.h"
#include "daemon/demo_broker.h"
#include "daemon/demo_command.h"
#include "daemon/demo_reader.h"

namespace wiredesk {

class DemoSession {
 public:
  explicit DemoSession(const DemoRequest& request);
  ~DemoSession();
  DemoSession(const DemoSession&) = delete;
  DemoSession& operator=(const DemoSession&) = delete;

  /// The exit status.
  int run();

 private:
  void start_daemon();
  bool wait_for_daemon();
  void introduce() const;
  int show_all();
  void show(const DemoPair& pair);
  void say_what_next() const;
  bool ended_by_itself() const { return daemon_ended_; }

  const DemoRequest request_;
  Config config_;
  std::map<std::string, int> topics_;
  DemoBroker broker_;
  std::unique_ptr<Daemon> daemon_;
  std::promise<std::string> admin_promise_;
  std::future<std::string> admin_future_ = admin_promise_.get_future();
  std::string admin_address_;
  std::atomic<bool> daemon_ended_{false};
  std::atomic<int> daemon_status_{0};
  std::thread daemon_thread_;
  std::map<std::string, std::string> names_;  // of articles that were shown, by uri
  std::size_t shown_ = 0;
};

}  // namespace wiredesk
