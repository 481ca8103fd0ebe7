// The rich-text body: paragraphs and sub-heads as XHTML. Pure functions; any thread.
#pragma once

#include <string>
#include <string_view>

namespace wiredesk {

/// Appends `text` as character data; what XML 1.0 cannot hold (most control characters, U+FFFE and
/// U+FFFF) becomes U+FFFD.
void append_xhtml(std::string& out, std::string_view text);

}  // namespace wiredesk
