#include "processors/structure/lifecycle.h"

#include <algorithm>
#include <array>

#include "processors/text/characters.h"
#include "processors/text/phrases.h"
#include "processors/text/utf8.h"

namespace wiredesk {
namespace {

using Kind = LifecycleKind;

struct Word {
  std::string_view text;
  Kind kind;
  bool alone = true;  // may fill a line, or stand before a colon or dash
};

// A phrase comes before the word that it begins with.
constexpr auto kWords = Phrases(std::to_array<Word>({
    {"story withdrawn", Kind::kill},
    {"story removed", Kind::kill},
    {"mandatory kill", Kind::kill},
    {"bulletin kill", Kind::kill},
    {"kill kill kill", Kind::kill},
    {"kill", Kind::kill},
    {"withdrawn", Kind::kill},
    {"withdrawal", Kind::kill},
    {"withdraw", Kind::kill},
    {"cancellation", Kind::kill},
    {"cancelled", Kind::kill},
    {"elimination", Kind::kill},
    {"hold hold hold", Kind::withhold},
    {"hold", Kind::withhold},
    {"withhold", Kind::withhold},
    {"sperrfrist", Kind::embargo},
    {"embargoed", Kind::embargo},
    {"embargo", Kind::embargo},
    {"correcting and replacing", Kind::correction},
    {"corrective", Kind::correction},
    {"corrected", Kind::correction},
    {"correction", Kind::correction},
    {"corrects", Kind::correction},
    {"correct", Kind::correction},
    {"berichtigung", Kind::correction},
    {"korrektur", Kind::correction},
    {"corrección", Kind::correction},
    {"correctif", Kind::correction},
    {"rectificatif", Kind::correction},
    {"refile", Kind::correction},
    {"re-sending", Kind::repeat},
    {"resending", Kind::repeat},
    {"re-send", Kind::repeat},
    {"resend", Kind::repeat},
    {"repeating", Kind::repeat},
    {"repeats", Kind::repeat},
    {"repeat", Kind::repeat},
    {"rpt", Kind::repeat},
    {"wiederholung", Kind::repeat},
    {"advisory", Kind::advisory},
    {"diary", Kind::advisory},
    {"wrapup", Kind::roundup},
    {"roundup", Kind::roundup},
    {"zusammenfassung", Kind::roundup},
    {"updates", Kind::update},
    {"updated", Kind::update},
    {"update", Kind::update},
    {"writethru", Kind::update},
    {"write thru", Kind::update},
    {"lead-all", Kind::update},
    {"lead", Kind::update},
    {"ld", Kind::update},
    {"amplía", Kind::update},
    {"amplia", Kind::update},
    {"actualización", Kind::update},
    {"flash", Kind::fresh},
    {"urgente", Kind::fresh},
    {"urgent", Kind::fresh},
    {"eilmeldung", Kind::fresh},
    {"bulletin", Kind::fresh},
    {"newsalert", Kind::fresh},
    {"alert", Kind::fresh},
}));

// Labels of the kind of story; they stack with marks and make none by themselves.
constexpr auto kStoryLabels = make_phrases(
    "exclusive", "breakingviews", "factbox", "timeline", "brief", "analysis", "snapshot", "feature",
    "preview", "explainer", "insight", "newsmaker", "interview", "emerging markets");

int gravity(Kind kind) {
  switch (kind) {
    case Kind::kill:
      return 8;
    case Kind::withhold:
      return 7;
    case Kind::correction:
      return 6;
    case Kind::embargo:
      return 5;
    case Kind::advisory:
      return 4;
    case Kind::roundup:
      return 3;
    case Kind::update:
      return 2;
    case Kind::repeat:
      return 1;
    case Kind::fresh:
      return 0;
  }
  return 0;
}

std::size_t skip_spaces(std::string_view text, std::size_t at) {
  while (const std::size_t size = space_at(text, at)) at += size;
  return at;
}

bool ends_word(std::string_view text, std::size_t at) {
  return at >= text.size() || !is_letter(utf8::decode(text, at).code_point);
}

/// "1st", "2ND", "3rd", "14th", "First": an ordinal before "Ld" or "Lead".
std::size_t ordinal_at(std::string_view text, std::size_t at, int& number) {
  std::size_t end = at;
  int value = 0;
  while (end < text.size() && is_digit(text[end]) && end - at < 2)
    value = value * 10 + (text[end++] - '0');
  if (end == at) return 0;
  for (std::string_view ending : {"st", "nd", "rd", "th"})
    if (starts_with_nocase(text.substr(end), ending)) {
      number = value;
      return skip_spaces(text, end + 2) - at;
    }
  return 0;
}

struct Token {
  std::size_t size = 0;
  Kind kind = Kind::fresh;
  bool story_label = false;
  bool lead = false;
  std::optional<int> sequence;
};

std::optional<int> number_behind(std::string_view text, std::size_t& at) {
  const std::size_t begin = skip_spaces(text, at);
  std::size_t end = begin;
  int value = 0;
  while (end < text.size() && is_digit(text[end]) && end - begin < 3)
    value = value * 10 + (text[end++] - '0');
  if (end == begin || end - begin > 2 || !ends_word(text, end)) return std::nullopt;
  at = end;
  return value;
}

/// Marks are written in capitals or begin with one; a word of a sentence does not.
bool written_as_mark(std::string_view text, std::size_t size) {
  return begins_upper(text) && (size < 2 || text.size() >= size);
}

std::optional<Token> token_at(std::string_view text, std::size_t at) {
  Token token;
  int ordinal = 0;
  const std::size_t ordinal_size = ordinal_at(text, at, ordinal);
  const std::string_view rest = text.substr(at + ordinal_size);
  for (const Word& word : kWords.candidates(rest)) {
    if (!starts_with_nocase(rest, word.text) || !ends_word(rest, word.text.size())) continue;
    token.lead = word.text == "ld" || word.text == "lead";
    if (ordinal_size > 0 && !token.lead) return std::nullopt;
    if (ordinal_size == 0 && !written_as_mark(rest, word.text.size())) return std::nullopt;
    std::size_t end = at + ordinal_size + word.text.size();
    token.kind = word.kind;
    token.sequence = ordinal_size > 0 ? std::optional<int>(ordinal) : number_behind(text, end);
    token.size = end - at;
    return token;
  }
  if (ordinal_size > 0) return std::nullopt;
  for (std::string_view label : kStoryLabels.candidates(rest)) {
    if (!starts_with_nocase(rest, label) || !all_capitals(rest.substr(0, label.size()))) continue;
    if (!ends_word(rest, label.size())) continue;
    token.story_label = true;
    token.size = label.size();
    return token;
  }
  return std::nullopt;
}

/// Bytes of what may stand between two marks or behind the last one.
std::size_t separator_at(std::string_view text, std::size_t at) {
  std::size_t end = skip_spaces(text, at);
  const std::size_t before = end;
  while (end < text.size() && (text[end] == '-' || text[end] == ':' || text[end] == '/')) ++end;
  for (std::string_view dash : {"\xE2\x80\x93", "\xE2\x80\x94"})
    if (text.substr(end).starts_with(dash)) end += dash.size();
  return end > before ? end - at : 0;
}

void merge(const Token& token, LifecycleMatch& match) {
  if (gravity(token.kind) > gravity(match.kind)) match.kind = token.kind;
  if (token.sequence && !match.sequence) match.sequence = token.sequence;
}

/// "BC-AS--Tonga-Earthquake, 2nd Ld-Writethru,0240": a slug line, whole.
std::optional<LifecycleMatch> slug_line(std::string_view line) {
  if (!line.starts_with("BC-") || line.size() > 80) return std::nullopt;
  LifecycleMatch match;
  match.end = line.size();
  for (std::size_t at = 3; at < line.size(); ++at) {
    const char before = line[at - 1];
    if (before != ',' && before != '-' && before != ' ') continue;
    if (const auto token = token_at(line, at)) merge(*token, match);
  }
  return match;
}

/// "KILL KILL KILL", "+++ LEAD +++", "APNewsAlert": nothing else in the line.
std::optional<LifecycleMatch> whole_line(std::string_view line) {
  std::string_view bare = line;
  while (!bare.empty() && (bare[0] == '+' || bare[0] == '*' || bare[0] == '/' || bare[0] == ' '))
    bare.remove_prefix(1);
  while (!bare.empty() && (bare.back() == '+' || bare.back() == '*' || bare.back() == ' '))
    bare.remove_suffix(1);
  if (starts_with_nocase(bare, "ap") && equal_nocase(bare.substr(2), "newsalert"))
    bare.remove_prefix(2);
  LifecycleMatch match;
  match.end = line.size();
  std::size_t at = 0;
  while (at < bare.size()) {
    const auto token = token_at(bare, at);
    if (!token) return std::nullopt;
    merge(*token, match);
    at += token->size;
    const std::size_t separator = separator_at(bare, at);
    at = separator ? skip_spaces(bare, at + separator) : skip_spaces(bare, at);
  }
  if (bare.empty()) return std::nullopt;
  return match;
}

/// "(Berichtigung)", "(Update 1: adds statement by prosecutors)" on a line of its own.
std::optional<LifecycleMatch> bracket_line(std::string_view line) {
  if (line.size() < 5 || line.size() > 200 || line.front() != '(' || line.back() != ')')
    return std::nullopt;
  const auto token = token_at(line, 1);
  if (!token) return std::nullopt;
  LifecycleMatch match;
  match.end = line.size();
  merge(*token, match);
  return match;
}

/// "(LEAD) Seoul's exchange opens", "(2nd LD) ...": Yonhap's marks before a headline.
std::optional<LifecycleMatch> bracket_before_headline(std::string_view line) {
  const std::size_t close = line.find(')');
  if (line[0] != '(' || close == std::string_view::npos || close > 25) return std::nullopt;
  const std::string_view inside = line.substr(0, close);
  LifecycleMatch match;
  match.end = close + 1;
  for (std::size_t at = 1; at < inside.size();) {
    const auto token = token_at(inside, at);
    if (!token || token->story_label) return std::nullopt;
    merge(*token, match);
    at += token->size;
    at = skip_spaces(inside, at + separator_at(inside, at));
  }
  if (skip_spaces(line, match.end) >= line.size()) return std::nullopt;
  return match;
}

}  // namespace

std::optional<LifecycleMatch> match_lifecycle(std::string_view line) {
  if (line.empty()) return std::nullopt;
  if (auto match = slug_line(line)) return match;
  if (auto match = whole_line(line)) return match;
  if (auto match = bracket_line(line)) return match;
  if (auto match = bracket_before_headline(line)) return match;
  LifecycleMatch match;
  bool marked = false;
  std::size_t at = line.starts_with('/') ? 1 : 0;
  while (const auto token = token_at(line, at)) {
    const std::size_t behind = at + token->size;
    const std::size_t separator = separator_at(line, behind);
    // "2ND LEAD Bangladesh ferry disaster" needs no separator, "Lead prices fall" has none either.
    const bool ordinal_lead =
        token->lead && token->sequence && all_capitals(line.substr(at, token->size));
    if (separator == 0 && !ordinal_lead) break;
    merge(*token, match);
    marked = true;
    match.end = behind + separator;
    at = skip_spaces(line, match.end);
  }
  if (!marked || skip_spaces(line, match.end) >= line.size()) return std::nullopt;
  return match;
}

std::optional<LifecycleMatch> match_trailing_lifecycle(std::string_view headline) {
  if (!headline.ends_with(')')) return std::nullopt;
  const std::size_t open = headline.rfind('(');
  if (open == std::string_view::npos || open == 0 || headline.size() - open > 30)
    return std::nullopt;
  const std::string_view inside = headline.substr(open + 1, headline.size() - open - 2);
  LifecycleMatch match;
  match.begin = open;
  match.end = headline.size();
  if (starts_with_nocase(inside, "part ")) {
    std::size_t at = 5;
    match.sequence = number_behind(inside, at);
    match.kind = Kind::update;
    return match.sequence ? std::optional(match) : std::nullopt;
  }
  const auto token = token_at(inside, 0);
  if (!token || token->size != inside.size()) return std::nullopt;
  merge(*token, match);
  return match;
}

std::string_view headline_series(std::string_view headline) {
  static constexpr auto kEndings = std::to_array<std::string_view>(
      {"Focus", "Watch", "Headlines", "Commentary", "Roundup", "Feature", "Interview", "Profile",
       "Spotlight", "Insight", "Explainer", "Factbox", "Analysis", "Letter", "Economy", "Silk Road",
       "Today", "Story", "Review"});
  const std::size_t colon = headline.find(": ");
  if (colon == std::string_view::npos || colon > 40) return {};
  const std::string_view series = headline.substr(0, colon);
  return std::any_of(kEndings.begin(), kEndings.end(),
                     [&](std::string_view each) { return series.ends_with(each); })
             ? series
             : std::string_view();
}

void add_mark(const LifecycleMatch& match, std::string_view line, Lifecycle& lifecycle) {
  std::string_view mark = trim(line.substr(match.begin, match.end - match.begin));
  while (mark.ends_with('-') || mark.ends_with(':') || mark.ends_with(' ')) mark.remove_suffix(1);
  if (lifecycle.mark.empty()) lifecycle.mark = mark;
  if (gravity(match.kind) > gravity(lifecycle.kind)) {
    lifecycle.kind = match.kind;
    lifecycle.mark = mark;
  }
  if (!lifecycle.sequence) lifecycle.sequence = match.sequence;
}

}  // namespace wiredesk
