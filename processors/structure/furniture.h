// The lines around a story that are not the story: bylines, end marks, trailers, notes to editors,
// the web page's own lines. Each function judges one trimmed line by its form; where it stands is
// the business of layout.h.
// Pure functions; any thread.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace wiredesk {

/// "By NAME", "by Xinhua writers NAME and NAME", "Von NAME, dpa".
bool is_byline(std::string_view line);
/// What follows a byline on a line of its own: "Associated Press", "AP Business Writer".
bool is_byline_house(std::string_view line);

/// "Enditem", "(END)", "REUTER", "-30-", "==Kyodo", "--IANS", "###": nothing else in the line.
bool is_endmark(std::string_view line);
/// Of these, the ones that end a story wherever they stand; "___" and "(ANI)" are not among them.
bool is_certain_endmark(std::string_view line);
/// Where the end mark begins that stands behind the last sentence of `line`; it reaches to the end.
/// `last`: no story follows, so that weaker forms count, too ("(ANI)", "PTI ABC DE", "ends").
std::optional<std::size_t> trailing_endmark(std::string_view line, bool last);

/// "(Reporting by NAME; Editing by NAME)", "Source: ...", "2024-06-24 20:41:15", "hh-po/gd/nsk".
bool is_trailer(std::string_view line);
/// "Copyright 2024 The House. All rights reserved": of these, one that looks like a credit.
bool is_copyright(std::string_view line);
/// Where a slug in brackets begins that ends a paragraph: "... police said.
/// (Bolivia-Bus-Accident)".
std::optional<std::size_t> trailing_slug(std::string_view line);

/// "(Adds quotes, background)", "Eds: ...", "ATTENTION - ADDS toll ///", "## Note to editors".
bool is_note(std::string_view line);
/// From here on nothing is for publication: dpa's block of notes at the end.
bool opens_notes(std::string_view line);

/// Lines of web pages and feeds: "Advertisement", "ZCZC", "Read more: ...", "View all (3)".
bool is_boilerplate(std::string_view line);
/// Of these, the ones that are no story's wherever they stand: "Advertisement", "3 of 6".
bool is_page_line(std::string_view line);
/// A line that is nothing but a date or time: "15 January 2024, 2:05 pm".
bool is_timestamp(std::string_view line);

}  // namespace wiredesk
