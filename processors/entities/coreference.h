// Short names of people whose full name the article gives: "Xi" for Xi Jinping, "von der Leyen" for
// Ursula von der Leyen. The family name comes first for Chinese, Korean and Vietnamese people (the
// latter are also called by the last part of the name), Ethiopians and Eritreans are called by the
// first one; everybody else by the last, with its particles. A short name that two people of the
// article share stays unresolved.
//
// A short name counts after the first full one; in headlines, which run ahead of the text,
// anywhere.
//
// Scratch of one processor; one thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "processors/entities/gazetteer.h"
#include "processors/entities/resolve.h"

namespace wiredesk::entities {

/// The short forms of a person's full name as it stands in the text; none for a single word.
std::vector<std::string_view> short_forms(std::string_view full_name, std::string_view country);

/// A stretch of text that short names are looked for in.
struct Field {
  std::uint32_t segment = 0;
  std::string_view text;  // what the span counts in
  Span span;
  bool runs_ahead = false;  // a headline
};

/// The mentions by short names, in no order, none of them within one of `resolved`. `fields` are in
/// the article's order, `resolved` in the order of the fields.
std::vector<Resolved> resolve_short_names(const Gazetteer& gazetteer,
                                          const std::vector<Field>& fields,
                                          const std::vector<Resolved>& resolved);

}  // namespace wiredesk::entities
