// The lines of a text: one paragraph each in wire copy.
// Pure functions; any thread.
#pragma once

#include <string_view>
#include <vector>

#include "processors/article.h"

namespace wiredesk {

struct Line {
  Span span;                 // without white space at either end, never empty
  bool after_blank = false;  // an empty line stands above it
};

/// Fills `lines` (its old content goes) with the lines of `text` that hold more than white space.
/// A line ends with LF, CR or both, as it came.
void split_lines(std::string_view text, std::vector<Line>& lines);

/// The span without white space at either end.
Span trim_span(std::string_view text, Span span);

}  // namespace wiredesk
