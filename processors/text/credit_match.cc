#include <algorithm>
#include <array>

#include "processors/text/agencies.h"
#include "processors/text/characters.h"
#include "processors/text/credit.h"
#include "processors/text/credit_words.h"
#include "processors/text/utf8.h"

namespace wiredesk {
namespace {

constexpr std::size_t kWindowBytes = 240;
constexpr ByteSet kPunctuation(".,;:!?");

/// Offset of the bracket that opens the group which ends before `end`, or npos.
std::size_t opening_bracket(std::string_view line, std::size_t end) {
  const char close = line[end - 1];
  const char open = close == ')' ? '(' : '[';
  int depth = 0;
  const std::size_t stop = end > kWindowBytes ? end - kWindowBytes : 0;
  for (std::size_t at = end; at-- > stop;) {
    if (line[at] == close) ++depth;
    if (line[at] == open && --depth == 0) return at;
  }
  return std::string_view::npos;
}

bool is_bracket_end(std::string_view line, std::size_t end) {
  return end > 0 && (line[end - 1] == ')' || line[end - 1] == ']');
}

/// The archive number that some agencies put behind the credit: "PTI02_04_2024_000071A".
bool is_picture_number(std::string_view text) {
  const auto allowed = [](char c) { return is_ascii_upper(c) || is_digit(c) || c == '_'; };
  return text.size() >= 8 && std::all_of(text.begin(), text.end(), allowed) &&
         std::any_of(text.begin(), text.end(), is_digit);
}

std::size_t end_before_spaces(std::string_view line, std::size_t end) {
  return trim_right(line.substr(0, end)).size();
}

/// A group in brackets that ends at `end`, and further ones right before it.
std::optional<CreditMatch> bracketed(std::string_view line, std::size_t end) {
  constexpr int kMaxGroups = 4;
  std::optional<CreditMatch> match;
  std::size_t at = end;
  for (int group = 0; group < kMaxGroups && is_bracket_end(line, at); ++group) {
    const std::size_t open = opening_bracket(line, at);
    if (open == std::string_view::npos) break;
    const std::string_view inside = line.substr(open + 1, at - open - 2);
    auto credit = parse_credit(inside);
    if (credit && (!match || credit->confidence >= kCreditAlone))
      match = CreditMatch{open, end, std::move(*credit)};
    else if (!is_picture_number(inside))
      break;
    at = end_before_spaces(line, open);
  }
  return match;
}

/// Restrictions of use: "MANDATORY CREDIT", "CHINA OUT", "EDITORIAL USE ONLY/NO SALES".
bool is_restriction(std::string_view text) {
  static constexpr auto kWords = std::to_array<std::string_view>(
      {"MANDATORY CREDIT", " OUT", " ONLY", "NO SALES", "NO ARCHIVES", "NO RESALE"});
  return text.size() <= 120 && all_capitals(text) &&
         std::any_of(kWords.begin(), kWords.end(), [&](std::string_view each) {
           return text.find(each) != std::string_view::npos;
         });
}

/// "(AP Photo/NAME) CHINA OUT", "(AP Photo/NAME) - Copyright AP Photo"
std::optional<CreditMatch> bracket_then_rest(std::string_view line) {
  constexpr std::size_t kMaxRest = 130;
  const std::size_t stop = line.size() > kMaxRest ? line.size() - kMaxRest : 0;
  std::size_t close = line.size();
  while (close > stop && !is_bracket_end(line, close)) --close;
  if (close == stop) return std::nullopt;
  const std::string_view rest = trim(line.substr(close));
  if (rest.empty()) return std::nullopt;
  const bool desk = rest == "." || is_restriction(rest);
  if (!desk && !parse_credit(rest)) return std::nullopt;
  auto match = bracketed(line, close);
  if (!match || match->credit.confidence < kCreditAlone) return std::nullopt;
  match->end = line.size();
  return match;
}

bool is_dash(std::string_view text, std::size_t end, std::size_t& size) {
  for (std::string_view dash : {"-", "\xE2\x80\x93", "\xE2\x80\x94", "|", ","})
    if (text.substr(0, end).ends_with(dash)) {
      size = dash.size();
      return true;
    }
  return false;
}

/// A dash or bar between caption and credit belongs to the credit.
std::size_t with_dash(std::string_view line, std::size_t begin) {
  const std::size_t before = end_before_spaces(line, begin);
  std::size_t size = 0;
  if (before == begin || !is_dash(line, before, size)) return begin;
  const std::size_t at = before - size;
  return at == 0 || space_before(line, at) || size > 1 || line[at] == ',' || line[at] == '|'
             ? at
             : begin;
}

bool is_closing_mark(std::string_view text, std::size_t end) {
  const std::string_view before = text.substr(0, end);
  return before.ends_with('"') || before.ends_with('\'') || before.ends_with(')') ||
         before.ends_with("\xE2\x80\x9D") || before.ends_with("\xE2\x80\x99");
}

std::size_t closing_mark_size(std::string_view text, std::size_t end) {
  return static_cast<unsigned char>(text[end - 1]) >= 0x80 ? 3 : 1;
}

/// What stands before `begin` ends a sentence, or is a dash, or nothing.
bool after_sentence(std::string_view line, std::size_t begin) {
  if (begin >= 2 && line[begin - 1] == ' ' &&
      (is_ascii_letter(line[begin - 2]) || is_digit(line[begin - 2]) || line[begin - 2] == ','))
    return false;
  std::size_t end = end_before_spaces(line, begin);
  if (end == 0) return true;
  std::size_t size = 0;
  if (end != begin && line[end - 1] != ',' && is_dash(line, end, size)) return true;
  if (is_closing_mark(line, end)) end -= closing_mark_size(line, end);
  if (end == 0) return false;
  const char last = line[end - 1];
  return last == '.' || last == '!' || last == '?' || last == ')';
}

/// Most bytes stand behind a letter or digit; they are passed over without another look.
bool may_start_word(std::string_view line, std::size_t at) {
  if (at == 0) return true;
  const char before = line[at - 1];
  return !is_ascii_letter(before) && !is_digit(before) && before != ',';
}

bool is_word_start(std::string_view line, std::size_t at) {
  if (utf8::is_continuation(line[at]) || space_at(line, at)) return false;
  if (at == 0) return true;
  const char before = line[at - 1];
  if (before == ' ') return true;
  if (before == '.' || before == ')' || before == '"' || before == '!' || before == '?')
    return true;
  return space_before(line, at) > 0 || line.substr(at).starts_with("\xC2\xA9");
}

/// "REUTERS/", "AP Photo/", "AFP PHOTO / ": an agency and a slash.
bool opens_with_agency(std::string_view text) {
  const std::size_t slash = text.substr(0, 32).find('/');
  if (slash == std::string_view::npos) return false;
  bool photo = false;
  const Agency* agency = find_picture_agency(text.substr(0, slash), photo);
  return agency && (photo || !is_ascii_lower(text[1]));
}

/// Forms that need no full stop before them.
bool opens_credit(std::string_view text) {
  const bool capital = is_ascii_upper(text[0]) || static_cast<unsigned char>(text[0]) >= 0x80;
  return capital && (credit_label(text) > 0 || opens_with_agency(text));
}

std::optional<CreditMatch> open_credit_at(std::string_view line, std::size_t at) {
  constexpr std::ptrdiff_t kMaxSpaces = 14;
  const std::string_view rest = line.substr(at);
  const bool certain_form = opens_credit(rest);
  if (!certain_form &&
      (!after_sentence(line, at) || std::count(rest.begin(), rest.end(), ' ') > kMaxSpaces))
    return std::nullopt;
  auto credit = parse_credit(rest);
  if (!credit) return std::nullopt;
  // A house alone may be a credit; the caller looks for other evidence.
  const bool house = credit->photographers.empty() && !credit->agency.empty();
  if (!certain_form && credit->confidence < kCreditAlone && !house) return std::nullopt;
  return CreditMatch{with_dash(line, at), line.size(), std::move(*credit)};
}

/// How far back a credit without brackets may begin. A line that ends like a sentence leaves room
/// for a short one only, and one that ends with a quotation for none.
std::size_t window_bytes(std::string_view line) {
  if (line.ends_with('"') || line.ends_with("\xE2\x80\x9D") || line.ends_with('?')) return 0;
  return line.ends_with('.') ? kWindowBytes / 3 : kWindowBytes;
}

/// A word in lower case, "said.", that no credit holds. What has another form may be anything.
bool is_sentence_word(std::string_view word) {
  if (word.ends_with('"')) word.remove_suffix(1);
  if (!word.empty() && kPunctuation.has(word.back())) word.remove_suffix(1);
  return !word.empty() && std::all_of(word.begin(), word.end(), is_ascii_lower) &&
         !is_credit_word(word);
}

/// Where the words begin that end `line` and may be a credit: behind its last sentence word. Most
/// lines end with one.
std::size_t credit_words_begin(std::string_view line) {
  const std::size_t stop = line.size() > kWindowBytes ? line.size() - kWindowBytes : 0;
  std::size_t end = line.size();
  while (end > stop) {
    std::size_t begin = end;
    while (begin > stop && line[begin - 1] != ' ') --begin;
    if (is_sentence_word(line.substr(begin, end - begin))) return end;
    end = begin > stop ? begin - 1 : stop;
  }
  return end;
}

/// Credits without brackets. The earliest place from which all of the rest is a credit wins.
std::optional<CreditMatch> unbracketed(std::string_view line, std::size_t words_begin) {
  const std::size_t reach = window_bytes(line);
  const std::size_t start = line.size() > reach ? line.size() - reach : 0;
  for (std::size_t at = std::max(start, words_begin); at < line.size(); ++at) {
    if (!may_start_word(line, at) || !is_word_start(line, at)) continue;
    if (auto match = open_credit_at(line, at)) return match;
  }
  return std::nullopt;
}

/// "...Wednesday./CFP"
std::optional<CreditMatch> slash_credit(std::string_view line) {
  constexpr std::size_t kMaxBytes = 60;
  const std::size_t stop = line.size() > kMaxBytes ? line.size() - kMaxBytes : 0;
  const std::size_t slash_of_end = line.substr(stop).rfind('/');
  if (slash_of_end == std::string_view::npos) return std::nullopt;
  const std::size_t slash = stop + slash_of_end;
  if (slash == 0 || !(line[slash - 1] == '.' || line[slash - 1] == ' ')) return std::nullopt;
  if (line[slash - 1] == ' ' && !after_sentence(line, slash)) return std::nullopt;
  const std::string_view name = line.substr(slash + 1);
  if (!begins_upper(name) || !is_name_like(name)) return std::nullopt;
  auto credit = parse_credit(name);
  if (!credit) return std::nullopt;
  credit->confidence = std::max(credit->confidence, 0.8);
  return CreditMatch{slash, line.size(), std::move(*credit)};
}

/// The desk's initials behind a credit, "(zwx)", are neither caption nor credit.
std::size_t without_initials(std::string_view line) {
  if (!line.ends_with(')')) return line.size();
  const std::size_t open = opening_bracket(line, line.size());
  if (open == std::string_view::npos || open == 0) return line.size();
  const std::string_view inside = line.substr(open + 1, line.size() - open - 2);
  const bool initials = inside.size() >= 2 && inside.size() <= 4 &&
                        std::all_of(inside.begin(), inside.end(), is_ascii_lower);
  return initials ? end_before_spaces(line, open) : line.size();
}

/// Reuters' page offers the picture for sale right behind its credit.
std::size_t without_offer(std::string_view line) {
  const std::size_t offer = line.find("Purchase Licensing Rights");
  return offer == std::string_view::npos || offer == 0 ? line.size()
                                                       : end_before_spaces(line, offer);
}

std::optional<CreditMatch> match_end(std::string_view line) {
  if (is_bracket_end(line, line.size()))
    if (auto match = bracketed(line, line.size())) return match;
  const std::size_t words_begin = credit_words_begin(line);
  if (words_begin == line.size()) return std::nullopt;
  if (auto match = bracket_then_rest(line)) return match;
  if (auto match = slash_credit(line)) return match;
  return unbracketed(line, words_begin);
}

}  // namespace

std::optional<CreditMatch> match_credit(std::string_view line) {
  // No more than the end of the line is looked at, or lines of a megabyte would cost their square.
  constexpr std::size_t kReach = 4 * kWindowBytes;
  std::size_t skipped = line.size() > kReach ? line.size() - kReach : 0;
  while (skipped < line.size() && utf8::is_continuation(line[skipped])) ++skipped;
  std::string_view end = line.substr(skipped);
  end = end.substr(0, without_offer(end));
  end = end.substr(0, without_initials(end));
  if (end.empty()) return std::nullopt;
  auto match = match_end(end);
  if (!match || (match->begin == 0 && skipped > 0)) return std::nullopt;
  match->begin += skipped;
  match->end += skipped;
  return match;
}

}  // namespace wiredesk
