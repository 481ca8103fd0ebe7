// Characters as text matching needs them: white space, letters, case. ASCII is answered from a
// table without looking further; other code points by their Unicode category.
// Pure functions; any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

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

inline bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
inline bool is_ascii_upper(char c) {
  return c >= 'A' && c <= 'Z';
}
inline bool is_ascii_lower(char c) {
  return c >= 'a' && c <= 'z';
}
inline bool is_ascii_letter(char c) {
  return is_ascii_upper(c) || is_ascii_lower(c);
}
inline char ascii_lower(char c) {
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
std::size_t space_at(std::string_view text, std::size_t offset);
std::size_t space_before(std::string_view text, std::size_t offset);

std::string_view trim_left(std::string_view text);
std::string_view trim_right(std::string_view text);
std::string_view trim(std::string_view text);

/// The first code point is an upper-case letter.
bool begins_upper(std::string_view text);
/// At least `letters` letters and none of them in lower case.
bool all_capitals(std::string_view text, std::size_t letters = 1);

/// ASCII letters compared without case. Most comparisons of a list end at the size or the first
/// byte, here and not behind a call.
bool equal_bytes_nocase(std::string_view left, std::string_view right);  // of the same size
inline bool equal_nocase(std::string_view left, std::string_view right) {
  return left.size() == right.size() &&
         (left.empty() ||
          (ascii_lower(left[0]) == ascii_lower(right[0]) && equal_bytes_nocase(left, right)));
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
