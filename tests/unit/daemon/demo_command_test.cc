// The demo as a user starts it: the program, its embedded broker and the whole chain.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <string>
#include <vector>

#include "daemon/demo_samples.h"

namespace {

using testing::HasSubstr;
using testing::Not;
using wiredesk::DemoSample;

/// The program with its standard output in a pipe; killed where a test leaves it running.
class Program {
 public:
  explicit Program(std::vector<const char*> arguments) {
    arguments.insert(arguments.begin(), WIREDESK_PROGRAM);
    arguments.push_back(nullptr);
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("pipe");
    pid_ = fork();
    if (pid_ == 0) {
      dup2(ends[1], STDOUT_FILENO);
      setenv("COLUMNS", "140", 1);
      execv(WIREDESK_PROGRAM, const_cast<char**>(arguments.data()));
      _exit(127);
    }
    close(ends[1]);
    out_ = ends[0];
  }
  ~Program() {
    if (pid_ > 0) {
      kill(pid_, SIGKILL);
      wait_for_end();
    }
    close(out_);
  }
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  /// Reads until `text` stands in the output ("": until its end).
  bool read_until(const std::string& text) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    while (text.empty() || shown_.find(text) == std::string::npos) {
      pollfd ready{out_, POLLIN, 0};
      if (std::chrono::steady_clock::now() > deadline || poll(&ready, 1, 60'000) <= 0) return false;
      char buffer[4096];
      const ssize_t size = read(out_, buffer, sizeof buffer);
      if (size <= 0) return text.empty();
      shown_.append(buffer, static_cast<std::size_t>(size));
    }
    return true;
  }
  void send_signal(int signal) { kill(pid_, signal); }
  /// The exit status; -1 where a signal ended it.
  int wait_for_end() {
    int status = 0;
    waitpid(std::exchange(pid_, -1), &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }
  const std::string& shown() const { return shown_; }

 private:
  pid_t pid_ = -1;
  int out_ = -1;
  std::string shown_;
};

/// From the article's rule up to the line that says where it went.
std::string part_of(const std::string& shown, const std::string& name) {
  const std::size_t begin = shown.find("── " + name);
  const std::size_t arrow = shown.find("\n→ ", begin);
  if (begin == std::string::npos || arrow == std::string::npos) return {};
  return shown.substr(begin, shown.find('\n', arrow + 1) - begin);
}

TEST(DemoCommand, ShowsEveryArticleAndWhatBecameOfIt) {
  Program demo({"demo", "--once", "--pace", "20ms"});
  ASSERT_TRUE(demo.read_until(""));
  EXPECT_EQ(demo.wait_for_end(), 0);
  const std::string& shown = demo.shown();
  EXPECT_THAT(shown, HasSubstr("kcat -b 127.0.0.1:"));
  EXPECT_THAT(shown, Not(HasSubstr("\x1b"))) << "not a terminal: no colours";
  for (const DemoSample& sample : wiredesk::demo_samples())
    EXPECT_NE(part_of(shown, std::string(sample.name)), "") << sample.name;

  const std::string first = part_of(shown, "01-xinhua-tea-train.txt");
  EXPECT_THAT(first, HasSubstr("Kunming · Xinhua · 2026-03-12 (year from the caption)"));
  EXPECT_THAT(first, HasSubstr("stands there 2 times"));
  EXPECT_THAT(first, HasSubstr("→ wire.enriched [0] @ 0 · relation original"));
  const std::string again = part_of(shown, "09-xinhua-tea-train-resend.txt");
  EXPECT_THAT(again, HasSubstr("repeats 01-xinhua-tea-train.txt"));
  EXPECT_THAT(again, HasSubstr("→ wiredesk.state [0] @"));
  const std::string poison = part_of(shown, "13-efe-lighthouse-latin1.txt");
  EXPECT_THAT(poison, HasSubstr("dead letter: not_utf8"));
  EXPECT_THAT(poison, HasSubstr("842 bytes, not one of"));
  EXPECT_THAT(part_of(shown, "11-reuters-cod-corrected.txt"), HasSubstr("life cycle correction"));
  EXPECT_THAT(part_of(shown, "12-ap-overdue-book-kill.txt"), HasSubstr("life cycle kill"));
  EXPECT_THAT(part_of(shown, "16-xinhua-drum-album.txt"), HasSubstr("nothing but captions"));
}

TEST(DemoCommand, ASignalEndsItCleanlyAtAnyTime) {
  for (const int signal : {SIGINT, SIGTERM}) {
    Program demo({"demo"});
    ASSERT_TRUE(demo.read_until(signal == SIGINT ? "Joining" : "→ wire.enriched"));
    demo.send_signal(signal);
    EXPECT_EQ(demo.wait_for_end(), 0) << strsignal(signal);
  }
}

TEST(DemoCommand, RefusesAPaceThatIsNoDuration) {
  Program demo({"demo", "--pace", "soon"});
  demo.read_until("");
  EXPECT_EQ(demo.wait_for_end(), 64);
}

}  // namespace
