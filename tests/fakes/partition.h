// The conservation promise as a check: segments partition the source.
#pragma once

#include <string>

#include "processors/article.h"

namespace wiredesk::fakes {

/// What is wrong with the segments of `article`, "" where they partition its source: in order,
/// without overlap, each begins and ends with a character that is no white space, nothing but white
/// space between them, and no cut within a character.
std::string check_partition(const Article& article);

}  // namespace wiredesk::fakes
