// Base64 (RFC 4648, section 4) for bytes that have to travel in JSON. Pure functions; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace wiredesk {

/// With padding.
std::string base64_encode(std::string_view bytes);
/// Padding may be left out; no value where a character is foreign or the length impossible.
std::optional<std::string> base64_decode(std::string_view text);

}  // namespace wiredesk
