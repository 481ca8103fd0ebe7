#include "processors/text/credit.h"

#include <algorithm>
#include <array>
#include <utility>

#include "processors/text/agencies.h"
#include "processors/text/characters.h"
#include "processors/text/credit_words.h"

namespace wiredesk {
namespace {

constexpr std::size_t kMaxCreditBytes = 200;
constexpr std::size_t kMaxAgencyBytes = 60;

/// What the parts of a credit turned out to be.
struct Parts {
  std::vector<const Agency*> agencies;
  std::vector<std::string_view> names;
  bool photo_word = false;  // "AP Photo"
  bool noise = false;       // "File", "Handout"
  bool label = false;       // "Photo by"
  bool via = false;
  bool slash = false;  // "NAME/HOUSE"
};

std::size_t find_nocase(std::string_view text, std::string_view what) {
  const auto found = std::search(text.begin(), text.end(), what.begin(), what.end(),
                                 [](char a, char b) { return ascii_lower(a) == ascii_lower(b); });
  return found == text.end() ? std::string_view::npos
                             : static_cast<std::size_t>(found - text.begin());
}

bool take_name(std::string_view part, Parts& parts);

/// False where the part can be none of a credit.
bool take_part(std::string_view part, Parts& parts) {
  while (const std::size_t label = credit_label(part)) {
    parts.label = true;
    part.remove_prefix(label);
    // "Copyright 2026 The AP"
    if (part.size() > 5 && std::all_of(part.begin(), part.begin() + 4, is_digit) && part[4] == ' ')
      part.remove_prefix(5);
  }
  part = trim(part);
  while (part.ends_with('.') && part.size() > 3 && !is_ascii_upper(part[part.size() - 2]))
    part.remove_suffix(1);
  if (part.empty()) return true;
  // No agency has so long a name; most sentences end here.
  if (part.size() > kMaxAgencyBytes && !is_name_like(part)) return false;
  if (is_credit_noise(part)) {
    parts.photo_word = parts.photo_word || starts_with_nocase(part, "file ");
    return parts.noise = true;
  }
  bool photo = false;
  if (const Agency* agency = find_picture_agency(part, photo)) {
    parts.agencies.push_back(agency);
    parts.photo_word = parts.photo_word || photo;
    return true;
  }
  return take_name(part, parts);
}

bool take_name(std::string_view part, Parts& parts) {
  if (!is_name_like(part)) return false;
  // "APP photo by NAME"
  if (const std::size_t by = find_nocase(part, " photo by "); by != std::string_view::npos) {
    parts.photo_word = true;
    return take_part(part.substr(0, by), parts) && take_part(part.substr(by + 10), parts);
  }
  // "NAME for The Washington Post"
  if (const std::size_t with = find_nocase(part, " for "); with != std::string_view::npos) {
    if (const Agency* agency = find_agency(part.substr(with + 5))) {
      parts.agencies.push_back(agency);
      parts.via = true;
      part = trim(part.substr(0, with));
    }
  }
  parts.names.push_back(part);
  // "Reporting by NAME" is no picture credit.
  return part.find(" by ") == std::string_view::npos;
}

/// Bytes of the separator at `at`: "/", "|", ";", ",", " - ", " via ".
std::size_t separator_at(std::string_view text, std::size_t at, Parts& parts) {
  const char c = text[at];
  parts.slash = parts.slash || c == '/' || c == '|';
  if (c == '/' || c == '|' || c == ';' || c == ',') return 1;
  if (c != ' ') return 0;
  const std::string_view rest = text.substr(at);
  for (std::string_view dash : {" - ", " \xE2\x80\x93 ", " \xE2\x80\x94 "})
    if (rest.starts_with(dash)) return dash.size();
  if (!starts_with_nocase(rest, " via ")) return 0;
  parts.via = true;
  return 5;
}

std::optional<Parts> split_parts(std::string_view text) {
  Parts parts;
  // The whole may be one name with a separator in it: "AFP-JIJI", "dpa/lby", "Getty Images/iStock".
  bool photo = false;
  const Agency* whole = text.size() <= kMaxAgencyBytes ? find_picture_agency(text, photo) : nullptr;
  if (whole) {
    parts.agencies.push_back(whole);
    parts.photo_word = photo;
    return parts;
  }
  std::size_t begin = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t size = separator_at(text, at, parts);
    if (size == 0) {
      ++at;
      continue;
    }
    parts.slash = parts.slash || text[at] == '/';
    if (!take_part(text.substr(begin, at - begin), parts)) return std::nullopt;
    at += size;
    begin = at;
  }
  if (!take_part(text.substr(begin), parts)) return std::nullopt;
  return parts;
}

bool is_pollster(std::string_view name) {
  static constexpr auto kPollsters =
      std::to_array<std::string_view>({"ipsos", "yougov", "gallup", "marist", "norc", "opinium"});
  return std::any_of(kPollsters.begin(), kPollsters.end(),
                     [&](std::string_view each) { return starts_with_nocase(name, each); });
}

double rate_without_agency(const Parts& parts) {
  if (parts.label) return !parts.names.empty() ? 0.9 : parts.noise ? 0.85 : 0;
  if (parts.via) return 0.7;
  // "File photo" is of pictures alone, "Handout" is not.
  if (parts.names.empty()) return parts.photo_word ? 0.65 : parts.noise ? 0.5 : 0;
  if (parts.names.size() == 1) return parts.noise ? 0.5 : 0.2;
  const bool person = std::any_of(parts.names.begin(), parts.names.end(), [](auto name) {
    return is_person_like(name) && name.find(' ') != std::string_view::npos;
  });
  // Names in a row are a sentence's as well: "France, Italy"; "NAME/HOUSE" is a credit's alone.
  return person && parts.slash && parts.names.size() == 2 ? 0.75 : 0.2;
}

double rate(const Parts& parts) {
  if (parts.agencies.empty()) return rate_without_agency(parts);
  if (parts.names.empty()) {
    const bool pictures = std::any_of(parts.agencies.begin(), parts.agencies.end(),
                                      [](const Agency* each) { return each->pictures_only; });
    if (parts.label || parts.photo_word || parts.noise || parts.via) return 0.95;
    if (pictures) return parts.agencies.size() > 1 ? 0.9 : 0.8;
    return parts.agencies.size() > 1 ? 0.5 : 0.3;
  }
  if (std::any_of(parts.names.begin(), parts.names.end(), is_pollster)) return 0;
  if (parts.label || parts.photo_word || parts.via) return 0.98;
  // "NAME, Associated Press" is a byline, too.
  return parts.slash ? 0.96 : 0.7;
}

/// Spaces around slashes and runs of white space go.
std::string normalised(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    if (const std::size_t size = space_at(text, at)) {
      at += size;
      if (!out.empty() && out.back() != ' ' && out.back() != '/') out.push_back(' ');
      continue;
    }
    if (text[at] == '/' && out.ends_with(' ')) out.pop_back();
    out.push_back(text[at++]);
  }
  while (out.ends_with(' ')) out.pop_back();
  return out;
}

