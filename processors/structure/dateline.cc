#include "processors/structure/dateline.h"

#include <algorithm>
#include <array>

#include "processors/text/agencies.h"
#include "processors/text/characters.h"
#include "processors/text/dates.h"
#include "processors/text/utf8.h"

namespace wiredesk {
namespace {

constexpr std::size_t kMaxBytes = 160;
constexpr std::size_t kMaxPlaceWords = 6;

constexpr auto kPlaceParticles = std::to_array<std::string_view>(
    {"de", "del", "la", "las", "los", "le", "les", "el", "al", "of",   "the", "do",
     "da", "dos", "du", "sur", "am",  "an", "der", "im", "en", "upon", "and", "bei"});

// Capitals and a dash, and yet no place.
constexpr auto kNoPlaces = std::to_array<std::string_view>(
    {"UPDATE",    "UPDATES",  "NOTE",      "FILE",      "PHOTO",     "PHOTOS",    "FACTBOX",
     "TIMELINE",  "ANALYSIS", "EXPLAINER", "BRIEF",     "LEAD",      "ADVISORY",  "CORRECTION",
     "CORRECTED", "CORRECTS", "URGENT",    "FLASH",     "BULLETIN",  "ATTENTION", "EDITORS",
     "BREAKING",  "ALERT",    "KILL",      "WITHDRAWN", "EMBARGOED", "HOLD",      "WATCH",
     "VIDEO",     "LIVE",     "EXCLUSIVE", "FOCUS",     "OPINION",   "REFILE"});

constexpr ByteSet kNoPlace("\"*=+<>@#&_!?$%");

class Parser {
 public:
  explicit Parser(std::string_view line) : text_(line.substr(0, kMaxBytes)), line_(line) {}

  std::optional<DatelineMatch> run();

 private:
  bool done() const { return at_ >= text_.size(); }
  char peek() const { return done() ? '\0' : text_[at_]; }
  void skip_spaces() {
    while (const std::size_t size = space_at(text_, at_)) at_ += size;
  }
  std::string_view rest() const { return text_.substr(at_); }

  void skip_number();
  std::string_view word_at(std::size_t at) const;
  bool is_place_word(std::string_view word, bool first) const;
  bool place();
  bool region();
  void places();
  bool date();
  bool leading_agency();
  bool bracketed_agency();
  bool bare_agency();
  void agency();
  std::size_t dashes_at(std::size_t at) const;
  bool terminator();
  bool acceptable() const;
  bool story_follows(std::size_t min_bytes) const;

