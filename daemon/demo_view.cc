#include "daemon/demo_view.h"

#include <array>
#include <boost/json.hpp>
#include <cstdio>

#include "daemon/demo_columns.h"

namespace wiredesk {
namespace {

using boost::json::value;

constexpr std::size_t kMinSourceLines = 24;
constexpr std::string_view kDot = " \u00b7 ";

struct Named {
  std::string_view name;
  Style style;
};
constexpr std::array<Named, 11> kSegmentStyles{{{"headline", Style::headline},
                                                {"lifecycle", Style::lifecycle},
                                                {"dateline", Style::dateline},
                                                {"byline", Style::byline},
                                                {"caption", Style::caption},
                                                {"credit", Style::credit},
                                                {"subhead", Style::subhead},
                                                {"endmark", Style::endmark},
                                                {"trailer", Style::faint},
                                                {"note", Style::faint},
                                                {"boilerplate", Style::faint}}};
constexpr std::array<Named, 5> kEntityStyles{{{"person", Style::person},
                                              {"organisation", Style::organisation},
                                              {"place", Style::place},
                                              {"event", Style::event},
                                              {"demonym", Style::demonym}}};

template <std::size_t N>
Style style_of(const std::array<Named, N>& styles, std::string_view name) {
  for (const Named& each : styles)
    if (each.name == name) return each.style;
  return Style::plain;
}

value parse_message(const DemoOutcome& outcome) {
  const auto* published = std::get_if<PublishedMessage>(&outcome);
  if (!published) return nullptr;
  boost::system::error_code error;
  value message = boost::json::parse(published->value, error);
  return error ? value(nullptr) : message;
}

std::vector<StyledLine> outcome_column(const DemoRecord& record, const DemoOutcome& outcome,
                                       const value& message, int width,
                                       const ViewOptions& options) {
  if (const auto* letter = std::get_if<BuriedRecord>(&outcome))
    return buried_column(*letter, record.value, width);
  if (const auto* dropped = std::get_if<DroppedArticle>(&outcome))
    return dropped_column(*dropped, width, options);
  if (!message.is_object())
    return StyledText("the message is not a JSON object", Style::error).wrap(width);
  return message_column(message, width, options);
}

std::vector<StyledLine> rule(std::string_view title, int width) {
  StyledText text("\u2500\u2500 ", Style::faint);
  text.add(title, Style::strong).add(" ", Style::faint);
  std::vector<StyledLine> lines = text.wrap(width);
  StyledLine& last = lines.back();
  last.insert(last.end(), static_cast<std::size_t>(std::max(width - width_of(last), 0)),
              Cell{"\u2500", 1, Style::faint});
  return lines;
}

double chain_seconds(const value& message) {
  double seconds = 0;
  const value* stages = nullptr;
  boost::system::error_code error;
  if (message.is_object()) stages = message.find_pointer("/wire/processing/stages", error);
  if (!stages || !stages->is_object()) return 0;
  for (const auto& stage : stages->get_object())
    if (stage.value().is_double()) seconds += stage.value().get_double();
  return seconds;
}

std::string microseconds(double seconds) {
  char text[64];
  std::snprintf(text, sizeof text, "%.0f microseconds in the chain", seconds * 1e6);
  return text;
}

std::string footer(const DemoOutcome& outcome, const value& message) {
  std::string text =
      "\u2192 " + std::visit([](const auto& each) { return to_string(each.place); }, outcome);
  if (!message.is_object()) return text;
  text.append(kDot).append("relation ").append(text_at(message, "/wire/duplicate/relation"));
  text.append(kDot).append("life cycle ").append(text_at(message, "/wire/lifecycle/kind"));
  if (const double seconds = chain_seconds(message); seconds > 0)
    text.append(kDot).append(microseconds(seconds));
  return text;
}

std::string show_columns(std::vector<StyledLine> left, const std::vector<StyledLine>& right,
                         const ViewOptions& options) {
  left = shorten(std::move(left), std::max(kMinSourceLines, right.size()));
  if (options.width >= ViewOptions::kSideBySideWidth)
    return render_side_by_side(left, right, options.width, options.colour);
  return render(left, options.colour) + render(rule("out", options.width), options.colour) +
         render(right, options.colour);
}

void add_legend(std::string_view title, const auto& styles, StyledText& text) {
  text.add(title, Style::faint);
  for (const Named& each : styles)
    if (each.style != Style::faint) text.add(" ").add(each.name, each.style);
}

}  // namespace

std::string to_string(const RecordPlace& place) {
  return place.topic + " [" + std::to_string(place.partition) + "] @ " +
         std::to_string(place.offset);
}

Style style_of_segment(std::string_view kind) {
  return style_of(kSegmentStyles, kind);
}
Style style_of_entity(std::string_view type) {
  return style_of(kEntityStyles, type);
}

std::string_view text_at(const value& from, std::string_view pointer) {
  boost::system::error_code error;
  const value* found = from.find_pointer(pointer, error);
  return found && found->is_string() ? std::string_view(found->get_string()) : std::string_view{};
}

std::int64_t number_at(const value& from, std::string_view pointer) {
  boost::system::error_code error;
  const value* found = from.find_pointer(pointer, error);
  return found && found->is_int64() ? found->get_int64() : 0;
}

const boost::json::array& array_at(const value& from, std::string_view pointer) {
  static const boost::json::array kNone;
  boost::system::error_code error;
  const value* found = from.find_pointer(pointer, error);
  return found && found->is_array() ? found->get_array() : kNone;
}

std::string name_of(std::string_view uri, const ViewOptions& options) {
  const auto name = options.names.find(std::string(uri));
  return name == options.names.end() ? std::string(uri) : name->second;
}

std::string show_article(const DemoRecord& record, const DemoOutcome& outcome,
                         const ViewOptions& options) {
  const bool wide = options.width >= ViewOptions::kSideBySideWidth;
  const int left_width = wide ? (options.width - 3) / 2 : options.width;
  const int right_width = wide ? options.width - 3 - left_width : options.width;
  const value message = parse_message(outcome);
  const std::string title = std::string(record.name) + std::string(kDot) + to_string(record.place) +
                            std::string(kDot) + std::to_string(record.value.size()) + " bytes";
  return render(rule(title, options.width), options.colour) +
         show_columns(source_column(record.value, message, left_width, options.colour),
                      outcome_column(record, outcome, message, right_width, options), options) +
         render(StyledText(footer(outcome, message), Style::strong).wrap(options.width, 2),
                options.colour) +
         "\n";
}

std::string show_legend(const ViewOptions& options) {
  if (!options.colour) return {};
  StyledText text;
  add_legend("in:", kSegmentStyles, text);
  add_legend("\nout:", kEntityStyles, text);
  return render(text.wrap(options.width), true);
}

}  // namespace wiredesk
