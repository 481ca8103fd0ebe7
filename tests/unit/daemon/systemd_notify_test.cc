#include "daemon/systemd_notify.h"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <string>

namespace wiredesk {
namespace {

using std::chrono::microseconds;
using std::chrono::seconds;

// What systemd is to a service: a datagram socket. `name` as it stands in NOTIFY_SOCKET.
class Listener {
 public:
  explicit Listener(const std::string& name) : fd_(socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0)) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, name.data(), name.size());
    if (name[0] == '@') address.sun_path[0] = '\0';
    const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + name.size());
    EXPECT_EQ(bind(fd_, reinterpret_cast<sockaddr*>(&address), size), 0) << strerror(errno);
  }
  ~Listener() { close(fd_); }
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;

  std::string receive() const {
    std::array<char, 4096> buffer{};
    const ssize_t size = recv(fd_, buffer.data(), buffer.size(), MSG_DONTWAIT);
    return size < 0 ? "(nothing)" : std::string(buffer.data(), static_cast<std::size_t>(size));
  }

 private:
  int fd_;
};

class SystemdNotify : public testing::Test {
 protected:
  void SetUp() override { clear(); }
  void TearDown() override {
    clear();
    std::filesystem::remove(path_);
  }
  static void clear() {
    for (const char* name : {"NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID"}) unsetenv(name);
  }
  static void set(const char* name, const std::string& value) { setenv(name, value.c_str(), 1); }

  const std::string path_ = testing::TempDir() + "notify." + std::to_string(getpid());
};

TEST_F(SystemdNotify, SaysEachThingOverASocketInTheFileSystem) {
  const Listener systemd(path_);
  set("NOTIFY_SOCKET", path_);
  EXPECT_TRUE(notify_ready());
  EXPECT_EQ(systemd.receive(), "READY=1");
  EXPECT_TRUE(notify_watchdog());
  EXPECT_EQ(systemd.receive(), "WATCHDOG=1");
  EXPECT_TRUE(notify_status("3 lanes, 北京"));
  EXPECT_EQ(systemd.receive(), "STATUS=3 lanes, 北京");
  EXPECT_TRUE(notify_extend_timeout(seconds(30)));
  EXPECT_EQ(systemd.receive(), "EXTEND_TIMEOUT_USEC=30000000");
  EXPECT_TRUE(notify_stopping());
  EXPECT_EQ(systemd.receive(), "STOPPING=1");
  EXPECT_EQ(systemd.receive(), "(nothing)");
}

TEST_F(SystemdNotify, KnowsAbstractSockets) {
  const std::string name = "@wiredesk-test-" + std::to_string(getpid());
  const Listener systemd(name);
  set("NOTIFY_SOCKET", name);
  EXPECT_TRUE(notify_ready());
  EXPECT_EQ(systemd.receive(), "READY=1");
}

TEST_F(SystemdNotify, AStatusCannotSayAnythingElse) {
  const Listener systemd(path_);
  set("NOTIFY_SOCKET", path_);
  EXPECT_TRUE(notify_status("waiting\nREADY=1"));
  EXPECT_EQ(systemd.receive(), "STATUS=waiting READY=1");
}

TEST_F(SystemdNotify, DoesNothingWithoutSystemd) {
  EXPECT_FALSE(notify_ready());
  set("NOTIFY_SOCKET", path_);
  EXPECT_FALSE(notify_ready()) << "nobody listens";
  set("NOTIFY_SOCKET", "");
  EXPECT_FALSE(notify_ready());
  set("NOTIFY_SOCKET", "vsock:2:1234");
  EXPECT_FALSE(notify_ready());
  set("NOTIFY_SOCKET", "/" + std::string(200, 'x'));
  EXPECT_FALSE(notify_ready());
}

TEST_F(SystemdNotify, AListenerThatDoesNotReadNeverBlocks) {
  const Listener systemd(path_);
  set("NOTIFY_SOCKET", path_);
  int sent = 0;
  while (notify_watchdog() && sent < 1'000'000) ++sent;
  EXPECT_LT(sent, 1'000'000);
  EXPECT_EQ(systemd.receive(), "WATCHDOG=1");
  EXPECT_TRUE(notify_watchdog());
}

TEST_F(SystemdNotify, TheWatchdogIsFedTwiceAsOftenAsItAsks) {
  EXPECT_EQ(watchdog_interval(), std::nullopt);
  set("WATCHDOG_USEC", "30000000");
  EXPECT_EQ(watchdog_interval(), seconds(15));
  set("WATCHDOG_PID", std::to_string(getpid()));
  EXPECT_EQ(watchdog_interval(), seconds(15));
  set("WATCHDOG_PID", std::to_string(getpid() + 1));
  EXPECT_EQ(watchdog_interval(), std::nullopt) << "meant for another process";
}

TEST_F(SystemdNotify, AWatchdogThatMakesNoSenseIsNone) {
  for (const char* value : {"", "0", "1", "-5", "soon", "5s", "99999999999999999999"}) {
    set("WATCHDOG_USEC", value);
    EXPECT_EQ(watchdog_interval(), std::nullopt) << value;
  }
}

}  // namespace
}  // namespace wiredesk
