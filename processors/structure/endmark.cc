#include <algorithm>
#include <array>

#include "processors/structure/furniture.h"
#include "processors/text/agencies.h"
#include "processors/text/characters.h"
#include "processors/text/phrases.h"

namespace wiredesk {
namespace {

// These end a story wherever they stand.
constexpr auto kCertain =
    make_phrases("enditem", "end item", "endit", "item ends", "(end)", "-30-", "- 30 -", "###",
                 "# # #", "-ends-", "--ends--", "- ends -", "==kyodo", "== kyodo", "=kyodo", "nnnn",
                 "(more)", "\xE2\x96\xA0", "ende der mitteilung");

// These do where nothing but captions and trailers follows.
constexpr auto kWeak = make_phrases("ends", "end", "reuter", "reuters", "___", "_____", "* * *",
                                    "***", "*****", "---", "- - - -", "^___=", "&&", "$$");

bool is_agency_in_brackets(std::string_view text) {
  if (text.ends_with(").")) text.remove_suffix(1);  // ANSA's
  return text.size() > 2 && text.front() == '(' && text.back() == ')' &&
         find_agency(text.substr(1, text.size() - 2)) != nullptr;
}

/// "--IANS", "-- BERNAMA", "=Lana=", "//Petra// RZ", ".....PACNEWS"
bool is_dashed_agency(std::string_view text) {
  const std::size_t begin = text.find_first_not_of("-=/. ");
  if (begin == std::string_view::npos || begin < 1) return false;
  std::string_view name = text.substr(begin);
  if (begin == 1 && text[0] != '=') return false;
  name = name.substr(0, name.find_first_of("=/"));
  return find_agency(name) != nullptr;
}

/// "PTI ADV UK DV DV", "BSS/SH/AFI/0915 HRS", "AP-NY-08-09-10 1402EDT": an agency and its desk.
bool is_signature(std::string_view text) {
  const std::size_t end = text.find_first_of(" /-");
  if (end == std::string_view::npos || text.size() > 45) return false;
  if (!find_agency(text.substr(0, end)) || !is_ascii_upper(text[0])) return false;
  const std::string_view rest = text.substr(end + 1);
  return all_capitals(rest) && std::all_of(rest.begin(), rest.end(), [](char c) {
           return is_ascii_upper(c) || is_digit(c) || c == ' ' || c == '/' || c == '-' || c == '.';
         });
}

bool is_certain(std::string_view text) {
  return kCertain.find(text) || (text.starts_with("AP-") && is_signature(text)) ||
         is_dashed_agency(text);
}

/// "RHL", "VN VN", "ATK": the desk's initials in capitals, below an end mark.
bool is_desk_capitals(std::string_view text) {
  std::size_t run = 0;
  for (char c : text) {
    if (c == ' ' || c == '/' || c == '.')
      run = 0;
    else if (!is_ascii_upper(c) || ++run > 4)
      return false;
  }
  return text.size() >= 2 && text.size() <= 16;
}

bool is_weak(std::string_view text) {
  return kWeak.find(text) || is_agency_in_brackets(text) || is_signature(text) ||
         (find_agency(text) != nullptr && !text.starts_with("The ")) ||
         starts_with_nocase(text, "(end) ");
}

bool ends_sentence(std::string_view text) {
  for (std::string_view mark : {".", "\"", "!", "?", "\xE2\x80\x9D"})
    if (text.ends_with(mark)) return true;
  return false;
}

/// Offset behind the last sentence; what follows it may be an end mark.
std::size_t behind_last_sentence(std::string_view line) {
  constexpr std::size_t kReach = 50;
  const std::size_t stop = line.size() > kReach ? line.size() - kReach : 0;
  for (std::size_t at = line.size(); at-- > stop + 1;) {
    const char c = line[at];
    const char before = line[at - 1];
    if (is_ascii_letter(before) || before == ' ') continue;
    const bool opens = c == ' ' || is_ascii_upper(c) || c == '(' || c == '-';
    if (opens && ends_sentence(line.substr(0, at))) return at;
  }
  return line.size();
}

std::optional<std::size_t> certain_word_at_end(std::string_view line) {
  static constexpr ByteSet kLastBytes("mtds)-#\xA0");
  if (line.empty() || !kLastBytes.has(line.back())) return std::nullopt;
  for (std::string_view word : {"Enditem", "Endit", "End item", "Item ends", "(END)", "(end)",
                                "-30-", "\xE2\x96\xA0", "(more)", "(MORE)", "-ENDS-", "###"}) {
    if (!line.ends_with(word) || line.size() <= word.size()) continue;
    const std::size_t begin = line.size() - word.size();
    const char before = line[begin - 1];
    if (!is_ascii_letter(before) || word.starts_with('(')) return begin;
  }
  return std::nullopt;
}

}  // namespace

bool is_endmark(std::string_view line) {
  return line.size() <= 45 && (is_certain(line) || is_weak(line) || is_desk_capitals(line));
}

bool is_certain_endmark(std::string_view line) {
  return line.size() <= 45 && is_certain(line);
}

std::optional<std::size_t> trailing_endmark(std::string_view line, bool last) {
  if (const auto begin = certain_word_at_end(line)) return begin;
  const std::size_t behind = behind_last_sentence(line);
  const std::string_view mark = trim_left(line.substr(behind));
  if (mark.empty() || mark.size() == line.size()) return std::nullopt;
  if (is_certain(mark) || (last && is_weak(mark))) return line.size() - mark.size();
  return std::nullopt;
}

}  // namespace wiredesk
