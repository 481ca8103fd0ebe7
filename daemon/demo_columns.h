// The two columns of demo_view: a record's raw text with its segments marked, and what came of it.
// Pure functions; any thread; what a message lacks is left out.
#pragma once

#include <boost/json/value.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "daemon/demo_view.h"
#include "daemon/terminal_text.h"

namespace wiredesk {

/// `message` may be null: there is none, or it is not JSON. Without colour the kinds of the
/// segments are named in a margin.
std::vector<StyledLine> source_column(std::string_view value, const boost::json::value& message,
                                      int width, bool colour);

std::vector<StyledLine> message_column(const boost::json::value& message, int width,
                                       const ViewOptions& options);
std::vector<StyledLine> buried_column(const BuriedRecord& letter, std::string_view original,
                                      int width);
std::vector<StyledLine> dropped_column(const DroppedArticle& dropped, int width,
                                       const ViewOptions& options);

Style style_of_segment(std::string_view kind);
Style style_of_entity(std::string_view type);

// A message's fields by JSON pointer; what is missing or of another type is "", 0 or empty.
std::string_view text_at(const boost::json::value& value, std::string_view pointer);
std::int64_t number_at(const boost::json::value& value, std::string_view pointer);
const boost::json::array& array_at(const boost::json::value& value, std::string_view pointer);
/// "01-name.txt" where the article was shown before, else the uri itself.
std::string name_of(std::string_view uri, const ViewOptions& options);

}  // namespace wiredesk
