#include "processors/text/dates.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>

#include "processors/text/characters.h"
#include "processors/text/phrases.h"

namespace wiredesk {
namespace {

struct MonthName {
  std::string_view text;
  int month;
};

// English, German, French, Spanish; without a final full stop, ASCII letters in lower case.
constexpr auto kMonths = Phrases(std::to_array<MonthName>({
    {"january", 1},    {"jan", 1},       {"januar", 1},    {"jänner", 1},     {"janvier", 1},
    {"janv", 1},       {"enero", 1},     {"ene", 1},       {"february", 2},   {"feb", 2},
    {"februar", 2},    {"feber", 2},     {"février", 2},   {"fevrier", 2},    {"févr", 2},
    {"fev", 2},        {"fév", 2},       {"febrero", 2},   {"march", 3},      {"mar", 3},
    {"märz", 3},       {"maerz", 3},     {"mars", 3},      {"marzo", 3},      {"april", 4},
    {"apr", 4},        {"avril", 4},     {"avr", 4},       {"abril", 4},      {"abr", 4},
    {"may", 5},        {"mai", 5},       {"mayo", 5},      {"june", 6},       {"jun", 6},
    {"juni", 6},       {"juin", 6},      {"junio", 6},     {"july", 7},       {"jul", 7},
    {"juli", 7},       {"juillet", 7},   {"juil", 7},      {"julio", 7},      {"august", 8},
    {"aug", 8},        {"août", 8},      {"aout", 8},      {"agosto", 8},     {"ago", 8},
    {"september", 9},  {"sep", 9},       {"sept", 9},      {"septembre", 9},  {"septiembre", 9},
    {"setiembre", 9},  {"october", 10},  {"oct", 10},      {"okt", 10},       {"oktober", 10},
    {"octobre", 10},   {"octubre", 10},  {"november", 11}, {"nov", 11},       {"novembre", 11},
    {"noviembre", 11}, {"december", 12}, {"dec", 12},      {"dez", 12},       {"dezember", 12},
    {"décembre", 12},  {"decembre", 12}, {"déc", 12},      {"diciembre", 12}, {"dic", 12},
    {"sept", 9},
}));

constexpr auto kWeekdays = make_phrases(
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "mon", "tue",
    "tues", "wed", "thu", "thurs", "fri", "sat", "sun", "montag", "dienstag", "mittwoch",
    "donnerstag", "freitag", "samstag", "sonnabend", "sonntag", "lundi", "mardi", "mercredi",
    "jeudi", "vendredi", "samedi", "lunes", "martes", "miércoles", "jueves", "viernes");

/// Reads tokens from left to right; a failed read leaves the position where it was.
class Cursor {
 public:
  Cursor(std::string_view text, std::size_t at) : text_(text), at_(at) {}

  std::size_t at() const { return at_; }
  bool skip(char c) {
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  bool skip_word(std::string_view word) {
    if (!starts_with_nocase(text_.substr(at_), word)) return false;
    at_ += word.size();
    return true;
  }
  void skip_spaces() {
    while (const std::size_t size = space_at(text_, at_)) at_ += size;
  }
  std::string_view word() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && (is_ascii_letter(text_[at_]) || (text_[at_] & 0x80))) {
      if (space_at(text_, at_)) break;
      ++at_;
    }
    return text_.substr(begin, at_ - begin);
  }
  /// Up to `max_digits` digits with no further digit behind them; -1 otherwise.
  int number(std::size_t max_digits) {
    int value = 0;
    std::size_t end = at_;
    while (end < text_.size() && is_digit(text_[end]) && end - at_ <= max_digits)
      value = value * 10 + (text_[end++] - '0');
    if (end == at_ || end - at_ > max_digits) return -1;
    at_ = end;
    return value;
  }
  void back_to(std::size_t at) { at_ = at; }

