// What a service of Type=notify tells systemd: one datagram each to the socket in NOTIFY_SOCKET.
//
// Any thread. Without the variable every call does nothing and returns false; so it does where
// sending fails, since a daemon must not fail for want of a listener.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace wiredesk {

bool notify_ready();
bool notify_stopping();
/// One line for `systemctl status`.
bool notify_status(std::string_view text);
bool notify_watchdog();
/// Starting or stopping takes longer: systemd waits this much more from now on.
bool notify_extend_timeout(std::chrono::microseconds more);

/// How often to call notify_watchdog(): half of what WATCHDOG_USEC allows. nullopt: the unit sets
/// no watchdog, or sets it for another process.
std::optional<std::chrono::microseconds> watchdog_interval();

}  // namespace wiredesk
