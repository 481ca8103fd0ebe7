#include "processors/text/credit_words.h"

#include <algorithm>
#include <array>
#include <unordered_set>

#include "processors/text/agencies.h"
#include "processors/text/characters.h"
#include "processors/text/phrases.h"
#include "processors/text/utf8.h"

namespace wiredesk {
namespace {

// Nouns that open a label; longest first where one begins another.
constexpr auto kNouns = make_phrases(
    "picture credits", "picture credit", "photo credits", "photo credit", "image credits",
    "image credit", "image source", "photo source", "image courtesy", "photo courtesy",
    "mandatory credit", "photographs", "photograph", "photography", "photos", "photo", "pictures",
    "picture", "images", "image", "credits", "credit", "fotos", "foto", "bildrechte", "bildquelle",
    "quelle", "bilder", "bild", "symbolfoto", "archivfoto", "illustration", "composite", "graphic",
    "screengrab", "pic", "st photo", "file photo", "file picture", "file image", "video still");

constexpr auto kWholeLabels = make_phrases("courtesy of ", "courtesy ", "\xC2\xA9", "(c) ",
                                           "copyright ", "handout from ", "via ");

constexpr auto kNoise = make_phrases(
    "file photo", "file", "files", "file image", "file pic", "handout", "handouts", "pool",
    "pool photo", "archive", "archives", "archivo", "archiv", "archivbild", "archivfoto",
    "illustration", "stringer", "photo", "photos", "handout photo", "contributed", "supplied",
    "courtesy", "staff", "agencies", "handout via", "symbolbild", "illustrationsfoto", "library",
    "submitted", "provided", "social media", "video", "screengrab", "screenshot", "zb",
    "uncredited", "pictures", "images", "editorial", "files photo", "composite", "graphic",
    "supplied image", "all rights reserved", "reprodução", "photo agency", "reproducción");

constexpr auto kParticles =
    make_phrases("of", "the", "for", "and", "by", "via", "de", "del", "la", "le", "von", "van",
                 "der", "den", "el", "al", "da", "dos", "du", "di", "bin", "ibn", "ben", "y", "e",
                 "und", "to", "in", "at", "on", "from", "des", "für", "zu");

constexpr auto kHouseWords =
    make_phrases("agency", "agencies", "tribune", "times", "news", "bureau", "police", "university",
                 "ministry", "press", "post", "herald", "daily", "journal", "service", "services",
                 "office", "museum", "gallery", "force", "guard", "navy", "army", "government",
                 "council", "club", "company", "corporation", "group", "department", "institute",
                 "foundation", "committee", "images", "pictures", "photo", "handout", "media",
                 "authority", "record", "sentinel", "association", "centre", "center");

// What stands between a label's noun and the name: ":", " by ", " courtesy of ", "...", " -".
constexpr auto kJoints = make_phrases("...", "\xE2\x80\xA6", ":", "by:", "by ", "courtesy of ",
                                      "courtesy: ", "credit: ", "provided to ", "provided by ",
                                      "supplied by ", "from ", "of ");

std::size_t skip_spaces(std::string_view text, std::size_t at) {
  while (const std::size_t size = space_at(text, at)) at += size;
  return at;
}

std::size_t label_joint(std::string_view text, std::size_t at) {
  const std::size_t next = skip_spaces(text, at);
  for (std::string_view joint : kJoints.candidates(text.substr(next))) {
    if (!starts_with_nocase(text.substr(next), joint)) continue;
    if (is_ascii_letter(joint[0]) && next == at) continue;
    return skip_spaces(text, next + joint.size());
  }
  return 0;
}

std::size_t noun_label(std::string_view text) {
  for (std::string_view noun : kNouns.candidates(text)) {
    if (!starts_with_nocase(text, noun)) continue;
    if (const std::size_t end = label_joint(text, noun.size())) return end;
    const std::string_view rest = text.substr(noun.size());
    if (noun == "image source" && rest.starts_with(',')) return skip_spaces(text, noun.size() + 1);
    // "Photo/ANI", "Photo / ANI"
    const std::size_t slash = skip_spaces(text, noun.size());
    if (slash < text.size() && text[slash] == '/') return skip_spaces(text, slash + 1);
  }
  return 0;
}

constexpr ByteSet kMarks("-'.@");  // within a word
constexpr ByteSet kNoName("!?;:\"()[]{}<>=*");

bool is_name_word(std::string_view word) {
  if (begins_upper(word) || is_digit(word[0]) || word[0] == '@' || word[0] == '&') return true;
  if (kParticles.find(word)) return true;
  // "al-Omar", "d'Angelo", "chinadaily.com.cn", and houses that write themselves small ("dpa").
  const auto mark = std::find_if(word.begin(), word.end(), [](char c) { return kMarks.has(c); });
  if (mark != word.begin() && word.end() - mark > 1) return true;
  return find_agency(word) != nullptr;
}

bool ends_sentence(std::string_view word) {
  if (word.ends_with('!') || word.ends_with('?')) return true;
  if (!word.ends_with('.')) return false;
  word.remove_suffix(1);
  if (!word.empty() && is_digit(word.back())) return true;
  // Initials and titles: "J.", "Jr.", "Cpl.", "LPhot.", "U.S."
  return word.size() > 4 && word.find('.') == std::string_view::npos;
}

using Words = std::unordered_set<std::string_view>;

void add_words(std::string_view phrase, Words& words) {
  for (std::size_t at = 0; at < phrase.size();) {
    std::size_t end = at;
    while (end < phrase.size() && is_ascii_lower(phrase[end])) ++end;
    if (end > at) words.insert(phrase.substr(at, end - at));
    at = end + 1;
  }
}

template <typename List>
void add_all(const List& phrases, Words& words) {
  for (std::string_view phrase : phrases) add_words(phrase, words);
}

/// Of labels, noise, particles, agencies, and of what may stand between the parts of a credit.
Words build_credit_words() {
  Words words{"by", "for", "image", "pic", "via"};
  add_all(kNouns.all(), words);
  add_all(kWholeLabels.all(), words);
  add_all(kJoints.all(), words);
  add_all(kNoise.all(), words);
  add_all(kParticles.all(), words);
  add_all(agency_names(), words);
  return words;
}

}  // namespace

bool is_credit_word(std::string_view word) {
  static const Words kWords = build_credit_words();
  return kWords.contains(word);
}

std::size_t credit_label(std::string_view text) {
  if (const std::string_view* label = kWholeLabels.prefix_of(text))
    return skip_spaces(text, label->size());
  return noun_label(text);
}

bool is_credit_noise(std::string_view text) {
  text = trim(text);
  while (text.ends_with('.') || text.ends_with(',')) text.remove_suffix(1);
  return text.empty() || text == "-" || kNoise.find(text) != nullptr;
}

bool is_name_like(std::string_view text, std::size_t max_words) {
  std::size_t words = 0;
  bool capital = false;
  for (std::size_t at = skip_spaces(text, 0); at < text.size(); at = skip_spaces(text, at)) {
    std::size_t end = at;
    while (end < text.size() && !space_at(text, end)) end += utf8::decode(text, end).size;
    const std::string_view word = text.substr(at, end - at);
    if (++words > max_words) return false;
    if (kNoName.in(word)) return false;
    if (word != "-" && word != "|" && word != "/" && !is_name_word(word)) return false;
    if (end < text.size() && ends_sentence(word)) return false;
    capital = capital || begins_upper(word) || word[0] == '@' || word.find('.') != word.npos;
    at = end;
  }
  return capital;
}

bool is_person_like(std::string_view text) {
  if (!is_name_like(text, 5)) return false;
  std::size_t words = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    const std::string_view word = text.substr(at, end - at);
    if (kHouseWords.find(word) || equal_nocase(word, "the") || equal_nocase(word, "of") ||
        equal_nocase(word, "for"))
      return false;
    if (!word.empty()) ++words;
    at = end + 1;
  }
  return words >= 1;
}

}  // namespace wiredesk
