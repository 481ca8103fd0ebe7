#include "daemon/log.h"

#include <spdlog/sinks/ansicolor_sink.h>
#include <spdlog/spdlog.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <ctime>
#include <utility>

#include "processors/text/json_writer.h"
#include "processors/text/utf8.h"

namespace wiredesk {
namespace {

using spdlog::details::log_msg;

enum class AsciiControls { escape, keep };

bool is_ascii_control(char32_t c) {
  return c < 0x20;
}

// DEL, the C1 controls, and what separates lines or turns the direction of writing.
bool is_other_control(char32_t c) {
  return (c >= 0x7F && c <= 0x9F) || c == 0x200E || c == 0x200F || (c >= 0x2028 && c <= 0x202E) ||
         (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF;
}

void append_hex(std::string& out, const char* prefix, char32_t value, int digits) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  out += prefix;
  for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) out += kDigits[(value >> shift) & 0xF];
}

void append_escaped(std::string& out, char32_t c) {
  if (c == '\n')
    out += "\\n";
  else if (c == '\r')
    out += "\\r";
  else if (c == '\t')
    out += "\\t";
  else if (c <= 0x7F)
    append_hex(out, "\\x", c, 2);
  else
    append_hex(out, "\\u", c, 4);
}

void append_well_formed(std::string& out, std::string_view text, AsciiControls controls) {
  for (std::size_t at = 0; at < text.size();) {
    const auto [c, size] = utf8::decode(text, at);
    const bool escaped =
        is_other_control(c) || (is_ascii_control(c) && controls == AsciiControls::escape);
    if (escaped)
      append_escaped(out, c);
    else
      out += text.substr(at, size);
    at += size;
  }
}

std::string sanitize(std::string_view text, AsciiControls controls) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const std::size_t bad = utf8::first_invalid(text);
    append_well_formed(out, text.substr(0, bad), controls);
    if (bad == utf8::kValid) break;
    append_hex(out, "\\x", static_cast<unsigned char>(text[bad]), 2);
    text.remove_prefix(bad + 1);
  }
  return out;
}

std::string_view view(spdlog::string_view_t text) {
  return {text.data(), text.size()};
}

void append(spdlog::memory_buf_t& out, std::string_view text) {
  out.append(text.data(), text.data() + text.size());
}

std::string_view level_name(spdlog::level::level_enum level) {
  constexpr std::array<std::string_view, 7> kNames{"trace", "debug",    "info", "warn",
                                                   "error", "critical", "off"};
  return kNames.at(static_cast<std::size_t>(level));
}

std::string_view level_column(spdlog::level::level_enum level) {
  constexpr std::array<std::string_view, 7> kNames{"TRACE", "DEBUG", "INFO ", "WARN ",
                                                   "ERROR", "CRIT ", "OFF  "};
  return kNames.at(static_cast<std::size_t>(level));
}

std::string_view priority(spdlog::level::level_enum level) {
  constexpr std::array<std::string_view, 7> kPrefixes{"<7>", "<7>", "<6>", "<4>",
                                                      "<3>", "<2>", "<7>"};
  return kPrefixes.at(static_cast<std::size_t>(level));
}

std::string time_text(const log_msg& message, bool utc) {
  using std::chrono::duration_cast;
  const auto since_epoch = message.time.time_since_epoch();
  const auto seconds = std::chrono::floor<std::chrono::seconds>(since_epoch);
  const auto millis = duration_cast<std::chrono::milliseconds>(since_epoch - seconds).count();
  const std::time_t time = seconds.count();
  std::tm parts{};
  utc ? gmtime_r(&time, &parts) : localtime_r(&time, &parts);
  std::array<char, 32> text{};
  std::strftime(text.data(), text.size(), utc ? "%Y-%m-%dT%H:%M:%S" : "%Y-%m-%d %H:%M:%S", &parts);
  const std::string fraction = std::to_string(1000 + millis).substr(1);
  return text.data() + ("." + fraction) + (utc ? "Z" : "");
}

