// UTF-8: validation, one code point at a time, and offsets from bytes to code points.
// Pure functions and values; any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace wiredesk::utf8 {

inline constexpr std::size_t kValid = std::string_view::npos;

/// Byte offset of the first ill-formed sequence (Unicode 15, table 3-7: no overlong forms, no
/// surrogates, nothing above U+10FFFF), or kValid.
std::size_t first_invalid(std::string_view text);

struct Decoded {
  char32_t code_point = 0;
  std::uint32_t size = 0;  // bytes, 1 to 4
};
/// The code point that begins at `offset` (< size) of well-formed text.
Decoded decode(std::string_view text, std::size_t offset);
/// Where the code point before `offset` (> 0) begins.
std::size_t previous(std::string_view text, std::size_t offset);
void append(std::string& text, char32_t code_point);
std::size_t count(std::string_view text);

inline bool is_continuation(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0) == 0x80;
}

/// Byte offset -> code-point offset of one text, in constant time after one pass. Text that is all
/// ASCII costs nothing.
class CodePointIndex {
 public:
  CodePointIndex() = default;
  explicit CodePointIndex(std::string_view text);
  std::uint32_t at(std::size_t byte_offset) const;
  std::uint32_t size() const { return size_; }  // code points in the whole text

 private:
  static constexpr std::size_t kBlock = 128;

  std::string_view text_;
  std::vector<std::uint32_t> before_block_;  // empty: all ASCII
  std::uint32_t size_ = 0;
};

}  // namespace wiredesk::utf8
