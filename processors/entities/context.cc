#include "processors/entities/context.h"

#include <algorithm>
#include <array>

#include "processors/entities/words.h"
#include "processors/text/utf8.h"

namespace wiredesk::entities {
namespace {

// Sorted lists of words that stand capitalised beside a name without being a part of it.
constexpr auto kTitles = std::to_array<std::string_view>(
    {"Admiral",    "Ambassador", "Archbishop",   "Bishop",     "Brig",        "Capt",
     "Captain",    "Cardinal",   "Chairman",     "Chairwoman", "Chancellor",  "Chief",
     "Col",        "Colonel",    "Commissioner", "Comrade",    "Congressman", "Congresswoman",
     "Councillor", "Crown",      "Director",     "Dr",         "Emir",        "Emperor",
     "Gen",        "General",    "Gov",          "Governor",   "Judge",       "Justice",
     "King",       "Lady",       "Leader",       "Lieutenant", "Lord",        "Lt",
     "Maj",        "Major",      "Marshal",      "Mayor",      "Minister",    "Mr",
     "Mrs",        "Ms",         "Pope",         "Premier",    "President",   "Prince",
     "Princess",   "Prof",       "Professor",    "Queen",      "Rep",         "Representative",
     "Secretary",  "Sen",        "Senator",      "Sergeant",   "Sheikh",      "Sir",
     "Speaker",    "Sultan"});
static_assert(std::is_sorted(kTitles.begin(), kTitles.end()));

constexpr auto kSmallWords = std::to_array<std::string_view>(
    {"A",      "After",     "Although", "Amid",    "An",      "And",    "As",   "At",
     "Before", "Both",      "But",      "By",      "Despite", "During", "For",  "From",
     "He",     "Her",       "His",      "However", "If",      "In",     "Its",  "Later",
     "Like",   "Meanwhile", "Neither",  "Nor",     "Of",      "On",     "Or",   "Our",
     "She",    "Since",     "So",       "That",    "The",     "Their",  "Then", "They",
     "This",   "Though",    "To",       "Under",   "Unlike",  "Until",  "We",   "What",
     "When",   "Where",     "Whether",  "While",   "Who",     "With",   "Yet"});
static_assert(std::is_sorted(kSmallWords.begin(), kSmallWords.end()));

constexpr auto kDates = std::to_array<std::string_view>(
    {"Apr",      "April",     "Aug",    "August",   "Dec",     "December", "Feb",
     "February", "Friday",    "Jan",    "January",  "July",    "June",     "March",
     "May",      "Monday",    "Nov",    "November", "Oct",     "October",  "Saturday",
     "Sept",     "September", "Sunday", "Thursday", "Tuesday", "Wednesday"});
static_assert(std::is_sorted(kDates.begin(), kDates.end()));

constexpr auto kDirections = std::to_array<std::string_view>(
    {"Central", "Downtown", "East", "Eastern", "Greater", "Inner", "Lower", "North", "Northern",
     "South", "Southern", "Upper", "West", "Western"});
static_assert(std::is_sorted(kDirections.begin(), kDirections.end()));

template <std::size_t N>
bool is_among(const std::array<std::string_view, N>& words, std::string_view word) {
  return std::binary_search(words.begin(), words.end(), word);
}

bool is_one_of(std::string_view text, std::size_t offset, std::u32string_view set) {
  return set.find(utf8::decode(text, offset).code_point) != std::u32string_view::npos;
}

bool is_capitalised(std::string_view text, std::size_t offset) {
  return begins_like_name(text, offset) && (text[offset] < '0' || text[offset] > '9');
}

std::size_t word_begin(std::string_view text, std::size_t begin, std::size_t end) {
  while (end > begin && word_before(text, end)) end = utf8::previous(text, end);
  return end;
}

}  // namespace

bool at_sentence_start(std::string_view text, std::size_t begin, std::size_t offset) {
  while (offset > begin) {
    const std::size_t previous = utf8::previous(text, offset);
    if (is_one_of(text, previous, U".!?:\n\u2026")) return true;
    if (!is_one_of(text, previous, U" \t\r\u00a0\"'([\u2018\u201c\u201e\u00ab\u2013\u2014-"))
      return false;
    offset = previous;
  }
  return true;
}

Before before(std::string_view text, Span range, Span name) {
  constexpr std::size_t kLongestAbbreviation = 4;
  std::size_t end = name.begin;
  if (end <= range.begin || text[end - 1] != ' ') return Before::plain;
  --end;
  const bool abbreviated = end > range.begin && text[end - 1] == '.';
  if (abbreviated) --end;
  const std::size_t begin = word_begin(text, range.begin, end);
  if (begin == end || !is_capitalised(text, begin)) return Before::plain;
  const std::string_view word = text.substr(begin, end - begin);
  if (is_among(kTitles, word)) return Before::titled;
  if (abbreviated && word.size() > kLongestAbbreviation) return Before::plain;
  if (is_among(kDirections, word)) return Before::perhaps_capital;
  if (!at_sentence_start(text, range.begin, begin)) return Before::capital;
  return is_among(kSmallWords, word) ? Before::plain : Before::perhaps_capital;
}

bool capital_after(std::string_view text, Span range, Span name) {
  const std::size_t begin = name.end + 1;
  if (begin >= range.end || text[name.end] != ' ' || !is_capitalised(text, begin)) return false;
  const std::string_view word = text.substr(begin, word_end(text, begin) - begin);
  return !is_among(kDates, word) && !is_among(kTitles, word) && !is_all_capitals(word);
}

}  // namespace wiredesk::entities
