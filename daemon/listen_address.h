// The value of `admin.listen`, taken apart. A pure function; any thread. The configuration loader
// asks it, too, so that `wiredesk check` tells a wrong one.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace wiredesk {

struct ListenAddress {
  std::string host;  // without brackets
  std::uint16_t port = 0;
};

/// "host:port", "[IPv6]:port"; nullopt for "" and "off". Throws std::invalid_argument that says
/// what is wrong and how to mend it.
std::optional<ListenAddress> parse_listen_address(std::string_view text);
/// As it is written in the configuration: IPv6 in brackets.
std::string to_string(const ListenAddress& address);

}  // namespace wiredesk