class TextFormatter final : public spdlog::formatter {
 public:
  void format(const log_msg& message, spdlog::memory_buf_t& out) override {
    append(out, time_text(message, false));
    append(out, " ");
    message.color_range_start = out.size();
    append(out, level_column(message.level));
    message.color_range_end = out.size();
    append(out, " ");
    append(out, escape_controls(view(message.payload)));
    append(out, "\n");
  }
  std::unique_ptr<formatter> clone() const override { return std::make_unique<TextFormatter>(); }
};

class JournaldFormatter final : public spdlog::formatter {
 public:
  void format(const log_msg& message, spdlog::memory_buf_t& out) override {
    append(out, priority(message.level));
    append(out, escape_controls(view(message.payload)));
    append(out, "\n");
  }
  std::unique_ptr<formatter> clone() const override {
    return std::make_unique<JournaldFormatter>();
  }
};

class JsonFormatter final : public spdlog::formatter {
 public:
  void format(const log_msg& message, spdlog::memory_buf_t& out) override {
    std::string line;
    JsonWriter json(line);
    json.begin_object().key("time").string(time_text(message, true));
    json.key("level").string(level_name(message.level));
    if (message.logger_name.size() > 0)
      json.key("logger").string(sanitize(view(message.logger_name), AsciiControls::keep));
    json.key("message").string(sanitize(view(message.payload), AsciiControls::keep)).end_object();
    append(out, line);
    append(out, "\n");
  }
  std::unique_ptr<formatter> clone() const override { return std::make_unique<JsonFormatter>(); }
};

spdlog::level::level_enum to_spdlog(LogLevel level) {
  switch (level) {
    case LogLevel::trace:
      return spdlog::level::trace;
    case LogLevel::debug:
      return spdlog::level::debug;
    case LogLevel::info:
      return spdlog::level::info;
    case LogLevel::warn:
      return spdlog::level::warn;
    case LogLevel::error:
      break;
  }
  return spdlog::level::err;
}

bool is_journal(int fd, const char* journal_stream) {
  struct stat status {};
  if (!journal_stream || fstat(fd, &status) != 0) return false;
  return std::to_string(status.st_dev) + ":" + std::to_string(status.st_ino) == journal_stream;
}

}  // namespace

std::string escape_controls(std::string_view text) {
  return sanitize(text, AsciiControls::escape);
}

LogStyle choose_log_style(LogFormat format, int fd, const char* journal_stream) {
  if (format == LogFormat::json) return LogStyle::json;
  if (format == LogFormat::automatic && is_journal(fd, journal_stream)) return LogStyle::journald;
  return LogStyle::text;
}

std::unique_ptr<spdlog::formatter> make_log_formatter(LogStyle style) {
  switch (style) {
    case LogStyle::json:
      return std::make_unique<JsonFormatter>();
    case LogStyle::journald:
      return std::make_unique<JournaldFormatter>();
    case LogStyle::text:
      break;
  }
  return std::make_unique<TextFormatter>();
}

void set_up_logging(const LoggingConfig& config) {
  const LogStyle style =
      choose_log_style(config.format, STDERR_FILENO, std::getenv("JOURNAL_STREAM"));
  // Colour on a terminal only; https://no-color.org is the way to have none there, either.
  const bool plain = std::getenv("NO_COLOR") != nullptr;
  auto sink = std::make_shared<spdlog::sinks::ansicolor_stderr_sink_mt>(
      plain ? spdlog::color_mode::never : spdlog::color_mode::automatic);
  auto logger = std::make_shared<spdlog::logger>("", std::move(sink));
  logger->set_formatter(make_log_formatter(style));
  logger->set_level(to_spdlog(config.level));
  spdlog::set_default_logger(std::move(logger));
}

std::optional<std::uint64_t> RateLimited::pass() {
  const std::lock_guard lock(mutex_);
  const Clock::time_point now = Clock::now();
  if (last_ && now - *last_ < interval_) {
    ++held_back_;
    return std::nullopt;
  }
  last_ = now;
  return std::exchange(held_back_, 0);
}

}  // namespace wiredesk
