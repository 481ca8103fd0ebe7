#include "daemon/terminal_text.h"

#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <iterator>

namespace wiredesk {
namespace {

constexpr std::string_view kReset = "\x1b[0m";
constexpr std::string_view kRule = " \u2502 ";
constexpr int kRuleWidth = 3;

// The terminal's own sixteen colours, so that they suit whatever background it has.
std::string_view colour_of(Style style) {
  static constexpr std::array<std::string_view, 17> kColours{
      "",             // plain
      "\x1b[2m",      // faint
      "\x1b[1m",      // strong
      "\x1b[1;31m",   // error
      "\x1b[1;4m",    // headline
      "\x1b[30;43m",  // lifecycle
      "\x1b[36m",     // dateline
      "\x1b[34m",     // byline
      "\x1b[32m",     // caption
      "\x1b[2;32m",   // credit
      "\x1b[1;35m",   // subhead
      "\x1b[31m",     // endmark
      "\x1b[1;33m",   // person
      "\x1b[1;34m",   // organisation
      "\x1b[1;36m",   // place
      "\x1b[1;35m",   // event
      "\x1b[4;36m",   // demonym
  };
  return kColours[static_cast<std::size_t>(style)];
}

bool is_line_end(const Cell& cell) {
  return cell.text == "\n";
}
bool is_space(const Cell& cell) {
  return cell.text == " ";
}

// Formatting characters that people write with, and that move nothing on the screen.
bool is_joiner(std::int32_t code_point) {
  return code_point == 0x200C || code_point == 0x200D;
}

bool is_printable(std::int32_t code_point) {
  if (is_joiner(code_point)) return true;
  switch (utf8proc_category(code_point)) {
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_CF:
    case UTF8PROC_CATEGORY_CS:
    case UTF8PROC_CATEGORY_CO:
    case UTF8PROC_CATEGORY_CN:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
      return false;
    default:
      return true;
  }
}

std::string hexadecimal(const char* format, unsigned value) {
  char text[16];
  std::snprintf(text, sizeof text, format, value);
  return text;
}

std::string control_picture(std::int32_t code_point) {
  const char last = code_point == 0x7F ? '\xA1' : static_cast<char>(0x80 + code_point);
  return std::string("\xE2\x90") + last;
}

// Where a line that begins at `begin` has to end, and where the next one begins.
struct Break {
  std::size_t end;
  std::size_t next;
};

Break find_break(const std::vector<Cell>& cells, std::size_t begin, int width) {
  int used = 0;
  Break best{begin, begin};
  for (std::size_t i = begin; i < cells.size(); ++i) {
    const Cell& cell = cells[i];
    if (is_line_end(cell)) return {i, i + 1};
    if (is_space(cell)) best = {i, i + 1};
    if (used + cell.width > width) {
      if (best.end > begin) return best;
      return i > begin ? Break{i, i} : Break{i + 1, i + 1};
    }
    used += cell.width;
    if (cell.width == 2) best = {i + 1, i + 1};
  }
  return {cells.size(), cells.size()};
}

std::size_t count_words(const StyledLine& line) {
  std::size_t words = 0;
  bool inside = false;
  for (const Cell& cell : line) {
    words += !is_space(cell) && !inside;
    inside = !is_space(cell);
  }
  return words;
}

StyledLine one_line(std::string_view text, Style style) {
  const std::vector<StyledLine> lines = StyledText(text, style).wrap(1000);
  return lines.empty() ? StyledLine{} : lines.front();
}

void append(std::string& out, const StyledLine& line, bool colour) {
  Style current = Style::plain;
  for (const Cell& cell : line) {
    if (colour && cell.style != current) {
      if (current != Style::plain) out.append(kReset);
      out.append(colour_of(cell.style));
      current = cell.style;
    }
    out.append(cell.text);
  }
  if (current != Style::plain) out.append(kReset);
}

}  // namespace

int width_of(const StyledLine& line) {
  int width = 0;
  for (const Cell& cell : line) width += cell.width;
  return width;
}

StyledText& StyledText::add(std::string_view bytes, Style style) {
  while (!bytes.empty()) {
    if (bytes.starts_with("\r\n")) bytes.remove_prefix(1);
    utf8proc_int32_t code_point = -1;
    const utf8proc_ssize_t size =
        utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(bytes.data()),
                         static_cast<utf8proc_ssize_t>(bytes.size()), &code_point);
    if (size <= 0)
      add_stand_in(hexadecimal("<%02X>", static_cast<unsigned char>(bytes.front())));
    else
      add_code_point(code_point, bytes.substr(0, static_cast<std::size_t>(size)), style);
    bytes.remove_prefix(size <= 0 ? 1 : static_cast<std::size_t>(size));
  }
  return *this;
}