 private:
  std::string_view text_;
  std::size_t at_;
};

bool plausible_year(int year) {
  return year >= 1800 && year < 2200;
}

int read_year(Cursor& in) {
  const std::size_t start = in.at();
  in.skip(',');
  in.skip_spaces();
  if (in.skip_word("de ")) in.skip_spaces();
  const int year = in.number(4);
  if (plausible_year(year)) return year;
  in.back_to(start);
  return 0;
}

int read_month(Cursor& in) {
  const int month = month_of(in.word());
  if (month != 0) in.skip('.');
  return month;
}

bool skip_ordinal(Cursor& in) {
  for (std::string_view ending : {"st", "nd", "rd", "th", "er"})
    if (in.skip_word(ending)) return true;
  return false;
}

/// "Dec. 15, 2021"
bool month_first(Cursor& in, Date& date) {
  date.month = read_month(in);
  if (date.month == 0) return false;
  in.skip_spaces();
  date.day = in.number(2);
  if (date.day < 1) return false;
  skip_ordinal(in);
  date.year = read_year(in);
  return true;
}

/// "15 Dec 2021", "16. September 2024", "8 de marzo de 2024"
bool day_first(Cursor& in, Date& date) {
  date.day = in.number(2);
  if (date.day < 1) return false;
  if (!skip_ordinal(in)) in.skip('.');
  in.skip_spaces();
  if (in.skip_word("de ")) in.skip_spaces();
  date.month = read_month(in);
  if (date.month == 0) return false;
  date.year = read_year(in);
  return true;
}

/// "2021-12-15"
bool year_first(Cursor& in, Date& date) {
  date.year = in.number(4);
  if (!plausible_year(date.year) || !in.skip('-')) return false;
  date.month = in.number(2);
  if (!in.skip('-')) return false;
  date.day = in.number(2);
  return true;
}

/// "25/04/2022", "16.09.2024": day before month, unless that cannot be.
bool numeric(Cursor& in, Date& date) {
  date.day = in.number(2);
  const char separator = in.skip('/') ? '/' : '.';
  if (date.day < 1 || (separator == '.' && !in.skip('.'))) return false;
  date.month = in.number(2);
  if (date.month < 1 || !in.skip(separator)) return false;
  date.year = in.number(4);
  if (!plausible_year(date.year)) return false;
  if (date.month > 12 && separator == '/') std::swap(date.day, date.month);
  return true;
}

bool starts_word(std::string_view text, std::size_t offset) {
  return offset == 0 ||
         !(is_ascii_letter(text[offset - 1]) || is_digit(text[offset - 1]) ||
           (text[offset - 1] & 0x80)) ||
         space_before(text, offset) > 0;
}

std::chrono::sys_days days_of(const Date& date) {
  return std::chrono::year{date.year} / std::chrono::month{static_cast<unsigned>(date.month)} /
         std::chrono::day{static_cast<unsigned>(date.day)};
}

}  // namespace

int month_of(std::string_view word) {
  if (word.ends_with('.')) word.remove_suffix(1);
  if (word.size() < 3 || word.size() > 11) return 0;
  const MonthName* name = kMonths.find(word);
  return name ? name->month : 0;
}

bool is_weekday(std::string_view word) {
  if (word.ends_with('.')) word.remove_suffix(1);
  return kWeekdays.find(word) != nullptr;
}

bool is_valid(const Date& date) {
  if (date.month < 1 || date.month > 12 || date.day < 1) return false;
  const int year = date.year == 0 ? 2000 : date.year;
  return (std::chrono::year{year} / std::chrono::month{static_cast<unsigned>(date.month)} /
          std::chrono::day{static_cast<unsigned>(date.day)})
      .ok();
}

std::optional<DateMatch> match_date(std::string_view text, std::size_t offset) {
  using Form = bool (*)(Cursor&, Date&);
  static constexpr auto kForms = std::to_array<Form>({month_first, day_first, year_first, numeric});
  if (offset >= text.size()) return std::nullopt;
  const bool digit = is_digit(text[offset]);
  for (std::size_t i = digit ? 1 : 0; i < (digit ? kForms.size() : 1); ++i) {
    Cursor in(text, offset);
    Date date;
    if (!kForms[i](in, date) || !is_valid(date)) continue;
    if (in.at() < text.size() && is_digit(text[in.at()])) continue;
    return DateMatch{date, offset, in.at()};
  }
  return std::nullopt;
}

std::optional<DateMatch> find_date(std::string_view text) {
  std::optional<DateMatch> first;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!(is_ascii_letter(text[i]) || is_digit(text[i])) || !starts_word(text, i)) continue;
    const auto match = match_date(text, i);
    if (!match) continue;
    if (match->date.year != 0) return match;
    if (!first) first = match;
    i = match->end - 1;
  }
  return first;
}

int latest_year(const Date& date, Timestamp time) {
  const auto last = std::chrono::floor<std::chrono::days>(std::chrono::sys_time<Timestamp>(time)) +
                    std::chrono::days(1);
  const int year = static_cast<int>(std::chrono::year_month_day(last).year());
  // Eight years back, since 29 February is a day of leap years only and 1900 was none.
  for (int candidate = year; candidate >= year - 8; --candidate) {
    const Date dated{candidate, date.month, date.day};
    if (is_valid(dated) && days_of(dated) <= last) return candidate;
  }
  return 0;
}

}  // namespace wiredesk
