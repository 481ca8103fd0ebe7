// Words of running text, as the gazetteer sees them: runs of letters and digits, everything else
// parts them. Folding serves matching only; what is published are the source's own characters.
//
// Pure functions of well-formed UTF-8; any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "processors/article.h"

namespace wiredesk::entities {

/// Size in bytes of the letter, digit or mark that begins at `offset`, 0 if something else does.
std::uint32_t word_character(std::string_view text, std::size_t offset);
/// Where the word that begins at `offset` ends.
std::uint32_t word_end(std::string_view text, std::size_t offset);
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
