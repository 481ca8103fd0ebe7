#include "processors/captions/wording.h"

#include <algorithm>
#include <array>

#include "processors/text/characters.h"
#include "processors/text/dates.h"
#include "processors/text/phrases.h"
#include "processors/text/utf8.h"

namespace wiredesk {
namespace {

constexpr auto kLabels = make_phrases(
    "FILE PHOTO", "FILE -", "FILE \xE2\x80\x93", "FILE \xE2\x80\x94",
    "File photo:", "File Photo:", "PHOTO:", "ARCHIVFOTO", "ARCHIV -", "File - ", "FILE PIC",
    "FILE IMAGE", "HANDOUT PHOTO", "This file photo", "This photo taken", "This picture taken",
    "This handout", "In this photo", "In this file photo", "In this image", "This image",
    "Photo taken on", "Photo shows", "File photo shows", "File photo of", "This undated");

constexpr auto kPhrases = std::to_array<std::string_view>({" pictured",    "(left)",
                                                           "(right)",      "(centre)",
                                                           "(center)",     "(L)",
                                                           "(R)",          "(C)",
                                                           "(L-R)",        " is seen ",
                                                           " are seen ",   " file photo",
                                                           "file photo ",  " photo shows",
                                                           "(links)",      "(rechts)",
                                                           "(l.)",         "(r.)",
                                                           "(Archivbild)", " poses for ",
                                                           " pose for ",   "(front ",
                                                           "(top)",        "(2nd ",
                                                           "A view of",    "A general view",
                                                           "An aerial ",   "Aerial photo"});

constexpr auto kFiniteVerbs = std::to_array<std::string_view>(
    {" is ", " are ", " was ", " were ", " has ", " have ", " had ", " will ", " would ", " could ",
     " can ", " may ", " must ", " said", " told "});

constexpr auto kPrepositions =
    std::to_array<std::string_view>({"in ", "at ", "near ", "outside ", "from ", "off ", "over "});

constexpr ByteSet kWordEnds(",;:()[]\"");

bool word_starts(std::string_view text, std::size_t at) {
  return at == 0 || space_before(text, at) > 0;
}

std::size_t word_end(std::string_view text, std::size_t at) {
  while (at < text.size() && !space_at(text, at) && !kWordEnds.has(text[at]))
    at += utf8::decode(text, at).size;
  return at;
}

/// A run of capitalised words, "" where it is a month or a weekday.
std::string_view capitalised_run(std::string_view text, std::size_t begin) {
  std::size_t end = begin;
  for (std::size_t at = begin, words = 0; words < 4 && at < text.size(); ++words) {
    const std::size_t stop = word_end(text, at);
    const std::string_view word = text.substr(at, stop - at);
    if (word.empty() || !begins_upper(word) || month_of(word) || is_weekday(word)) break;
    end = stop;
    if (word.ends_with("'s") || space_at(text, stop) == 0) break;
    at = stop + space_at(text, stop);
  }
  std::string_view run = text.substr(begin, end - begin);
  if (run.ends_with("'s")) run.remove_suffix(2);
  while (run.ends_with('.') && run.size() > 4) run.remove_suffix(1);
  return run;
}

}  // namespace

bool has_caption_label(std::string_view text) {
  const auto labels = kLabels.candidates(text);
  return std::any_of(labels.begin(), labels.end(),
                     [&](std::string_view each) { return text.starts_with(each); });
}

double caption_wording(std::string_view text) {
  double score = has_caption_label(text) ? 0.6 : 0;
  for (std::string_view phrase : kPhrases)
    if (text.find(phrase) != std::string_view::npos) score += 0.3;
  if (text.size() < 400) {
    const auto date = find_date(text);
    if (date && date->date.year != 0) score += 0.3;
  }
  return std::min(score, 1.0);
}

bool reads_like_story(std::string_view text) {
  return std::any_of(kFiniteVerbs.begin(), kFiniteVerbs.end(), [&](std::string_view each) {
    return text.find(each) != std::string_view::npos;
  });
}

std::string caption_place(std::string_view text) {
  const auto date = find_date(text);
  const std::string_view before = text.substr(0, date ? date->begin : text.size());
  std::string_view place;
  for (std::size_t at = 0; at < before.size(); ++at) {
    if (!word_starts(before, at)) continue;
    for (std::string_view preposition : kPrepositions) {
      if (!before.substr(at).starts_with(preposition)) continue;
      const std::string_view run = capitalised_run(before, at + preposition.size());
      if (!run.empty()) place = run;
    }
  }
  return std::string(place);
}

}  // namespace wiredesk
