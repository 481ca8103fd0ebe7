// Finds the gazetteer's names in a text: the longest one at every place, at word boundaries, with
// the capitals that the name asks for. Says nothing yet of what is meant (see resolve.h).
//
// Boundaries: a possessive (China's, the Philippines') ends a name, other apostrophes do not
// (d'Ivoire); both sides of a hyphen are boundaries (China-Russia holds two names), but the longest
// name wins (Asia-Pacific). Addresses (user@example.org, example.org), tickers (<BP.L>) and
// currencies (US$) hold no names.
//
// Inside a matched organisation or event, places, organisations and demonyms are found as well and
// marked nested.
//
// Pure function over a read-only gazetteer; any thread. The text is well-formed UTF-8.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "processors/article.h"
#include "processors/entities/gazetteer.h"

namespace wiredesk::entities {

struct Hit {
  static constexpr std::size_t kMaxCandidates = 4;

  Span span;
  std::array<std::uint32_t, kMaxCandidates> candidates{};  // entries, the likeliest first
  std::uint8_t candidate_count = 0;
  bool common = false;   // the name is also an ordinary word or a first name
  bool shouted = false;  // all in capitals though the name is not
  bool nested = false;
};

/// Appends the hits within `range` of `text`, in order; a nested hit follows its outer one.
void find_names(const Gazetteer& gazetteer, std::string_view text, Span range,
                std::vector<Hit>& hits);

/// Is there a boundary for a name at `offset`, looking only at what lies outside the name?
bool name_may_begin(std::string_view text, std::size_t offset);
bool name_may_end(std::string_view text, std::size_t offset);

}  // namespace wiredesk::entities
