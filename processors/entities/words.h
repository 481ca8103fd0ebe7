// Words of running text, as the gazetteer sees them: runs of letters and digits, everything else
// parts them. Folding serves matching only; what is published are the source's own characters.
//
// Pure functions of well-formed UTF-8; any thread.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "processors/article.h"

namespace wiredesk::entities {

enum class ByteClass : std::uint8_t { other, lower, capital, digit, multibyte };

inline constexpr std::array<ByteClass, 256> kByteClasses = [] {
  std::array<ByteClass, 256> classes{};
  for (std::size_t c = 'a'; c <= 'z'; ++c) classes[c] = ByteClass::lower;
  for (std::size_t c = 'A'; c <= 'Z'; ++c) classes[c] = ByteClass::capital;
  for (std::size_t c = '0'; c <= '9'; ++c) classes[c] = ByteClass::digit;
  for (std::size_t c = 0x80; c < 256; ++c) classes[c] = ByteClass::multibyte;
  return classes;
}();

inline ByteClass class_of(char byte) {
  return kByteClasses[static_cast<unsigned char>(byte)];
}

/// The same as word_character() for what begins with a byte above 0x7F.
std::uint32_t multibyte_word_character(std::string_view text, std::size_t offset);

/// Size in bytes of the letter, digit or mark that begins at `offset`, 0 if something else does.
inline std::uint32_t word_character(std::string_view text, std::size_t offset) {
  const ByteClass kind = class_of(text[offset]);
  if (kind == ByteClass::multibyte) return multibyte_word_character(text, offset);
  return kind == ByteClass::other ? 0 : 1;
}

/// Where the word that begins at `offset` ends.
inline std::uint32_t word_end(std::string_view text, std::size_t offset) {
  while (offset < text.size()) {
    const std::uint32_t size = word_character(text, offset);
    if (size == 0) break;
    offset += size;
  }
  return static_cast<std::uint32_t>(offset);
}

/// Does a letter, digit or mark end right before `offset`?
bool word_before(std::string_view text, std::size_t offset);
/// A capital or title-case letter, or a digit.
bool begins_like_name(std::string_view text, std::size_t offset);
/// Holds at least one letter, and none in lower case.
bool is_all_capitals(std::string_view text);

/// Equal for words that differ in case, accents and Unicode composition only.
std::uint64_t folded_hash(std::string_view word);
inline std::uint64_t chain_hash(std::uint64_t before, std::uint64_t word) {
  return (before * 0x9E3779B97F4A7C15ULL) ^ (word + (before >> 29));
}

/// Accents taken away, case kept: "Erdoğan" -> "Erdogan".
std::string without_accents(std::string_view text);
/// Composed (NFC), nothing else changed.
std::string composed(std::string_view text);

/// Size in bytes of the apostrophe at `offset` (' or U+2019), else 0.
std::uint32_t apostrophe(std::string_view text, std::size_t offset);

}  // namespace wiredesk::entities
