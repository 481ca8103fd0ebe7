// Captions that a lost line break glued to the text before or after them: "... on Wednesday.Workers
// load tea. (Xinhua/NAME)The train ...".
// Pure function; any thread.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace wiredesk {

/// Offsets at which `line` is to be cut so that its captions stand on their own; in order, empty
/// for almost every line. Cuts only where a credit proves that a caption is there: in the line, or
/// in the `next` one, which it fills.
std::vector<std::size_t> find_glue(std::string_view line, std::string_view next);

}  // namespace wiredesk
