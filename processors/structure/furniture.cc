#include "processors/structure/furniture.h"

#include <algorithm>
#include <array>

#include "processors/text/characters.h"
#include "processors/text/credit_words.h"
#include "processors/text/dates.h"

namespace wiredesk {
namespace {

template <std::size_t N>
bool starts_with_any(std::string_view line, const std::array<std::string_view, N>& prefixes) {
  return std::any_of(prefixes.begin(), prefixes.end(),
                     [&](std::string_view each) { return starts_with_nocase(line, each); });
}

template <std::size_t N>
bool contains_any(std::string_view line, const std::array<std::string_view, N>& pieces) {
  return std::any_of(pieces.begin(), pieces.end(), [&](std::string_view each) {
    return line.find(each) != std::string_view::npos;
  });
}

template <std::size_t N>
bool equals_any(std::string_view line, const std::array<std::string_view, N>& words) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view each) { return equal_nocase(line, each); });
}

constexpr auto kBylineOpeners = std::to_array<std::string_view>(
    {"by: ", "by ", "von ", "por ", "par ", "photographs by ", "reporting from ", "text by "});

constexpr auto kHouses = std::to_array<std::string_view>(
    {"associated press", "the associated press", "staff writer", "staff writers", "reuters",
     "xinhua", "bbc news", "cgtn", "kyodo", "rudaw", "agencies", "news wires", "newsvoir"});

constexpr auto kHouseEndings = std::to_array<std::string_view>(
    {" writer", " writers", " correspondent", " reporter", " editor", " staff writer"});

constexpr auto kTrailerOpeners =
    std::to_array<std::string_view>({"(reporting by",
                                     "reporting by",
                                     "(additional reporting",
                                     "additional reporting",
                                     "(writing by",
                                     "writing by",
                                     "*writing by",
                                     "(editing by",
                                     "editing by",
                                     "- editing by",
                                     "(compiled by",
                                     "compiled by",
                                     "(reported by",
                                     "reported by",
                                     "edited by",
                                     "(edited by",
                                     "our standards:",
                                     "source:",
                                     "sources:",
                                     "editor:",
                                     "editors:",
                                     "web editor:",
                                     "translated by",
                                     "translator/editor:",
                                     "additional sources",
                                     "information from:",
                                     "(with inputs from",
                                     "with inputs from",
                                     "(with agency",
                                     "(video reporter",
                                     "(xinhua reporters",
                                     "published:",
                                     "updated:",
                                     "first published:",
                                     "published on",
                                     "(redacción",
                                     "- redaktion:",
                                     "redaktion:",
                                     "(global business and finance news)",
                                     "follow us on",
                                     "(inputs from",
                                     "a version of this",
                                     "copyright (c)",
                                     "(this story",
                                     "(this version"});

// Pieces that only trailers hold, cut so that they begin with a rare letter: the search goes from
// one such letter to the next.
constexpr auto kTrailerPieces = std::to_array<std::string_view>(
    {"buted to this report", "buted to this story", "buted reporting", "buting reporting",
     "buted to the story", "buted to the report", "buted)", "witter at http",
     "Messaging: ", "All rights reserved", "be followed at http", "y responsible for all content"});

constexpr auto kNoteOpeners = std::to_array<std::string_view>({"(adds",
                                                               "(updates",
                                                               "(recasts",
                                                               "(corrects",
                                                               "(correcting",
                                                               "(refiles",
                                                               "(refiling",
                                                               "(repeats",
                                                               "(removes",
                                                               "(fixes",
                                                               "(clarifies",
                                                               "(eds:",
                                                               "eds:",
                                                               "^eds:",
                                                               "eds.:",
                                                               "**eds:",
                                                               "(editors:",
                                                               "editors:",
                                                               "editors' note",
                                                               "editor's note",
                                                               "(editor's note",
                                                               "attention -",
                                                               "attention editors",
                                                               "(attention",
                                                               "note to editors",
                                                               "notes to editors",
                                                               "(note to",
                                                               "(the author is",
                                                               "(changes",
                                                               "(rewrites",
                                                               "(with ",
                                                               "(new throughout",
                                                               "(neu:",
                                                               "(achtung",
                                                               "embargoed:",
                                                               "embargoed until",
                                                               "for immediate release",
                                                               "(inserts",
                                                               "(restores",
                                                               "an earlier version of th"});

constexpr auto kNoteBlocks = std::to_array<std::string_view>(
    {"## note to editors", "# notizblock", "## notebook", "# notebook", "## redaktionelle hinweise",
     "die folgenden informationen sind nicht", "the following information is not", "## notizblock",
     "## internet", "## orte", "## dpa-kontakte", "## editorial contacts", "## dpa contacts"});

