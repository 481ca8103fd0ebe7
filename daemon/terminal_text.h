// Text for a terminal: styled, wrapped by what characters really occupy, and harmless, whatever
// bytes it was made of. Control characters, bidirectional overrides and bytes that are not UTF-8
// come out as visible stand-ins, so that no article can send an escape sequence to the terminal.
//
// Values and pure functions; any thread; nothing here fails.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace wiredesk {

enum class Style : std::uint8_t {
  plain,
  faint,
  strong,
  error,
  headline,
  lifecycle,
  dateline,
  byline,
  caption,
  credit,
  subhead,
  endmark,
  person,
  organisation,
  place,
  event,
  demonym,
};

/// One character with the marks that combine with it, and the columns that it occupies.
struct Cell {
  std::string text;
  int width = 1;
  Style style = Style::plain;
};
using StyledLine = std::vector<Cell>;
int width_of(const StyledLine& line);

class StyledText {
 public:
  StyledText() = default;
  explicit StyledText(std::string_view bytes, Style style = Style::plain) { add(bytes, style); }

  /// Any bytes; line ends (LF, CR LF) break the line.
  StyledText& add(std::string_view bytes, Style style = Style::plain);
  bool empty() const { return cells_.empty(); }

  /// Lines of at most `width` columns, broken at spaces and between wide characters; continued
  /// lines begin with `indent` spaces.
  std::vector<StyledLine> wrap(int width, int indent = 0) const;

 private:
  void add_code_point(std::int32_t code_point, std::string_view bytes, Style style);
  void add_stand_in(std::string_view text);

  std::vector<Cell> cells_;
};

/// At most `max_lines`: where there are more, the middle gives way to one line that says how many
/// words it had.
std::vector<StyledLine> shorten(std::vector<StyledLine> lines, std::size_t max_lines);

/// Lines as text, one line end each; ANSI colours only with `colour`.
std::string render(const std::vector<StyledLine>& lines, bool colour);
/// Two columns with a rule between them, `width` columns together.
std::string render_side_by_side(const std::vector<StyledLine>& left,
                                const std::vector<StyledLine>& right, int width, bool colour);

}  // namespace wiredesk
