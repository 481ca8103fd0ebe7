// The words that credits are made of, and what a name looks like.
// Pure functions over constant tables; any thread.
#pragma once

#include <cstddef>
#include <string_view>

namespace wiredesk {

/// Bytes of the label that `text` begins with, the white space behind it included: "Photo by ",
/// "Foto: ", "Image source, ", "(c) ". 0 where there is none.
std::size_t credit_label(std::string_view text);

/// The word, which is in lower case, may stand in a credit all the same: "photo", "by", "courtesy",
/// "press". Any other one is a sentence's.
bool is_credit_word(std::string_view word);

/// "File Photo", "Handout", "Pool", "Archive": belongs to a credit and names nobody.
bool is_credit_noise(std::string_view text);

/// Words with capitals, initials and particles only, short enough to be a name or two: no sentence.
bool is_name_like(std::string_view text, std::size_t max_words = 9);

/// Name-like, two to four words, and none of them a word of houses ("University", "Police").
bool is_person_like(std::string_view text);

}  // namespace wiredesk
