// Captions that lost the line breaks around them: "... until Jan 20.A boat leaves Baihe. [Photo by
// NAME/HOUSE]The mayor said ...". Finds where to cut.
// Pure functions; any thread.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace wiredesk {

/// Appends the offsets in `text` at which a caption begins that is glued to the sentence before it,
/// or text begins that is glued to the credit before it. In order; none for most paragraphs.
void find_cuts(std::string_view text, std::vector<std::uint32_t>& cuts);

}  // namespace wiredesk
