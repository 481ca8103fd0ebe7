// Characters as text matching needs them: white space, letters, case. ASCII is answered from a
// table without looking further; other code points by their Unicode category.
// Pure functions; any thread.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

#include "processors/text/utf8.h"

namespace wiredesk {

/// A set of bytes that answers in one look, where string_view's searches call memchr for each byte.
class ByteSet {
 public:
  consteval explicit ByteSet(const char* bytes) {
    for (; *bytes; ++bytes) has_[static_cast<unsigned char>(*bytes)] = true;
  }
  constexpr bool has(char c) const { return has_[static_cast<unsigned char>(c)]; }
  constexpr bool in(std::string_view text) const {
    for (char c : text)
      if (has(c)) return true;
    return false;
  }

 private:
  bool has_[256] = {};
};

constexpr bool is_ascii(char c) {
  return static_cast<unsigned char>(c) < 0x80;
}
constexpr bool is_ascii_space(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r') || (c >= 28 && c <= 31);
}
constexpr bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
constexpr bool is_ascii_upper(char c) {
  return c >= 'A' && c <= 'Z';
}
constexpr bool is_ascii_lower(char c) {
  return c >= 'a' && c <= 'z';
}
constexpr bool is_ascii_letter(char c) {
  return is_ascii_upper(c) || is_ascii_lower(c);
}
constexpr char ascii_lower(char c) {
  return is_ascii_upper(c) ? static_cast<char>(c + 32) : c;
}

/// White space as Unicode has it (property White_Space and the separators U+001C to U+001F), so
/// that no-break and ideographic spaces count, too.
bool is_space(char32_t code_point);
bool is_upper(char32_t code_point);  // title case, too
bool is_lower(char32_t code_point);
bool is_letter(char32_t code_point);  // any script

/// Bytes of the white-space character that begins (ends) at `offset`, 0 where there is none; any
/// offset will do, also inside a character.
inline std::size_t space_at(std::string_view text, std::size_t offset) {
  if (offset >= text.size()) return 0;
  const char c = text[offset];
  if (is_ascii(c)) return is_ascii_space(c) ? 1 : 0;
  if (utf8::is_continuation(c)) return 0;
  const utf8::Decoded at = utf8::decode(text, offset);
  return is_space(at.code_point) ? at.size : 0;
}
inline std::size_t space_before(std::string_view text, std::size_t offset) {
  if (offset == 0) return 0;
  if (is_ascii(text[offset - 1])) return is_ascii_space(text[offset - 1]) ? 1 : 0;
  const std::size_t start = utf8::previous(text, offset);
  return space_at(text, start) == offset - start ? offset - start : 0;
}

inline std::string_view trim_left(std::string_view text) {
  while (const std::size_t size = space_at(text, 0)) text.remove_prefix(size);
  return text;
}
inline std::string_view trim_right(std::string_view text) {
  while (const std::size_t size = space_before(text, text.size())) text.remove_suffix(size);
  return text;
}
inline std::string_view trim(std::string_view text) {
  return trim_left(trim_right(text));
}

/// The first code point is an upper-case letter.
inline bool begins_upper(std::string_view text) {
  if (text.empty() || is_ascii(text[0])) return !text.empty() && is_ascii_upper(text[0]);
  return is_upper(utf8::decode(text, 0).code_point);
}
/// At least `letters` letters and none of them in lower case.
bool all_capitals(std::string_view text, std::size_t letters = 1);

/// ASCII letters compared without case.
inline bool equal_nocase(std::string_view left, std::string_view right) {
  return left.size() == right.size() &&
         std::equal(left.begin(), left.end(), right.begin(),
                    [](char a, char b) { return ascii_lower(a) == ascii_lower(b); });
}
inline bool starts_with_nocase(std::string_view text, std::string_view prefix) {
  return text.size() >= prefix.size() && equal_nocase(text.substr(0, prefix.size()), prefix);
}
inline bool ends_with_nocase(std::string_view text, std::string_view suffix) {
  return text.size() >= suffix.size() &&
         equal_nocase(text.substr(text.size() - suffix.size()), suffix);
}

/// "HONG KONG" -> "Hong Kong", "RIO DE JANEIRO" -> "Rio de Janeiro"; text that has lower-case
/// letters stays as it is.
std::string title_case(std::string_view text);

}  // namespace wiredesk