void add_people(std::string_view names, std::vector<std::string>& people) {
  for (std::string_view joint : {" and ", " und ", " & ", " et "}) {
    const std::size_t at = names.find(joint);
    if (at == std::string_view::npos) continue;
    add_people(names.substr(0, at), people);
    add_people(names.substr(at + joint.size()), people);
    return;
  }
  if (is_person_like(trim(names))) people.push_back(normalised(names));
}

const Agency* leading_agency(const Parts& parts) {
  for (const Agency* agency : parts.agencies)
    if (!agency->pictures_only) return agency;
  return parts.agencies.empty() ? nullptr : parts.agencies.front();
}

/// Of two unknown names one is the house: the one that cannot be a person, else the last.
std::string_view unknown_house(const Parts& parts) {
  if (parts.names.size() < 2)
    return parts.names.empty() || is_person_like(parts.names[0]) ? std::string_view()
                                                                 : parts.names[0];
  for (std::string_view name : parts.names)
    if (!is_person_like(name) || name.find(' ') == std::string_view::npos) return name;
  return parts.names.back();
}

std::string_view strip_labels(std::string_view text) {
  text = trim(text);
  constexpr std::string_view kRights = " All rights reserved";
  const std::string_view bare = text.substr(0, text.size() - (text.ends_with('.') ? 1 : 0));
  if (ends_with_nocase(bare, kRights)) {
    text = trim_right(bare.substr(0, bare.size() - kRights.size()));
    if (text.ends_with('.')) text.remove_suffix(1);
  }
  for (std::string_view dash : {"-", "\xE2\x80\x93", "\xE2\x80\x94", "|", ","})
    if (text.starts_with(dash)) text = trim_left(text.substr(dash.size()));
  return text;
}

}  // namespace

std::optional<Credit> parse_credit(std::string_view text) {
  text = strip_labels(text);
  if (text.empty() || text.size() > kMaxCreditBytes) return std::nullopt;
  const std::optional<Parts> split = split_parts(text);
  if (!split) return std::nullopt;
  const Parts& parts = *split;
  Credit credit;
  credit.confidence = rate(parts);
  credit.label = parts.label || parts.photo_word || parts.via;
  if (credit.confidence <= 0) return std::nullopt;
  std::string_view house;
  if (const Agency* agency = leading_agency(parts))
    credit.agency = agency->name;
  else
    credit.agency = house = unknown_house(parts);
  for (std::string_view name : parts.names)
    if (name != house) add_people(name, credit.photographers);
  while (const std::size_t label = credit_label(text)) text.remove_prefix(label);
  credit.line = normalised(text);
  return credit;
}

}  // namespace wiredesk
