// What stands around a name: is it at the beginning of a sentence, and does it look like a piece of
// a longer name ("Michael Jordan", "Jordan Henderson")?
//
// Pure functions; any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "processors/article.h"

namespace wiredesk::entities {

/// Nothing of the same sentence stands before `offset` within the range that begins at `begin`.
bool at_sentence_start(std::string_view text, std::size_t begin, std::size_t offset);

/// The word right before a name.
enum class Before : std::uint8_t {
  plain,            // nothing, punctuation, a small word
  titled,           // a title or an office: "Mr. Jordan", "President Xi"
  perhaps_capital,  // capitalised, but for its place in the sentence or as a direction ("South")
  capital,          // capitalised: "Michael Jordan"
};
Before before(std::string_view text, Span range, Span name);

/// A capitalised word right after a name that is no date, title or acronym: "Jordan Henderson".
bool capital_after(std::string_view text, Span range, Span name);

}  // namespace wiredesk::entities
