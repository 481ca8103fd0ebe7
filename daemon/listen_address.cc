#include "daemon/listen_address.h"

#include <charconv>
#include <stdexcept>

namespace wiredesk {
namespace {

[[noreturn]] void refuse(std::string_view text, std::string_view what) {
  throw std::invalid_argument("'" + std::string(text) + "': " + std::string(what) +
                              "; write host:port, as in 127.0.0.1:8080 or [::1]:8080, or off");
}

std::uint16_t parse_port(std::string_view text, std::string_view port) {
  unsigned value = 0;
  const char* const end = port.data() + port.size();
  const auto [stop, error] = std::from_chars(port.data(), end, value);
  if (port.empty() || error != std::errc() || stop != end || value > 65535)
    refuse(text, "the port is not a number from 0 to 65535");
  return static_cast<std::uint16_t>(value);
}

// "[::1]:8080" -> "[::1]" and "8080"
std::size_t find_port_colon(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos || text.back() == ']') refuse(text, "there is no port");
  return colon;
}

std::string_view without_brackets(std::string_view text, std::string_view host) {
  const bool bracketed = host.size() > 2 && host.front() == '[' && host.back() == ']';
  if (bracketed) return host.substr(1, host.size() - 2);
  if (host.find_first_of("[]") != std::string_view::npos) refuse(text, "stray bracket");
  if (host.find(':') != std::string_view::npos) refuse(text, "an IPv6 address needs brackets");
  return host;
}

}  // namespace

std::optional<ListenAddress> parse_listen_address(std::string_view text) {
  if (text.empty() || text == "off") return std::nullopt;
  const std::size_t colon = find_port_colon(text);
  const std::string_view host = text.substr(0, colon);
  if (host.empty())
    refuse(text, "there is no host (0.0.0.0 or [::] is every address of the machine)");
  return ListenAddress{std::string(without_brackets(text, host)),
                       parse_port(text, text.substr(colon + 1))};
}

std::string to_string(const ListenAddress& address) {
  const bool ipv6 = address.host.find(':') != std::string::npos;
  return (ipv6 ? "[" + address.host + "]" : address.host) + ":" + std::to_string(address.port);
}

}  // namespace wiredesk
