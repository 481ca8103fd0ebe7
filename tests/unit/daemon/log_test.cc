#include "daemon/log.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <spdlog/spdlog.h>
#include <sys/stat.h>
#include <unistd.h>

#include <boost/json.hpp>
#include <cstdlib>
#include <string>
#include <thread>

namespace wiredesk {
namespace {

using namespace std::string_literals;
using std::chrono::milliseconds;
using testing::EndsWith;
using testing::HasSubstr;
using testing::MatchesRegex;
using testing::Not;

std::string format(LogStyle style, std::string_view text, spdlog::level::level_enum level,
                   std::string_view logger = "") {
  const spdlog::details::log_msg message({logger.data(), logger.size()}, level,
                                         {text.data(), text.size()});
  spdlog::memory_buf_t out;
  make_log_formatter(style)->format(message, out);
  return {out.data(), out.size()};
}

TEST(EscapeControls, LeavesTextAlone) {
  EXPECT_EQ(escape_controls("plain, 北京, é, a\\b"), "plain, 北京, é, a\\b");
  EXPECT_EQ(escape_controls(""), "");
}

TEST(EscapeControls, EscapesWhatMovesTheCursor) {
  EXPECT_EQ(escape_controls("a\nb\r\tc"), "a\\nb\\r\\tc");
  EXPECT_EQ(escape_controls("\x1b[31m\x7f\0end"s), "\\x1b[31m\\x7f\\x00end");
  EXPECT_EQ(escape_controls("\u0085\u009b"), "\\u0085\\u009b");
  EXPECT_EQ(escape_controls("\u202egnp\u2028"), "\\u202egnp\\u2028");
}

TEST(EscapeControls, EscapesBytesThatAreNotUtf8) {
  EXPECT_EQ(escape_controls("a\xff\xc3(é\xe5\x8c"), "a\\xff\\xc3(é\\xe5\\x8c");
}

TEST(LogFormat, TextHasTimeLevelAndMessage) {
  EXPECT_THAT(format(LogStyle::text, "one\ntwo", spdlog::level::warn),
              MatchesRegex("[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3} "
                           "WARN  one\\\\ntwo\n"));
}

TEST(LogFormat, JournaldHasThePriorityAndNoTime) {
  EXPECT_EQ(format(LogStyle::journald, "a\nb", spdlog::level::info), "<6>a\\nb\n");
  EXPECT_EQ(format(LogStyle::journald, "a", spdlog::level::err), "<3>a\n");
  EXPECT_EQ(format(LogStyle::journald, "a", spdlog::level::warn), "<4>a\n");
  EXPECT_EQ(format(LogStyle::journald, "a", spdlog::level::debug), "<7>a\n");
}

TEST(LogFormat, JsonIsOneValueALine) {
  const std::string line =
      format(LogStyle::json, "\"quoted\"\n\x1b\xff 北京", spdlog::level::err, "rdkafka");
  ASSERT_THAT(line, EndsWith("\n"));
  EXPECT_THAT(line.substr(0, line.size() - 1), Not(HasSubstr("\n")));
  const boost::json::object value = boost::json::parse(line).as_object();
  EXPECT_EQ(value.at("message").as_string(), "\"quoted\"\n\x1b\\xff 北京");
  EXPECT_EQ(value.at("level").as_string(), "error");
  EXPECT_EQ(value.at("logger").as_string(), "rdkafka");
  EXPECT_THAT(std::string(value.at("time").as_string()),
              MatchesRegex("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}Z"));
}

TEST(LogFormat, JsonNamesNoLoggerWhereThereIsNone) {
  const auto value = boost::json::parse(format(LogStyle::json, "x", spdlog::level::info));
  EXPECT_FALSE(value.as_object().contains("logger"));
}

TEST(LogStyle, TheJournalIsKnownByItsStream) {
  int ends[2];
  ASSERT_EQ(pipe2(ends, O_CLOEXEC), 0);
  struct stat status {};
  fstat(ends[1], &status);
  const std::string stream = std::to_string(status.st_dev) + ":" + std::to_string(status.st_ino);
  const auto choose = [&](LogFormat log_format, const char* variable) {
    return choose_log_style(log_format, ends[1], variable);
  };
  EXPECT_EQ(choose(LogFormat::automatic, stream.c_str()), LogStyle::journald);
  EXPECT_EQ(choose(LogFormat::automatic, nullptr), LogStyle::text);
  // The variable is inherited by what a service starts with its output elsewhere.
  EXPECT_EQ(choose(LogFormat::automatic, "8:1"), LogStyle::text);
  EXPECT_EQ(choose(LogFormat::text, stream.c_str()), LogStyle::text);
  EXPECT_EQ(choose(LogFormat::json, stream.c_str()), LogStyle::json);
  close(ends[0]);
  close(ends[1]);
}

class SetUpLogging : public testing::Test {
 protected:
  void TearDown() override { set_up_logging({}); }

  static std::string log_everything(const LoggingConfig& config) {
    testing::internal::CaptureStderr();
    set_up_logging(config);
    spdlog::debug("to debug");
    spdlog::info("to {}", "inform");
    spdlog::error("to\nmend");
    return testing::internal::GetCapturedStderr();
  }
};

TEST_F(SetUpLogging, WritesFromTheConfiguredLevelOn) {
  const std::string info = log_everything({LogLevel::info, LogFormat::text});
  EXPECT_THAT(info, HasSubstr(" INFO  to inform\n"));
  EXPECT_THAT(info, HasSubstr(" ERROR to\\nmend\n"));
  EXPECT_THAT(info, Not(HasSubstr("debug")));
  EXPECT_THAT(info, Not(HasSubstr("\x1b"))) << "colour where there is no terminal";
  EXPECT_THAT(log_everything({LogLevel::debug, LogFormat::text}), HasSubstr("DEBUG to debug\n"));
  EXPECT_THAT(log_everything({LogLevel::error, LogFormat::text}), Not(HasSubstr("inform")));
}

TEST_F(SetUpLogging, WritesJson) {
  const std::string lines = log_everything({LogLevel::error, LogFormat::json});
  EXPECT_EQ(boost::json::parse(lines).at("message").as_string(), "to\nmend");
}

TEST(RateLimited, LetsOneThroughAnInterval) {
  RateLimited limited(milliseconds(200));
  EXPECT_EQ(limited.pass(), 0U);
  EXPECT_EQ(limited.pass(), std::nullopt);
  EXPECT_EQ(limited.pass(), std::nullopt);
  std::this_thread::sleep_for(milliseconds(220));
  EXPECT_EQ(limited.pass(), 2U);
  EXPECT_EQ(limited.pass(), std::nullopt);
}

}  // namespace
}  // namespace wiredesk
