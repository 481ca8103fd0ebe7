// The daemon: makes sure of its topics, starts the state reader, the lanes and the admin server,
// and waits for the end. Owned by a command (run, demo) and run by its thread.
//
// SIGTERM and SIGINT end it: every lane finishes and commits its batch and leaves the group; a hard
// deadline of 20 s ends the process where a lane cannot. With transactions nothing is lost then
// either.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "daemon/config.h"

namespace wiredesk {

struct DaemonHooks {
  /// An embedded broker has no admin interface: topics are there, limits are Kafka's defaults.
  bool prepare_topics = true;
  /// Lanes run and the admin server listens; called once, on the main thread.
  std::function<void(const std::string& admin_address)> on_started;
  /// Signals are the owner's business; it ends the daemon by stop().
  bool handle_signals = true;
};

class Daemon {
 public:
  explicit Daemon(Config config, DaemonHooks hooks = {});
  ~Daemon();
  Daemon(const Daemon&) = delete;
  Daemon& operator=(const Daemon&) = delete;

  /// Until a signal, stop() or a fatal error. The exit status: 0, or 70 after a fatal error.
  int run();
  /// From any thread.
  void stop();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace wiredesk
