// A vocabulary of phrases that lines are held against, one table for each list: only the phrases
// that begin with the line's first byte (ASCII letters without case) are looked at.
// Built at compile time; read-only, any thread.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <type_traits>

#include "processors/text/characters.h"

namespace wiredesk {

/// `Entry` is a std::string_view or a struct whose member `text` is the phrase; no phrase is empty.
template <typename Entry, std::size_t N>
class Phrases {
 public:
  constexpr explicit Phrases(const std::array<Entry, N>& entries) {
    for (const Entry& entry : entries) ++begin_[first_byte(phrase_of(entry)) + 1];
    for (std::size_t byte = 0; byte < kBytes; ++byte)
      begin_[byte + 1] = static_cast<std::uint16_t>(begin_[byte + 1] + begin_[byte]);
    std::array<std::uint16_t, kBytes + 1> next = begin_;
    for (const Entry& entry : entries) entries_[next[first_byte(phrase_of(entry))]++] = entry;
  }

  /// Those that `text` may begin with or be, in the order in which they were given.
  constexpr std::span<const Entry> candidates(std::string_view text) const {
    if (text.empty()) return {};
    const std::size_t byte = first_byte(text);
    return {entries_.data() + begin_[byte], entries_.data() + begin_[byte + 1]};
  }

  constexpr const std::array<Entry, N>& all() const { return entries_; }

  /// The first one that `text` begins with, or nullptr.
  const Entry* prefix_of(std::string_view text) const {
    for (const Entry& entry : candidates(text))
      if (starts_with_nocase(text, phrase_of(entry))) return &entry;
    return nullptr;
  }

  /// The one that `text` is, or nullptr.
  const Entry* find(std::string_view text) const {
    for (const Entry& entry : candidates(text))
      if (equal_nocase(text, phrase_of(entry))) return &entry;
    return nullptr;
  }

 private:
  static constexpr std::size_t kBytes = 256;

  static constexpr std::string_view phrase_of(const Entry& entry) {
    if constexpr (std::is_same_v<Entry, std::string_view>)
      return entry;
    else
      return entry.text;
  }
  static constexpr std::size_t first_byte(std::string_view text) {
    return static_cast<unsigned char>(ascii_lower(text[0]));
  }

  std::array<Entry, N> entries_{};
  std::array<std::uint16_t, kBytes + 1> begin_{};  // of the entries with a first byte
};

template <typename... Text>
constexpr auto make_phrases(Text... phrases) {
  return Phrases(std::array<std::string_view, sizeof...(Text)>{std::string_view(phrases)...});
}

}  // namespace wiredesk
