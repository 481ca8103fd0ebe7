// What the words of a caption say: whether they read like a caption, where and when it was taken.
// Pure functions; any thread.
#pragma once

#include <string>
#include <string_view>

namespace wiredesk {

/// "FILE PHOTO: ...", "FILE - ...", "PHOTO: ...": a caption with or without a credit.
bool has_caption_label(std::string_view text);

/// From 0 (nothing speaks for it) to 1: "pictured", "(left)", "is seen", "In this photo", a whole
/// date in a short line.
double caption_wording(std::string_view text);

/// It states what happened, as a sentence of a story or a stand-first does and a caption in note
/// form does not: "... will file an appeal", "..., he said".
bool reads_like_story(std::string_view text);

/// The place that the caption names before its date: "in Beijing, capital of China, Dec. 15".
std::string caption_place(std::string_view text);

}  // namespace wiredesk
