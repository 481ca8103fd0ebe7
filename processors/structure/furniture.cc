#include "processors/structure/furniture.h"

#include <algorithm>
#include <array>

#include "processors/text/characters.h"
#include "processors/text/credit_words.h"
#include "processors/text/dates.h"
#include "processors/text/phrases.h"

namespace wiredesk {
namespace {

template <std::size_t N>
bool contains_any(std::string_view line, const std::array<std::string_view, N>& pieces) {
  return std::any_of(pieces.begin(), pieces.end(), [&](std::string_view each) {
    return line.find(each) != std::string_view::npos;
  });
}

constexpr auto kBylineOpeners = make_phrases("by: ", "by ", "von ", "por ", "par ",
                                             "photographs by ", "reporting from ", "text by ");

constexpr auto kHouses = make_phrases("associated press", "the associated press", "staff writer",
                                      "staff writers", "reuters", "xinhua", "bbc news", "cgtn",
                                      "kyodo", "rudaw", "agencies", "news wires", "newsvoir");

constexpr auto kHouseEndings = std::to_array<std::string_view>(
    {" writer", " writers", " correspondent", " reporter", " editor", " staff writer"});

constexpr auto kTrailerOpeners = make_phrases(
    "(reporting by", "reporting by", "(additional reporting", "additional reporting", "(writing by",
    "writing by", "*writing by", "(editing by", "editing by", "- editing by", "(compiled by",
    "compiled by", "(reported by", "reported by", "edited by", "(edited by",
    "our standards:", "source:", "sources:", "editor:", "editors:", "web editor:", "translated by",
    "translator/editor:", "additional sources", "information from:", "(with inputs from",
    "with inputs from", "(with agency", "(video reporter", "(xinhua reporters",
    "published:", "updated:", "first published:", "published on", "(redacción",
    "- redaktion:", "redaktion:", "(global business and finance news)", "follow us on",
    "(inputs from", "a version of this", "copyright (c)", "(this story", "(this version");

// Pieces that only trailers hold, cut so that they begin with a rare letter: the search goes from
// one such letter to the next.
constexpr auto kTrailerPieces = std::to_array<std::string_view>(
    {"buted to this report", "buted to this story", "buted reporting", "buting reporting",
     "buted to the story", "buted to the report", "buted)", "witter at http",
     "Messaging: ", "All rights reserved", "be followed at http", "y responsible for all content"});

constexpr auto kNoteOpeners = make_phrases(
    "(adds", "(updates", "(recasts", "(corrects", "(correcting", "(refiles", "(refiling",
    "(repeats", "(removes", "(fixes", "(clarifies",
    "(eds:", "eds:", "^eds:", "eds.:", "**eds:", "(editors:", "editors:", "editors' note",
    "editor's note", "(editor's note", "attention -", "attention editors", "(attention",
    "note to editors", "notes to editors", "(note to", "(the author is", "(changes", "(rewrites",
    "(with ", "(new throughout", "(neu:", "(achtung", "embargoed:", "embargoed until",
    "for immediate release", "(inserts", "(restores", "an earlier version of th");

constexpr auto kNoteBlocks = make_phrases(
    "## note to editors", "# notizblock", "## notebook", "# notebook", "## redaktionelle hinweise",
    "die folgenden informationen sind nicht", "the following information is not", "## notizblock",
    "## internet", "## orte", "## dpa-kontakte", "## editorial contacts", "## dpa contacts");

constexpr auto kBoilerplateLines = make_phrases(
    "zczc", "advertisement", "skip advertisement", "story continues below advertisement", "share",
    "share/save", "share this article", "read more", "read more:", "related",
    "related tags:", "tags", "tags:", "keywords", "summary", "image", "photo", "photos",
    "most viewed", "more to read", "more on this story", "sign me up", "sign up", "leave a comment",
    "report an error", "explore further", "editor's picks", "more from", "comments", "print",
    "email", "online:", "latest news", "topics", "more on this topic", "recommended",
    "related stories", "toggle caption", "listen", "watch", "newsletter", "context news",
    "contacts", "about");

constexpr auto kBoilerplateOpeners = make_phrases(
    "read more:", "read also:", "read:", "also read", "related:", "related tags", "short link",
    "follow us", "more from ", "purchase licensing rights", "view all (", "tags:", "sign up for",
    "subscribe to", "click here", "copyright \xC2\xA9", "copyright (c)", "© ", "photo - http",
    "video - http", "logo - http", "view original content", "news id", "event id",
    "(this story has", "(except for the headline", "(the above story", "disclaimer",
    "for more such", "why you can trust", "keep up to date", "you can unsubscribe", "join our",
    "don't miss", "download ", "the post ", "this press release");

std::string_view after_opener(std::string_view line) {
  const std::string_view* opener = kBylineOpeners.prefix_of(line);
  return opener ? line.substr(opener->size()) : std::string_view();
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
  if (kHouses.find(line)) return true;
  return std::any_of(kHouseEndings.begin(), kHouseEndings.end(),
                     [&](std::string_view each) { return ends_with_nocase(line, each); }) &&
         is_name_like(line.substr(0, line.rfind(' ')), 6);
}

bool is_trailer(std::string_view line) {
  if (kTrailerOpeners.prefix_of(line)) return true;
  if (line.size() < 600 && contains_any(line, kTrailerPieces)) return true;
  if (is_slug(line) || is_initials(line) || is_desk_initials(line) || is_dpa_signature(line))
    return true;
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
  return kNoteOpeners.prefix_of(line) || line.ends_with("///");
}

bool opens_notes(std::string_view line) {
  return kNoteBlocks.prefix_of(line);
}

/// "3 of 6": the counter of a gallery.
bool is_counter(std::string_view line) {
  const std::size_t of = line.find(" of ");
  return line.size() <= 10 && of != std::string_view::npos && is_digit(line[0]) &&
         is_digit(line.back()) && std::none_of(line.begin(), line.end(), is_ascii_upper);
}

bool is_boilerplate(std::string_view line) {
  return is_counter(line) || kBoilerplateLines.find(line) || kBoilerplateOpeners.prefix_of(line);
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
    static constexpr auto kOther = make_phrases(
        "am", "pm", "a.m.", "p.m.", "GMT", "UTC", "ET", "EDT", "EST", "CET", "CEST", "IST", "AEDT",
        "AEST", "GMT+3", "hrs", "at", "Updated", "Published", "on", "-", "|", "•", "LOCAL", "TIME");
    if (is_clock(word))
      told = true;
    else if (!word.empty() && !is_weekday(word) && !kOther.find(word))
      return false;
    at = end + 1;
  }
  return told;
}

}  // namespace wiredesk