void StyledText::add_code_point(std::int32_t code_point, std::string_view bytes, Style style) {
  if (code_point == '\n') {
    cells_.push_back({"\n", 0, style});
  } else if (code_point == '\t') {
    cells_.insert(cells_.end(), 4, Cell{" ", 1, style});
  } else if (code_point < 0x20 || code_point == 0x7F) {
    add_stand_in(control_picture(code_point));
  } else if (!is_printable(code_point)) {
    add_stand_in(hexadecimal("<U+%04X>", static_cast<unsigned>(code_point)));
  } else {
    const int width = is_joiner(code_point) ? 0 : utf8proc_charwidth(code_point);
    if (width == 0 && !cells_.empty() && !is_line_end(cells_.back()))
      cells_.back().text.append(bytes);
    else
      cells_.push_back({std::string(bytes), width, style});
  }
}

void StyledText::add_stand_in(std::string_view text) {
  if (static_cast<unsigned char>(text.front()) >= 0x80) {  // one control picture
    cells_.push_back({std::string(text), 1, Style::error});
    return;
  }
  for (const char each : text) cells_.push_back({std::string(1, each), 1, Style::error});
}

std::vector<StyledLine> StyledText::wrap(int width, int indent) const {
  std::vector<StyledLine> lines;
  bool continued = false;
  for (std::size_t begin = 0; begin < cells_.size();) {
    const int margin = continued && indent < width ? indent : 0;
    const Break at = find_break(cells_, begin, std::max(width - margin, 1));
    StyledLine line(static_cast<std::size_t>(margin), Cell{" "});
    std::copy(cells_.begin() + static_cast<std::ptrdiff_t>(begin),
              cells_.begin() + static_cast<std::ptrdiff_t>(at.end), std::back_inserter(line));
    lines.push_back(std::move(line));
    continued = at.next == at.end || !is_line_end(cells_[at.end]);
    begin = at.next;
  }
  return lines;
}

std::vector<StyledLine> shorten(std::vector<StyledLine> lines, std::size_t max_lines) {
  if (lines.size() <= max_lines || max_lines < 3) return lines;
  const std::size_t head = max_lines / 2;
  const std::size_t tail = max_lines - 1 - head;
  const auto from = lines.begin() + static_cast<std::ptrdiff_t>(head);
  const auto to = lines.end() - static_cast<std::ptrdiff_t>(tail);
  std::size_t words = 0;
  for (auto line = from; line != to; ++line) words += count_words(*line);
  *from = one_line(
      "\u00b7\u00b7\u00b7 " + std::to_string(words) + " words left out here \u00b7\u00b7\u00b7",
      Style::faint);
  lines.erase(from + 1, to);
  return lines;
}

std::string render(const std::vector<StyledLine>& lines, bool colour) {
  std::string out;
  for (const StyledLine& line : lines) {
    append(out, line, colour);
    out.push_back('\n');
  }
  return out;
}

std::string render_side_by_side(const std::vector<StyledLine>& left,
                                const std::vector<StyledLine>& right, int width, bool colour) {
  static const StyledLine kNothing;
  const int left_width = (width - kRuleWidth) / 2;
  std::string out;
  for (std::size_t i = 0; i < std::max(left.size(), right.size()); ++i) {
    const StyledLine& line = i < left.size() ? left[i] : kNothing;
    append(out, line, colour);
    out.append(static_cast<std::size_t>(std::max(left_width - width_of(line), 0)), ' ');
    out.append(kRule);
    if (i < right.size()) append(out, right[i], colour);
    out.push_back('\n');
  }
  return out;
}

}  // namespace wiredesk
