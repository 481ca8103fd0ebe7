#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include "daemon/demo_columns.h"
#include "daemon/painted_text.h"

namespace wiredesk {
namespace {

using boost::json::array;
using boost::json::value;

constexpr std::size_t kMaxBodyLines = 18;
constexpr std::size_t kMaxCaptionLines = 3;
constexpr std::size_t kMaxNames = 12;
constexpr int kNamesIndent = 14;
constexpr std::string_view kDot = " \u00b7 ";
constexpr std::string_view kWikidata = "http://www.wikidata.org/entity/";

class Column {
 public:
  explicit Column(int width) : width_(width) {}

  void add(const StyledText& text, int indent = 0, std::size_t max_lines = 1000) {
    std::vector<StyledLine> lines = shorten(text.wrap(width_, indent), max_lines);
    std::move(lines.begin(), lines.end(), std::back_inserter(lines_));
  }
  void add(std::string_view text, Style style, int indent = 0) {
    add(StyledText(text, style), indent);
  }
  void gap() {
    if (!lines_.empty() && !lines_.back().empty()) lines_.emplace_back();
  }
  std::vector<StyledLine> take() { return std::move(lines_); }

 private:
  int width_;
  std::vector<StyledLine> lines_;
};

void join(std::string& out, std::string_view part, std::string_view between = kDot) {
  if (part.empty()) return;
  if (!out.empty()) out.append(between);
  out.append(part);
}

std::string join_texts(const array& texts) {
  std::string out;
  for (const value& each : texts) join(out, text_at(each, ""), ", ");
  return out;
}

void add_dateline(const value& message, Column& column) {
  std::string facts = join_texts(array_at(message, "/wire/dateline/places"));
  join(facts, text_at(message, "/wire/dateline/agency"));
  join(facts, text_at(message, "/wire/dateline/date"));
  const std::string_view year_from = text_at(message, "/wire/dateline/yearFrom");
  if (!year_from.empty()) facts.append(" (year from the ").append(year_from).append(")");
  column.add(facts, Style::dateline);
}

void add_lifecycle(const value& message, Column& column) {
  const std::string_view kind = text_at(message, "/wire/lifecycle/kind");
  const std::string_view mark = text_at(message, "/wire/lifecycle/mark");
  if (kind.empty() || (kind == "new" && mark.empty())) return;
  StyledText text(" " + std::string(kind) + " ", Style::lifecycle);
  if (!mark.empty()) text.add("  marked " + std::string(mark), Style::faint);
  column.add(text);
}

void add_head(const value& message, Column& column) {
  for (const value& headline : array_at(message, "/item/headlines"))
    column.add(text_at(headline, "/value"), Style::headline);
  add_lifecycle(message, column);
  add_dateline(message, column);
  column.add(text_at(message, "/item/by"), Style::byline);
}

const value* main_body(const value& message) {
  for (const value& body : array_at(message, "/item/bodies"))
    if (text_at(body, "/role") == "main") return &body;
  return nullptr;
}

void paint_subheads(const value& message, PaintedText& body) {
  for (const value& segment : array_at(message, "/wire/segments")) {
    if (text_at(segment, "/kind") != "subhead") continue;
    const std::int64_t begin = number_at(segment, "/body");
    const std::int64_t size = number_at(segment, "/end") - number_at(segment, "/start");
    body.paint(static_cast<std::size_t>(begin), static_cast<std::size_t>(begin + size),
               Style::subhead);
  }
}

void paint_entity(const value& entity, PaintedText& body) {
  const Style style = style_of_entity(text_at(entity, "/type"));
  for (const value& mention : array_at(entity, "/mentions")) {
    const value* nested =
        mention.is_object() ? mention.get_object().if_contains("nested") : nullptr;
    if (text_at(mention, "/field") != "body" || (nested && *nested == value(true))) continue;
    body.paint(static_cast<std::size_t>(number_at(mention, "/start")),
               static_cast<std::size_t>(number_at(mention, "/end")), style);
  }
}

void add_body(const value& message, Column& column) {
  const value* main = main_body(message);
  const std::string_view text = main ? text_at(*main, "/value") : std::string_view{};
  if (text.empty()) {
    boost::system::error_code error;
    const value* gallery = message.find_pointer("/wire/gallery", error);
    column.add(gallery && *gallery == value(true) ? "nothing but captions" : "no body",
               Style::faint);
    return;
  }
  PaintedText body(text);
  paint_subheads(message, body);
  for (const value& entity : array_at(message, "/wire/entities")) paint_entity(entity, body);
  column.add(body.styled(), 0, kMaxBodyLines);
}

std::size_t repetitions(const value& message, const value& caption) {
  const array& segments = array_at(message, "/wire/segments");
  std::size_t count = 0;
  for (const value& index : array_at(caption, "/segments")) {
    const auto at = static_cast<std::size_t>(number_at(index, ""));
    count += at < segments.size() && text_at(segments[at], "/kind") == "caption";
  }
  return count;
}

void add_caption(const value& message, const value& caption, Column& column) {
  StyledText text(text_at(caption, "/ref"), Style::strong);
  column.add(text.add("  ").add(text_at(caption, "/text"), Style::caption), 2, kMaxCaptionLines);
  std::string facts = join_texts(array_at(caption, "/photographers"));
  join(facts, text_at(caption, "/agency"));
  join(facts, text_at(caption, "/date"));
  join(facts, text_at(caption, "/place"));
  const std::size_t times = repetitions(message, caption);
  if (times > 1) join(facts, "stands there " + std::to_string(times) + " times");
  if (!facts.empty()) column.add("  " + facts, Style::credit, 2);
}

std::string_view short_id(std::string_view id) {
  return id.starts_with(kWikidata) ? id.substr(kWikidata.size()) : std::string_view{};
}

void add_names(const value& message, std::string_view type, Column& column) {
  std::string label(type);
  label.resize(kNamesIndent, ' ');
  StyledText names(label, Style::faint);
  std::size_t count = 0;
  for (const value& entity : array_at(message, "/wire/entities")) {
    if (text_at(entity, "/type") != type || ++count > kMaxNames) continue;
    if (count > 1) names.add(", ");
    names.add(text_at(entity, "/name"), style_of_entity(type));
    const std::string_view id = short_id(text_at(entity, "/id"));
    if (!id.empty()) names.add(" ").add(id, Style::faint);
  }
  if (count > kMaxNames) names.add(" and " + std::to_string(count - kMaxNames) + " more");
  if (count > 0) column.add(names, kNamesIndent);
}

void add_relation(const value& message, Column& column, const ViewOptions& options) {
  const std::string_view relation = text_at(message, "/wire/duplicate/relation");
  const std::string_view of = text_at(message, "/wire/duplicate/of");
  if (of.empty()) return;
  column.gap();
  StyledText text(relation, Style::strong);
  column.add(text.add(" of " + name_of(of, options)), 2);
}

void add_header(std::string_view name, std::string_view value, Column& column) {
  StyledText text(name, Style::faint);
  column.add(text.add(": ", Style::faint).add(value), 2, kMaxCaptionLines);
}

std::string_view header(const BuriedRecord& letter, std::string_view name) {
  for (const auto& [key, text] : letter.headers)
    if (key == name) return text;
  return {};
}

}  // namespace

std::vector<StyledLine> message_column(const value& message, int width,
                                       const ViewOptions& options) {
  Column column(width);
  add_head(message, column);
  column.gap();
  add_body(message, column);
  column.gap();
  for (const value& caption : array_at(message, "/wire/captions"))
    add_caption(message, caption, column);
  column.gap();
  for (const std::string_view type : {"person", "organisation", "place", "event", "demonym"})
    add_names(message, type, column);
  add_relation(message, column, options);
  return column.take();
}

std::vector<StyledLine> buried_column(const BuriedRecord& letter, std::string_view original,
                                      int width) {
  Column column(width);
  column.add("dead letter: " + std::string(header(letter, "wiredesk-reason")), Style::error);
  column.add(header(letter, "wiredesk-detail"), Style::plain);
  column.gap();
  column.add("What came in stands in the dead-letter topic, " +
                 std::to_string(letter.value.size()) +
                 (letter.value == original ? " bytes, not one of them changed."
                                           : " bytes, which are not those that came in."),
             Style::plain);
  column.gap();
  for (const auto& [name, text] : letter.headers) add_header(name, text, column);
  return column.take();
}

std::vector<StyledLine> dropped_column(const DroppedArticle& dropped, int width,
                                       const ViewOptions& options) {
  Column column(width);
  column.add("dropped: " + dropped.reason, Style::error);
  if (!dropped.repeats.empty())
    column.add("repeats " + name_of(dropped.repeats, options), Style::strong, 2);
  column.gap();
  column.add(
      "Nothing is published. That it came, and why it went no further, stands in the state "
      "topic and in the metrics.",
      Style::plain);
  return column.take();
}

}  // namespace wiredesk
