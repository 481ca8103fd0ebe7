// Logging: spdlog's default logger, to stderr.
//
// set_up_logging() is called once by main, before any thread starts; logging itself may come from
// any thread and never throws. No message can make a second line, move a terminal's cursor or end a
// JSON value: control characters and bytes that are not UTF-8 are escaped.
#pragma once

#include <spdlog/formatter.h>

#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "daemon/config.h"

namespace wiredesk {

void set_up_logging(const LoggingConfig& config);

enum class LogStyle {
  text,      // time, level, message: for people
  journald,  // <priority>message: the journal keeps the time
  json,      // {"time", "level", "logger"?, "message"}: for machines
};
/// `journal_stream` is the variable JOURNAL_STREAM, or nullptr: the journal reads `fd` only where
/// the device and the inode in it are those of `fd`.
LogStyle choose_log_style(LogFormat format, int fd, const char* journal_stream);
std::unique_ptr<spdlog::formatter> make_log_formatter(LogStyle style);

/// Fit for one line of a terminal: control characters, characters that turn the direction of
/// writing, and bytes that are not UTF-8 become \n, \x1b, \u202e and the like.
std::string escape_controls(std::string_view text);

/// Lets one message of a kind through in each interval. Any thread.
class RateLimited {
 public:
  explicit RateLimited(std::chrono::milliseconds interval) : interval_(interval) {}

  /// How many were held back since the last one that passed; nullopt: this one is held back, too.
  std::optional<std::uint64_t> pass();

 private:
  using Clock = std::chrono::steady_clock;

  const std::chrono::milliseconds interval_;
  std::mutex mutex_;
  std::optional<Clock::time_point> last_;
  std::uint64_t held_back_ = 0;
};

}  // namespace wiredesk
