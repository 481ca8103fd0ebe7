#include "processors/text/lines.h"

#include <algorithm>
#include <cstring>

#include "processors/text/characters.h"

namespace wiredesk {
namespace {

std::size_t find_byte(std::string_view text, std::size_t from, char byte) {
  if (from >= text.size()) return text.size();
  const void* found = std::memchr(text.data() + from, byte, text.size() - from);
  return found ? static_cast<std::size_t>(static_cast<const char*>(found) - text.data())
               : text.size();
}

}  // namespace

Span trim_span(std::string_view text, Span span) {
  const std::string_view from = text.substr(span.begin, span.size());
  const std::string_view kept = trim(from);
  if (kept.empty()) return {span.begin, span.begin};
  const auto begin = static_cast<std::uint32_t>(kept.data() - text.data());
  return {begin, begin + static_cast<std::uint32_t>(kept.size())};
}

void split_lines(std::string_view text, std::vector<Line>& lines) {
  lines.clear();
  // Each byte is sought by memchr, and a text without CR is searched for it only once.
  std::size_t next_lf = find_byte(text, 0, '\n');
  std::size_t next_cr = find_byte(text, 0, '\r');
  bool blank = false;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(next_lf, next_cr);
    const Span span =
        trim_span(text, {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)});
    if (!span.empty()) lines.push_back({span, blank});
    const bool crlf = end + 1 == next_lf && end == next_cr;
    blank = span.empty();
    begin = end + (crlf ? 2 : 1);
    if (next_lf < begin) next_lf = find_byte(text, begin, '\n');
    if (next_cr < begin) next_cr = find_byte(text, begin, '\r');
  }
}

}  // namespace wiredesk