  std::string_view text_;
  std::string_view line_;
  std::size_t at_ = 0;
  DatelineMatch match_;
  bool capitals_ = false;  // the first place is in capitals
  bool has_place_ = false;
  bool known_ = false;     // the agency is one of the vocabulary
  bool brackets_ = false;  // around the agency
  bool dash_ = false;
  bool colon_ = false;
  bool ended_ = false;
  bool full_stop_ = false;
};

/// "(251215) -- HARBIN, ..."
void Parser::skip_number() {
  if (peek() != '(') return;
  const std::size_t close = text_.find(')');
  if (close == std::string_view::npos || close < 5 || close > 10) return;
  const std::string_view inside = text_.substr(1, close - 1);
  if (!std::all_of(inside.begin(), inside.end(), is_digit)) return;
  at_ = close + 1;
  skip_spaces();
  at_ += dashes_at(at_);
  skip_spaces();
}

std::string_view Parser::word_at(std::size_t at) const {
  std::size_t end = at;
  while (end < text_.size() && !space_at(text_, end)) {
    const char c = text_[end];
    if (c == ',' || c == '/' || c == '(' || c == '[' || c == ':' || c == ';' || c == ')') break;
    if (dashes_at(end) > 0 && (end + dashes_at(end) >= text_.size() || end > at) &&
        (text_[end] != '-' || text_.substr(end).starts_with("--") || end + 1 >= text_.size() ||
         space_at(text_, end + 1)))
      break;
    end += utf8::decode(text_, end).size;
  }
  return text_.substr(at, end - at);
}

bool Parser::is_place_word(std::string_view word, bool first) const {
  if (word.empty()) return false;
  if (std::any_of(word.begin(), word.end(), is_digit)) return false;
  if (kNoPlace.in(word)) return false;
  if (begins_upper(word)) return true;
  const auto is_word = [&](std::string_view each) { return each == word; };
  if (!first && std::any_of(kPlaceParticles.begin(), kPlaceParticles.end(), is_word)) return true;
  // "al-Arish", "el-Balah"
  const std::size_t hyphen = word.find('-');
  return hyphen != std::string_view::npos && hyphen <= 3 && begins_upper(word.substr(hyphen + 1));
}

bool ends_place(std::string_view word) {
  // "MOSCOW." ends a place, "St." and "U.S." and "Wis." do not.
  if (!word.ends_with('.')) return false;
  const std::string_view stem = word.substr(0, word.size() - 1);
  return stem.size() > 3 && all_capitals(stem) && stem.find('.') == std::string_view::npos;
}

bool Parser::place() {
  const std::size_t begin = at_;
  std::size_t end = at_;
  std::size_t words = 0;
  for (std::size_t at = at_; words < kMaxPlaceWords;) {
    std::string_view word = word_at(at);
    if (!is_place_word(word, words == 0)) break;
    if (words > 0 &&
        (match_date(text_, at) || (find_agency(word) && dashes_at(at + word.size() + 1))))
      break;
    if (word == "and") break;
    ++words;
    const bool last = ends_place(word);
    if (last) word.remove_suffix(1);
    end = at + word.size();
    at = end;
    if (last) break;
    const std::size_t space = space_at(text_, at);
    if (space == 0) break;
    at += space;
  }
  if (words == 0 || match_date(text_, begin)) return false;
  const std::string_view name = text_.substr(begin, end - begin);
  if (name.size() < 2) return false;
  // "REUTERS/NAMEKATHMANDU, April 25 (Reuters) -": a credit is glued to the dateline.
  if (end < text_.size() && text_[end] == '/' && find_agency(name)) return false;
  const bool capitals = all_capitals(name, 2);
  if (!has_place_) capitals_ = capitals;
  // Behind a city in capitals, what is not in capitals is its state or country.
  const bool city =
      !has_place_ || (capitals_ && capitals) || (begin > 0 && text_[begin - 1] == '/');
  if (city) match_.places.push_back(title_case(name));
  has_place_ = true;
  at_ = end;
  return true;
}

/// "(Tamil Nadu)", "[India]", "/Kazakhstan/" behind a place.
bool Parser::region() {
  const std::size_t begin = at_;
  skip_spaces();
  const char open = peek();
  const char close = open == '(' ? ')' : open == '[' ? ']' : open == '/' ? '/' : '\0';
  const std::size_t end = close ? text_.find(close, at_ + 1) : std::string_view::npos;
  if (end == std::string_view::npos || end - at_ > 40 || (open == '/' && at_ == begin)) {
    at_ = begin;
    return false;
  }
  const std::string_view inside = text_.substr(at_ + 1, end - at_ - 1);
  const std::size_t behind = end + 1;
  const bool more = behind < text_.size() &&
                    (text_[behind] == ',' || text_[behind] == ' ' || text_[behind] == '/');
  if (find_agency(inside) || !begins_upper(inside) || !more) {
    at_ = begin;
    return false;
  }
  const std::string_view next = trim_left(text_.substr(behind));
  // "(UP), Dec 21", "[India], October 15", "(Tamil Nadu) [India]"
  if (!(next.starts_with(',') || next.starts_with('[') || next.starts_with('(') ||
        next.starts_with('/'))) {
    at_ = begin;
    return false;
  }
  at_ = behind;
  return true;
}

void Parser::places() {
  if (!place()) return;
  for (int count = 0; count < 8; ++count) {
    while (region()) continue;
    const std::size_t before = at_;
    std::size_t joint = 0;
    for (std::string_view each : {", ", "/", " and ", ". ", ","})
      if (rest().starts_with(each)) {
        joint = each.size();
        break;
      }
    if (joint == 0) return;
    at_ += joint;
    skip_spaces();
    if (match_date(text_, at_) || find_agency(word_at(at_)) || !place()) {
      at_ = before;
      return;
    }
  }
}

bool Parser::date() {
  const std::size_t before = at_;
  while (peek() == ',' || peek() == '.') ++at_;
  skip_spaces();
  if (const std::string_view word = word_at(at_); is_weekday(word)) {
    at_ += word.size();
    if (peek() == ',') ++at_;
    skip_spaces();
  }
  const auto match = match_date(text_, at_);
  if (!match) {
    at_ = before;
    return false;
  }
  if (!match_.date || match_.date->year == 0) match_.date = match->date;
  at_ = match->end;
  return true;
}

/// An agency that the vocabulary does not know must at least look like one: "(SIBC)".
bool looks_like_agency(std::string_view text) {
  return text.size() >= 2 && text.size() <= 30 && begins_upper(text) &&
         std::none_of(text.begin(), text.end(), [](char c) { return c == ',' || c == ';'; });
}

bool Parser::bracketed_agency() {
  const std::size_t before = at_;
  while (peek() == ',' || peek() == '.') ++at_;
  skip_spaces();
  std::size_t open = at_;
  if (const std::size_t dash = dashes_at(at_);
      dash > 0 && text_.substr(at_ + dash).starts_with('('))
    open += dash;
  const char bracket = open < text_.size() ? text_[open] : '\0';
  const char close = bracket == '(' ? ')' : bracket == '/' ? '/' : '\0';
  const std::size_t end = close ? text_.find(close, open + 1) : std::string_view::npos;
  if (end == std::string_view::npos || end - open > 70) {
    at_ = before;
    return false;
  }
  const std::string_view inside = trim(text_.substr(open + 1, end - open - 1));
  std::string_view name = inside.substr(0, inside.find(" - "));
  const Agency* agency = find_agency(name);
  if (!agency && name.find('/') != std::string_view::npos) {
    // "dpa/lby" is known to the vocabulary; "RONPHOS/PACNEWS" is two houses.
    agency = find_agency(name.substr(0, name.find('/')));
  }
  if (!agency && (!looks_like_agency(name) || !(has_place_ || match_.date))) {
    at_ = before;
    return false;
  }
  known_ = agency != nullptr;
  match_.agency = agency ? std::string(agency->name) : std::string(name);
  brackets_ = true;
  at_ = end + 1;
  return true;
}

/// "(ANSA) - NAPLES, MAR 13 -": the agency comes first. Without a place or a day behind it, it is a
/// dateline of its own: "(RTTNews) - ...".
bool Parser::leading_agency() {
  const Parser start = *this;
  if (peek() != '(' || !bracketed_agency()) return false;
  skip_spaces();
  const std::size_t dash = dashes_at(at_);
  at_ += dash;
  skip_spaces();
  if (dash > 0 && place() && date() && terminator() && dash_) return true;
  *this = start;
  bracketed_agency();
  return false;
}

/// "Tehran, IRNA -", "YEREVAN, DECEMBER 9, ARMENPRESS.", "TOKYO, Dec. 15, Kyodo -"
bool Parser::bare_agency() {
  const std::size_t before = at_;
  while (peek() == ',') ++at_;
  skip_spaces();
  if (const std::size_t dash = dashes_at(at_)) {  // "Baghdad - INA -"
    at_ += dash;
    skip_spaces();
  }
  std::string_view word = word_at(at_);
  if (word.ends_with('.')) word.remove_suffix(1);
  // Two words at most: "APO Group", "Europa Press".
  const std::size_t second = at_ + word.size();
  if (second < text_.size() && text_[second] == ' ') {
    const std::string_view next = word_at(second + 1);
    const std::string_view both = text_.substr(at_, word.size() + 1 + next.size());
    if (!next.empty() && find_agency(both)) word = both;
  }
  const Agency* agency = find_agency(word);
  if (!agency) {
    at_ = before;
    return false;
  }
  known_ = true;
  match_.agency = agency->name;
  at_ += word.size();
  return true;
}

void Parser::agency() {
  if (bracketed_agency() || bare_agency()) date();
}

/// Bytes of the dashes at `at`: "-", "--", "---", en and em dash, horizontal bar, "_".
std::size_t Parser::dashes_at(std::size_t at) const {
  std::size_t end = at;
  while (end < text_.size()) {
    const std::string_view here = text_.substr(end);
    if (here[0] == '-' || here[0] == '_')
      ++end;
    else if (here.starts_with("\xE2\x80\x93") || here.starts_with("\xE2\x80\x94") ||
             here.starts_with("\xE2\x80\x95") || here.starts_with("\xE2\x88\x92"))
      end += 3;
    else
      break;
  }
  return end - at;
}

bool Parser::terminator() {
  std::size_t end = at_;
  while (end < text_.size() && (text_[end] == '.' || text_[end] == ',')) ++end;
  while (const std::size_t size = space_at(text_, end)) end += size;
  if (const std::size_t dash = dashes_at(end)) {
    dash_ = true;
    at_ = end + dash;
    return true;
  }
  if (end < text_.size() && (text_[end] == ':' || text_[end] == ';')) {
    while (end < text_.size() && (text_[end] == ':' || text_[end] == ';')) ++end;
    colon_ = true;
    at_ = end;
    return true;
  }
  if (peek() == '.' && !match_.agency.empty()) {
    ++at_;
    ended_ = true;
    return true;
  }
  if (at_ == line_.size() && known_ && match_.date) return ended_ = true;
  full_stop_ = peek() == '.' && capitals_ && match_.date;
  if (full_stop_) ++at_;
  return full_stop_ || (brackets_ && known_);
}

bool Parser::story_follows(std::size_t min_bytes) const {
  const std::string_view story = trim_left(line_.substr(std::min(at_, line_.size())));
  return story.size() >= min_bytes;
}

bool Parser::acceptable() const {
  const bool named = !match_.agency.empty();
  if (named && known_ && (has_place_ || match_.date)) return dash_ || colon_ || ended_ || brackets_;
  if (named && known_) return brackets_ && dash_;
  if (named)
    return (has_place_ && match_.date && (dash_ || colon_)) || (capitals_ && (dash_ || colon_));
  if (has_place_ && match_.date) return dash_ || colon_ || (capitals_ && full_stop_);
  if (!has_place_ || !capitals_ || !dash_) return false;
  const std::string& first = match_.places.front();
  const bool none = std::any_of(kNoPlaces.begin(), kNoPlaces.end(), [&](std::string_view each) {
    return starts_with_nocase(first, each);
  });
  return !none && first.size() >= 4 && story_follows(60);
}

std::optional<DatelineMatch> Parser::run() {
  skip_number();
  const std::size_t start = at_;
  if (!leading_agency()) {
    if (match_.agency.empty()) {
      places();
      date();
      agency();
    }
    if (at_ == start || !terminator() || !acceptable()) return std::nullopt;
  }
  match_.end = at_;
  match_.certain = !match_.agency.empty() || match_.date.has_value();
  return std::move(match_);
}

}  // namespace

std::optional<DatelineMatch> match_dateline(std::string_view line) {
  if (line.empty()) return std::nullopt;
  const char first = line[0];
  // Most lines end here: a dateline has a dash, a bracket or a colon within its first bytes.
  if (is_ascii_lower(first) || first == '"') return std::nullopt;
  return Parser(line).run();
}

std::optional<DatelineMatch> find_glued_dateline(std::string_view line) {
  constexpr std::size_t kReach = 60;
  // A line that names so many agencies is a list; looking at all of them could take seconds.
  int agencies_left = 8;
  for (std::size_t open = line.find('('); open != std::string_view::npos && agencies_left > 0;
       open = line.find('(', open + 1)) {
    const std::size_t close = line.substr(0, open + 30).find(')', open);
    if (close == std::string_view::npos || !find_agency(line.substr(open + 1, close - open - 1)))
      continue;
    --agencies_left;
    for (std::size_t at = open > kReach ? open - kReach : 1; at < open; ++at) {
      if (!is_ascii_upper(line[at]) || is_ascii_upper(line[at - 1])) continue;
      auto match = match_dateline(line.substr(at));
      if (!match || match->places.empty() || at + match->end < close) continue;
      const std::string_view place = line.substr(at, match->places[0].size());
      if (!all_capitals(place, 3) || find_agency(place)) continue;
      match->begin = at;
      match->end += at;
      return match;
    }
  }
  return std::nullopt;
}

}  // namespace wiredesk
