// What counts as white space in a wire article: Unicode's White_Space property and the characters
// that show nothing at all (zero-width space, byte-order mark). Pure; any thread.
#pragma once

#include <cstddef>
#include <string_view>

#include "processors/text/utf8.h"

namespace wiredesk {

constexpr bool is_white_space(char32_t c) {
  if (c <= 0x20) return c == 0x20 || (c >= 0x09 && c <= 0x0D);
  if (c < 0x85) return false;
  return c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200B) || c == 0x2028 ||
         c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000 || c == 0xFEFF;
}

/// Whether well-formed text has nothing to read in it.
inline bool is_blank(std::string_view text) {
  std::size_t offset = 0;
  while (true) {
    // Padding is nearly always one of these; the rest need not be quick.
    offset = text.find_first_not_of(" \n\t\r", offset);
    if (offset == std::string_view::npos) return true;
    const utf8::Decoded each = utf8::decode(text, offset);
    if (!is_white_space(each.code_point)) return false;
    offset += each.size;
  }
}

}  // namespace wiredesk
