#include "daemon/painted_text.h"

#include <algorithm>

#include "processors/text/utf8.h"

namespace wiredesk {

PaintedText::PaintedText(std::string_view text) : text_(text), styles_(text.size()) {
  if (utf8::first_invalid(text) != utf8::kValid) return;
  for (std::size_t i = 0; i < text.size(); ++i)
    if (!utf8::is_continuation(text[i])) begins_.push_back(i);
  begins_.push_back(text.size());
}

std::size_t PaintedText::byte_of(std::size_t code_point) const {
  return code_point < begins_.size() ? begins_[code_point] : text_.size();
}

void PaintedText::paint(std::size_t begin, std::size_t end, Style style) {
  if (begins_.empty()) return;
  for (std::size_t i = byte_of(begin); i < byte_of(end); ++i) styles_[i] = style;
}

StyledText PaintedText::styled(std::size_t begin, std::size_t end) const {
  StyledText out;
  while (begin < end) {
    std::size_t next = begin + 1;
    while (next < end && styles_[next] == styles_[begin]) ++next;
    out.add(text_.substr(begin, next - begin), styles_[begin]);
    begin = next;
  }
  return out;
}

}  // namespace wiredesk
