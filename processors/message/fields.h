// Small values that both halves of the message write. Pure functions; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "processors/text/json_writer.h"

namespace wiredesk {

/// "picture-1": the name of the first caption's association, and the caption's `ref`.
void write_picture_name(std::size_t number, JsonWriter& json);
/// One string: "Ana Kovac, Jun Mori".
void write_joined(const std::vector<std::string>& names, JsonWriter& json);
void write_strings(const std::vector<std::string>& values, JsonWriter& json);
/// Whether `text` is a date-time of RFC 3339, section 5.6; other times are not published as one.
bool is_rfc3339(std::string_view text);

}  // namespace wiredesk