constexpr auto kBoilerplateLines =
    std::to_array<std::string_view>({"zczc",
                                     "advertisement",
                                     "skip advertisement",
                                     "story continues below advertisement",
                                     "share",
                                     "share/save",
                                     "share this article",
                                     "read more",
                                     "read more:",
                                     "related",
                                     "related tags:",
                                     "tags",
                                     "tags:",
                                     "keywords",
                                     "summary",
                                     "image",
                                     "photo",
                                     "photos",
                                     "most viewed",
                                     "more to read",
                                     "more on this story",
                                     "sign me up",
                                     "sign up",
                                     "leave a comment",
                                     "report an error",
                                     "explore further",
                                     "editor's picks",
                                     "more from",
                                     "comments",
                                     "print",
                                     "email",
                                     "online:",
                                     "latest news",
                                     "topics",
                                     "more on this topic",
                                     "recommended",
                                     "related stories",
                                     "toggle caption",
                                     "listen",
                                     "watch",
                                     "newsletter",
                                     "context news",
                                     "contacts",
                                     "about"});

constexpr auto kBoilerplateOpeners = std::to_array<std::string_view>({"read more:",
                                                                      "read also:",
                                                                      "read:",
                                                                      "also read",
                                                                      "related:",
                                                                      "related tags",
                                                                      "short link",
                                                                      "follow us",
                                                                      "more from ",
                                                                      "purchase licensing rights",
                                                                      "view all (",
                                                                      "tags:",
                                                                      "sign up for",
                                                                      "subscribe to",
                                                                      "click here",
                                                                      "copyright \xC2\xA9",
                                                                      "copyright (c)",
                                                                      "© ",
                                                                      "photo - http",
                                                                      "video - http",
                                                                      "logo - http",
                                                                      "view original content",
                                                                      "news id",
                                                                      "event id",
                                                                      "(this story has",
                                                                      "this story was generated by",
                                                                      "(except for the headline",
                                                                      "(the above story",
                                                                      "disclaimer",
                                                                      "for more such",
                                                                      "why you can trust",
                                                                      "keep up to date",
                                                                      "you can unsubscribe",
                                                                      "join our",
                                                                      "don't miss",
                                                                      "download ",
                                                                      "the post ",
                                                                      "this press release"});

std::string_view after_opener(std::string_view line) {
  for (std::string_view opener : kBylineOpeners)
    if (starts_with_nocase(line, opener)) return line.substr(opener.size());
  return {};
}

bool is_clock(std::string_view word) {
  return word.size() >= 4 && word.size() <= 8 && is_digit(word[0]) &&
         std::all_of(word.begin(), word.end(),
                     [](char c) { return is_digit(c) || c == ':' || c == '.'; }) &&
         word.find_first_of(":.") != std::string_view::npos;
}

/// "hh-po/gd/nsk", "burs/srm", "er/szg/enb", "hss.aam": the desk's initials.
bool is_desk_initials(std::string_view line) {
  if (line.size() < 4 || line.size() > 30) return false;
  if (line.find('/') == std::string_view::npos) return false;
  std::size_t run = 0;
  for (char c : line) {
    if (c == '/' || c == '-') {
      if (run == 0) return false;
      run = 0;
    } else if (!is_ascii_lower(c) || ++run > 4) {
      return false;
    }
  }
  return run > 0;
}

/// "dpa rgl yyzz a3 lm"
bool is_dpa_signature(std::string_view line) {
  // "191630 Jan 23"
  if (line.size() == 13 && std::all_of(line.begin(), line.begin() + 6, is_digit) &&
      month_of(line.substr(7, 3)) != 0)
    return true;
  return line.starts_with("dpa ") && line.size() < 40 && !line.ends_with('.') &&
         std::none_of(line.begin(), line.end(), is_ascii_upper);
}

/// "(Syria-UN-Refugees)", "[Nigeria-Kidnap-Rescue]"
bool is_slug(std::string_view text) {
  if (text.size() < 5 || text.size() > 50) return false;
  if (!((text.front() == '(' && text.back() == ')') || (text.front() == '[' && text.back() == ']')))
    return false;
  const std::string_view inside = text.substr(1, text.size() - 2);
  return begins_upper(inside) && inside.find('-') != std::string_view::npos &&
         inside.find('/') == std::string_view::npos && inside.find(' ') == std::string_view::npos &&
         std::none_of(inside.begin(), inside.end(), is_digit);
}

/// "hrnoh@yna.example", "(name@agency.example)": the reporter's address alone in its line.
bool is_mail_address(std::string_view line) {
  const std::size_t sign = line.find('@');
  if (sign == 0 || sign == std::string_view::npos || line.size() > 60) return false;
  return line.find('.', sign) != std::string_view::npos &&
         line.find(' ') == std::string_view::npos && line.find('/') == std::string_view::npos;
}

bool is_initials(std::string_view text) {
  return text.size() >= 6 - 2 && text.size() <= 6 && text.front() == '(' && text.back() == ')' &&
         std::all_of(text.begin() + 1, text.end() - 1, is_ascii_lower);
}

}  // namespace

