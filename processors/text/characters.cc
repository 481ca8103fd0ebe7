#include "processors/text/characters.h"

#include <utf8proc.h>

#include <algorithm>
#include <array>

#include "processors/text/utf8.h"

namespace wiredesk {
namespace {

bool is_ascii(char32_t code_point) {
  return code_point < 0x80;
}

utf8proc_category_t category(char32_t code_point) {
  return utf8proc_category(static_cast<utf8proc_int32_t>(code_point));
}

constexpr auto kParticles =
    std::to_array<std::string_view>({"de", "del", "do", "da", "dos", "du", "of", "and", "the",
                                     "sur", "am", "an", "der", "upon", "en", "la"});

bool is_particle(std::string_view word) {
  return std::any_of(kParticles.begin(), kParticles.end(),
                     [&](std::string_view each) { return equal_nocase(each, word); });
}

void append_lower(std::string& out, std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const utf8::Decoded at = utf8::decode(text, i);
    utf8::append(
        out, static_cast<char32_t>(utf8proc_tolower(static_cast<utf8proc_int32_t>(at.code_point))));
    i += at.size;
  }
}

void append_capitalised(std::string& out, std::string_view word) {
  if (word.empty()) return;
  std::size_t first = utf8::decode(word, 0).size;
  // "L'AQUILA" is "L'Aquila", "XI'AN" is "Xi'an".
  if (word.size() > first + 1 && word[first] == '\'')
    first += 1 + utf8::decode(word, first + 1).size;
  out.append(word.substr(0, first));
  append_lower(out, word.substr(first));
}

}  // namespace

bool is_space(char32_t c) {
  if (is_ascii(c)) return is_ascii_space(static_cast<char>(c));
  return c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 ||
         c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

bool is_upper(char32_t c) {
  if (is_ascii(c)) return is_ascii_upper(static_cast<char>(c));
  const utf8proc_category_t kind = category(c);
  return kind == UTF8PROC_CATEGORY_LU || kind == UTF8PROC_CATEGORY_LT;
}

bool is_lower(char32_t c) {
  if (is_ascii(c)) return is_ascii_lower(static_cast<char>(c));
  return category(c) == UTF8PROC_CATEGORY_LL;
}

bool is_letter(char32_t c) {
  if (is_ascii(c)) return is_ascii_letter(static_cast<char>(c));
  const utf8proc_category_t kind = category(c);
  return kind >= UTF8PROC_CATEGORY_LU && kind <= UTF8PROC_CATEGORY_LO;
}

bool all_capitals(std::string_view text, std::size_t letters) {
  std::size_t seen = 0;
  for (std::size_t i = 0; i < text.size();) {
    const utf8::Decoded at = utf8::decode(text, i);
    if (is_lower(at.code_point)) return false;
    if (is_upper(at.code_point)) ++seen;
    i += at.size;
  }
  return seen >= letters;
}

std::string title_case(std::string_view text) {
  if (!all_capitals(text)) return std::string(text);
  std::string out;
  std::size_t start = 0;
  while (start < text.size()) {
    const std::size_t end = std::min(text.find_first_of(" -./", start), text.size());
    const std::string_view word = text.substr(start, end - start);
    if (start > 0 && text[start - 1] == ' ' && is_particle(word))
      append_lower(out, word);
    else
      append_capitalised(out, word);
    if (end < text.size()) out.push_back(text[end]);
    start = end + 1;
  }
  return out;
}

}  // namespace wiredesk
