// A text whose ranges were given styles by code-point offsets, the unit of the published message.
// The text is a view that the caller keeps. A value; any thread; ranges outside the text are cut
// off.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "daemon/terminal_text.h"

namespace wiredesk {

class PaintedText {
 public:
  explicit PaintedText(std::string_view text);

  /// From code point `begin` up to `end`. Text that is not UTF-8 has no code points to count and
  /// stays as it is.
  void paint(std::size_t begin, std::size_t end, Style style);
  std::size_t byte_of(std::size_t code_point) const;

  std::string_view text() const { return text_; }
  StyledText styled() const { return styled(0, text_.size()); }
  /// Of the bytes from `begin` up to `end`.
  StyledText styled(std::size_t begin, std::size_t end) const;

 private:
  std::string_view text_;
  std::vector<std::size_t> begins_;  // of each code point, and the end
  std::vector<Style> styles_;        // one a byte
};

}  // namespace wiredesk
