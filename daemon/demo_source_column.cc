#include <algorithm>
#include <map>

#include "daemon/demo_columns.h"
#include "daemon/painted_text.h"

namespace wiredesk {
namespace {

constexpr int kMarginWidth = 12;  // "boilerplate" and a space
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// Kinds by the byte where their segments begin.
using Kinds = std::map<std::size_t, std::string_view>;

Kinds paint_segments(PaintedText& text, const boost::json::array& segments) {
  Kinds kinds;
  for (const boost::json::value& segment : segments) {
    const std::string_view kind = text_at(segment, "/kind");
    const auto begin = static_cast<std::size_t>(number_at(segment, "/start"));
    const auto end = static_cast<std::size_t>(number_at(segment, "/end"));
    text.paint(begin, end, style_of_segment(kind));
    kinds.emplace(text.byte_of(begin), kind);
  }
  return kinds;
}

// Several segments may share a line; paragraphs are what needs no name.
std::string margin_of(const Kinds& kinds, std::size_t begin, std::size_t end) {
  for (auto kind = kinds.lower_bound(begin); kind != kinds.end() && kind->first < end; ++kind)
    if (kind->second != "paragraph") return std::string(kind->second);
  return {};
}

std::vector<StyledLine> with_margin(std::vector<StyledLine> lines, const std::string& margin) {
  std::string text = margin;
  for (StyledLine& line : lines) {
    text.resize(kMarginWidth, ' ');
    StyledLine cells;
    for (const char each : text) cells.push_back({std::string(1, each), 1, Style::faint});
    line.insert(line.begin(), cells.begin(), cells.end());
    text.clear();
  }
  return lines;
}

std::vector<StyledLine> lines_with_margin(const PaintedText& text, const Kinds& kinds, int width) {
  std::vector<StyledLine> lines;
  for (std::size_t begin = 0; begin < text.text().size();) {
    const std::size_t end = std::min(text.text().find('\n', begin), text.text().size());
    std::vector<StyledLine> wrapped = text.styled(begin, end).wrap(width - kMarginWidth);
    if (wrapped.empty()) wrapped.emplace_back();
    for (StyledLine& line : with_margin(std::move(wrapped), margin_of(kinds, begin, end)))
      lines.push_back(std::move(line));
    begin = end + 1;
  }
  return lines;
}

}  // namespace

std::vector<StyledLine> source_column(std::string_view value, const boost::json::value& message,
                                      int width, bool colour) {
  if (value.starts_with(kByteOrderMark)) value.remove_prefix(kByteOrderMark.size());
  PaintedText text(value);
  // Offsets count in the decoded source; only plain text is its own.
  Kinds kinds;
  if (text_at(message, "/wire/source/format") == "text")
    kinds = paint_segments(text, array_at(message, "/wire/segments"));
  if (colour || kinds.empty()) return text.styled().wrap(width);
  return lines_with_margin(text, kinds, width);
}

}  // namespace wiredesk
