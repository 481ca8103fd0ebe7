// SIGINT and SIGTERM for a command that asks for them instead of being interrupted: blocked in this
// thread and in all that it starts, so that no handler runs anywhere.
// Used by the main thread, before other threads start.
#pragma once

#include <signal.h>

namespace wiredesk {

class BlockedSignals {
 public:
  BlockedSignals();
  ~BlockedSignals();  // as it was before
  BlockedSignals(const BlockedSignals&) = delete;
  BlockedSignals& operator=(const BlockedSignals&) = delete;

 private:
  sigset_t before_;
};

/// Whether one of them came; does not wait.
bool end_signal_came();

}  // namespace wiredesk