bool is_byline(std::string_view line) {
  if (line.size() > 160) return false;
  if (line.starts_with('^')) line.remove_prefix(1);
  if (line.ends_with('=')) line.remove_suffix(1);
  const std::string_view names = after_opener(line);
  if (names.empty() || line.ends_with('.') || line.ends_with(':')) return false;
  if (!is_name_like(names.substr(0, names.find(',')), 14)) {
    return starts_with_nocase(names, "xinhua writer") || starts_with_nocase(names, "sportswriter");
  }
  return true;
}

bool is_byline_house(std::string_view line) {
  if (line.size() > 60) return false;
  if (line.starts_with('^')) line.remove_prefix(1);
  if (line.ends_with('=')) line.remove_suffix(1);
  if (equals_any(line, kHouses)) return true;
  return std::any_of(kHouseEndings.begin(), kHouseEndings.end(),
                     [&](std::string_view each) { return ends_with_nocase(line, each); }) &&
         is_name_like(line.substr(0, line.rfind(' ')), 6);
}

bool is_copyright(std::string_view line) {
  return starts_with_nocase(line, "copyright ") && line.size() < 160 &&
         (line.find("\xC2\xA9") != std::string_view::npos || line.find_first_of("0123456789") < 16);
}

bool is_trailer(std::string_view line) {
  if (is_copyright(line)) return true;
  if (starts_with_any(line, kTrailerOpeners)) return true;
  if (line.size() < 600 && contains_any(line, kTrailerPieces)) return true;
  if (is_slug(line) || is_initials(line) || is_desk_initials(line) || is_dpa_signature(line))
    return true;
  if (is_mail_address(line) || equal_nocase(line, "the ap")) return true;
  return line.starts_with("((") && line.ends_with("))");
}

std::optional<std::size_t> trailing_slug(std::string_view line) {
  if (!line.ends_with(')') && !line.ends_with(']')) return std::nullopt;
  const std::size_t open = line.find_last_of("([");
  if (open == std::string_view::npos || open == 0 || !is_slug(line.substr(open)))
    return std::nullopt;
  // Two hyphens or capitals throughout: "(Syria-UN-Refugees)", never "(Al-Qaeda)".
  const std::string_view slug = line.substr(open);
  const bool sure = std::count(slug.begin(), slug.end(), '-') >= 2 || all_capitals(slug);
  return sure ? std::optional(open) : std::nullopt;
}

bool is_note(std::string_view line) {
  return starts_with_any(line, kNoteOpeners) || line.ends_with("///");
}

bool opens_notes(std::string_view line) {
  return starts_with_any(line, kNoteBlocks);
}

bool is_page_line(std::string_view line) {
  static constexpr auto kLines = std::to_array<std::string_view>(
      {"advertisement", "advertising", "skip advertisement", "story continues below advertisement",
       "article continues below advertisement", "after newsletter promotion", "read also"});
  static constexpr auto kOpeners = std::to_array<std::string_view>(
      {"read more:", "read also:", "also read:", "(the story has been", "(this is an unedited",
       "(disclaimer", "(advertorial"});
  if (equals_any(line, kLines) || starts_with_any(line, kOpeners)) return true;
  // "3 of 6"
  const std::size_t of = line.find(" of ");
  return line.size() <= 10 && of != std::string_view::npos && of > 0 && line.size() > of + 4 &&
         std::all_of(line.begin(), line.begin() + static_cast<std::ptrdiff_t>(of), is_digit) &&
         std::all_of(line.begin() + static_cast<std::ptrdiff_t>(of) + 4, line.end(), is_digit);
}

bool is_boilerplate(std::string_view line) {
  if (is_page_line(line)) return true;
  return equals_any(line, kBoilerplateLines) || starts_with_any(line, kBoilerplateOpeners);
}

bool is_timestamp(std::string_view line) {
  if (line.size() > 60) return false;
  bool told = false;
  for (std::size_t at = 0; at < line.size();) {
    if (const auto date = match_date(line, at)) {
      told = true;
      at = date->end;
      continue;
    }
    std::size_t end = at;
    while (end < line.size() && line[end] != ' ' && line[end] != ',') ++end;
    const std::string_view word = line.substr(at, end - at);
    static constexpr auto kOther = std::to_array<std::string_view>(
        {"BST",     "PT",        "PST",  "PDT",  "SGT",  "JST",  "WAT",   "EAT", "Update",
         ":",       "am",        "pm",   "a.m.", "p.m.", "GMT",  "UTC",   "ET",  "EDT",
         "EST",     "CET",       "CEST", "IST",  "AEDT", "AEST", "GMT+3", "hrs", "at",
         "Updated", "Published", "on",   "-",    "|",    "•",    "LOCAL", "TIME"});
    if (is_clock(word))
      told = true;
    else if (!word.empty() && !is_weekday(word) && !equals_any(word, kOther))
      return false;
    at = end + 1;
  }
  return told;
}

}  // namespace wiredesk
