// Datelines: where, when and by which agency a story was filed, at the start of its first
// paragraph. "BEIJING, Dec. 15 (Xinhua) --", "WASHINGTON (AP) -", "MOSCOW, December 15. /TASS/.",
// "New Delhi [India], December 15 (ANI):", "Madrid, 15 dic (EFE).-", "ERBIL, Kurdistan Region -".
//
// dateline = [number] [places] [date] [agency] [date] end
// places   = place { "/" | "," | " and " place } { "(" region ")" | "[" country "]" }
// agency   = "(" name ")" | "/" name "/" | name
// end      = dashes | ":" | "." | ".-" | nothing, where the agency is in brackets
//
// Pure functions; any thread.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "processors/article.h"

namespace wiredesk {

struct DatelineMatch {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::vector<std::string> places;  // cities; states and countries behind them are left out
  std::string agency;               // "" if none is named
  std::optional<Date> date;
  /// Names an agency, or a place with a day: no other line looks like that. Else a place and a
  /// dash.
  bool certain = false;
};

/// The dateline that `line` begins with.
std::optional<DatelineMatch> match_dateline(std::string_view line);

/// A dateline that a lost line break left in the middle of `line`: "... /NAMEKATHMANDU, April 25
/// (Reuters) - Rescuers ...". Only forms with an agency in brackets and a place in capitals.
std::optional<DatelineMatch> find_glued_dateline(std::string_view line);

}  // namespace wiredesk
