#include "processors/captions/glue.h"

#include "processors/captions/wording.h"
#include "processors/text/agencies.h"
#include "processors/text/characters.h"
#include "processors/text/credit.h"
#include "processors/text/utf8.h"

namespace wiredesk {
namespace {

constexpr double kProof = 0.9;
constexpr std::size_t kLongest = 16384;  // bytes; a longer line is no paragraph
constexpr int kMostProofs = 64;
constexpr double kLoneCredit = 0.85;
constexpr std::size_t kMaxLoneCredit = 120;
constexpr std::size_t kShortest = 30;  // bytes of what is cut off in front of a caption

bool opens_quote(std::string_view text) {
  return text.starts_with('"') || text.starts_with("\xE2\x80\x9C") ||
         text.starts_with("\xE2\x80\x98");
}

bool begins_text(std::string_view text) {
  return begins_upper(text) || opens_quote(text);
}

/// The credit that ends `text` and proves that it is a caption.
std::optional<CreditMatch> proof(std::string_view text) {
  auto match = match_credit(text);
  if (!match || match->end != text.size() || match->begin == 0) return std::nullopt;
  if (match->credit.confidence >= kProof) return match;
  const bool bracket = text.ends_with(')') || text.ends_with(']');
  const std::string_view caption = trim_right(text.substr(0, match->begin));
  const bool signed_sentence = caption.ends_with('.') && find_agency(match->credit.agency);
  return bracket && (signed_sentence || caption_wording(caption) >= 0.3) ? match : std::nullopt;
}

/// Bytes of the letters right before `at`.
std::size_t letters_before(std::string_view text, std::size_t at) {
  std::size_t begin = at;
  while (begin > 0 && at - begin < 8 &&
         (is_ascii_letter(text[begin - 1]) || (text[begin - 1] & 0x80)))
    --begin;
  return at - begin;
}

/// "... KyodoSHARE", "... The GuardianAn 84-year-old": a capital right behind a small letter.
/// "McCoy" and "YouTube" have too little in front or behind.
bool joins_words(std::string_view line, std::size_t at) {
  if (!is_ascii_upper(line[at]) || line.size() - at < kShortest) return false;
  if (is_ascii_lower(line[at - 1])) return letters_before(line, at) > 3;
  // "CREDIT: PAThe King"
  return is_ascii_upper(line[at - 1]) && is_ascii_lower(line[at + 1]);
}

/// A credit may end at `at` and text begin there, with nothing between.
bool may_end_credit(std::string_view line, std::size_t at) {
  const char before = line[at - 1];
  if (before == ')' || before == ']') return begins_text(line.substr(at));
  if (is_ascii_letter(before) && opens_quote(line.substr(at))) return true;
  return joins_words(line, at);
}

bool is_sentence_end(std::string_view text) {
  for (std::string_view quote : {"\"", "\xE2\x80\x9D", "\xE2\x80\x99", "'"})
    if (text.ends_with(quote)) {
      text.remove_suffix(quote.size());
      break;
    }
  if (!text.ends_with('.') && !text.ends_with('!') && !text.ends_with('?')) return false;
  // "St.Petersburg", "Co.Ltd" and "U.S.Army" are one.
  const std::size_t end = text.size() - 1;
  const std::size_t letters = letters_before(text, end);
  const bool word = letters > 3 || (letters > 1 && is_ascii_lower(text[end - letters]));
  return word || (letters == 0 && end > 0 && (is_digit(text[end - 1]) || text[end - 1] == ')'));
}

/// Where a caption begins that `text`, which ends with its credit, holds behind a sentence.
std::size_t glued_start(std::string_view text, std::size_t credit) {
  for (std::size_t at = credit; at-- > kShortest;) {
    if (utf8::is_continuation(text[at]) || !begins_text(text.substr(at))) continue;
    if (is_sentence_end(text.substr(0, at))) return at;
  }
  return 0;
}

/// Behind `at` a sentence may begin without a space before it; most lines hold no such place.
bool may_begin_caption(std::string_view line, std::size_t at) {
  const char before = line[at - 1];
  const bool end = before == '.' || before == '!' || before == '?' || before == '"' ||
                   before == '\'' || (before & 0x80);
  return end && begins_text(line.substr(at)) && is_sentence_end(line.substr(0, at));
}

bool is_lone_credit(std::string_view line) {
  if (line.empty() || line.size() > kMaxLoneCredit) return false;
  const auto match = match_credit(line);
  return match && match->begin == 0 && match->credit.confidence >= kLoneCredit;
}

}  // namespace

std::vector<std::size_t> find_glue(std::string_view line, std::string_view next) {
  std::vector<std::size_t> cuts;
  if (line.size() > kLongest) return cuts;
  std::size_t begin = 0;
  bool glue = false;  // a caption may begin between `begin` and here
  const auto cut_before = [&](std::size_t end) {
    const std::string_view piece = line.substr(begin, end - begin);
    const auto match = proof(piece);
    if (!match) return false;
    const std::size_t start = glue ? glued_start(piece, match->begin) : 0;
    if (start > 0) cuts.push_back(begin + start);
    begin = end;
    glue = false;
    return true;
  };
  int proofs = 0;
  for (std::size_t at = 1; at < line.size() && proofs < kMostProofs; ++at) {
    if (line[at] == ' ' || is_ascii_lower(line[at]) || utf8::is_continuation(line[at])) continue;
    if (may_end_credit(line, at) && ++proofs && cut_before(at))
      cuts.push_back(at);
    else
      glue = glue || may_begin_caption(line, at);
  }
  if (!glue || cut_before(line.size()) || !is_lone_credit(next)) return cuts;
  if (const std::size_t start = glued_start(line.substr(begin), line.size() - begin))
    cuts.push_back(begin + start);
  return cuts;
}

}  // namespace wiredesk
