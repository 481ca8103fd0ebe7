#include "daemon/demo_signals.h"

#include <ctime>

namespace wiredesk {
namespace {

sigset_t end_signals() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGINT);
  sigaddset(&set, SIGTERM);
  return set;
}

}  // namespace

BlockedSignals::BlockedSignals() {
  const sigset_t set = end_signals();
  pthread_sigmask(SIG_BLOCK, &set, &before_);
}

BlockedSignals::~BlockedSignals() {
  while (end_signal_came()) {
  }  // one that came late must not end the process with another status
  pthread_sigmask(SIG_SETMASK, &before_, nullptr);
}

bool end_signal_came() {
  const sigset_t set = end_signals();
  const timespec now{};
  return sigtimedwait(&set, nullptr, &now) > 0;
}

}  // namespace wiredesk
