#include "daemon/systemd_notify.h"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string>

namespace wiredesk {
namespace {

struct Address {
  sockaddr_un value{};
  socklen_t size = 0;
};

std::optional<Address> parse_address(std::string_view path) {
  Address address;
  const bool known = path.starts_with('/') || path.starts_with('@');
  if (!known || path.size() >= sizeof(address.value.sun_path)) return std::nullopt;
  address.value.sun_family = AF_UNIX;
  std::memcpy(address.value.sun_path, path.data(), path.size());
  // An abstract name begins with a NUL and ends where the address ends, without one.
  if (path.starts_with('@')) address.value.sun_path[0] = '\0';
  address.size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + path.size());
  return address;
}

bool send_datagram(const Address& address, std::string_view message) {
  const int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (fd < 0) return false;
  const auto* const to = reinterpret_cast<const sockaddr*>(&address.value);
  // Never waits: a listener that does not read must not stop the daemon.
  const ssize_t sent =
      sendto(fd, message.data(), message.size(), MSG_NOSIGNAL | MSG_DONTWAIT, to, address.size);
  close(fd);
  return sent == static_cast<ssize_t>(message.size());
}

bool notify(std::string_view message) {
  const char* const path = std::getenv("NOTIFY_SOCKET");
  if (!path) return false;
  const std::optional<Address> address = parse_address(path);
  return address && send_datagram(*address, message);
}

std::optional<std::uint64_t> number_from(const char* variable) {
  const char* const text = std::getenv(variable);
  if (!text) return std::nullopt;
  const char* const end = text + std::strlen(text);
  std::uint64_t value = 0;
  const auto [stop, error] = std::from_chars(text, end, value);
  if (error != std::errc() || stop != end) return std::nullopt;
  return value;
}

}  // namespace

bool notify_ready() {
  return notify("READY=1");
}

bool notify_stopping() {
  return notify("STOPPING=1");
}

bool notify_status(std::string_view text) {
  std::string message = "STATUS=" + std::string(text);
  // A line end would begin another assignment.
  std::replace_if(
      message.begin(), message.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; },
      ' ');
  return notify(message);
}

bool notify_watchdog() {
  return notify("WATCHDOG=1");
}

bool notify_extend_timeout(std::chrono::microseconds more) {
  return notify("EXTEND_TIMEOUT_USEC=" + std::to_string(more.count()));
}

std::optional<std::chrono::microseconds> watchdog_interval() {
  if (std::getenv("WATCHDOG_PID") &&
      number_from("WATCHDOG_PID") != static_cast<std::uint64_t>(getpid()))
    return std::nullopt;
  const std::optional<std::uint64_t> limit = number_from("WATCHDOG_USEC");
  if (!limit || *limit < 2 || *limit > INT64_MAX) return std::nullopt;
  return std::chrono::microseconds(*limit / 2);
}

}  // namespace wiredesk
