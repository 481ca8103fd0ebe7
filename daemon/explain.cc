#include "daemon/explain.h"

#include <iomanip>
#include <ostream>

#include "daemon/log.h"
#include "processors/message/layout.h"

namespace wiredesk {
namespace {

constexpr std::size_t kShown = 60;  // characters of a segment

/// The first characters on one line.
std::string beginning(std::string_view text) {
  std::size_t end = 0;
  for (std::size_t i = 0; i < kShown && end < text.size(); ++i) end += utf8::decode(text, end).size;
  const std::string more =
      end < text.size() ? " ... +" + std::to_string(utf8::count(text.substr(end))) : std::string();
  return escape_controls(text.substr(0, end)) + more;
}

std::string joined(const std::vector<std::string>& values) {
  std::string result;
  for (const std::string& value : values) {
    if (!result.empty()) result.append(", ");
    result.append(escape_controls(value));
  }
  return result.empty() ? "none" : result;
}

std::string or_none(std::string_view text) {
  return text.empty() ? "none" : escape_controls(text);
}

std::string date_or_none(const std::optional<Date>& date) {
  return date ? to_string(*date) : "none";
}

void explain_segments(const Article& article, const MessageLayout& layout, std::ostream& out) {
  for (std::size_t i = 0; i < article.segments.size(); ++i) {
    const SegmentPlace& place = layout.place(i);
    const Segment& segment = article.segments[i];
    out << std::setw(5) << i << "  " << std::left << std::setw(12) << to_string(segment.kind)
        << std::setw(14) << std::to_string(place.start) + "-" + std::to_string(place.end)
        << std::right << beginning(article.text(segment)) << "\n";
  }
}

void explain_dateline(const Article& article, std::ostream& out) {
  if (!article.dateline) {
    out << "  dateline: none\n";
    return;
  }
  const Dateline& dateline = *article.dateline;
  out << "  dateline: segment " << dateline.segment << ", places " << joined(dateline.places)
      << ", agency " << or_none(dateline.agency) << ", date " << date_or_none(dateline.date)
      << ", year from " << or_none(dateline.year_from) << "\n";
}

void explain_lifecycle(const Lifecycle& lifecycle, std::ostream& out) {
  out << "  lifecycle: " << to_string(lifecycle.kind) << ", mark " << or_none(lifecycle.mark);
  if (lifecycle.sequence) out << ", sequence " << *lifecycle.sequence;
  if (!lifecycle.series.empty()) out << ", series " << escape_controls(lifecycle.series);
  out << "\n";
}

void explain_captions(const Article& article, std::ostream& out) {
  for (std::size_t i = 0; i < article.captions.size(); ++i) {
    const Caption& caption = article.captions[i];
    out << "  caption picture-" << i + 1 << ": segments";
    for (const std::uint32_t segment : caption.segments) out << " " << segment;
    out << ", photographers " << joined(caption.photographers) << ", agency "
        << or_none(caption.agency) << ", date " << date_or_none(caption.date) << ", place "
        << or_none(caption.place) << ", confidence " << caption.confidence << "\n";
  }
  if (article.gallery) out << "  gallery: nothing but captions\n";
}

void explain_duplicate(const Duplicate& duplicate, std::ostream& out) {
  out << "  duplicate: " << to_string(duplicate.relation);
  if (!duplicate.of.empty()) out << " of " << duplicate.of;
  if (!duplicate.evidence.empty()) out << " (" << joined(duplicate.evidence) << ")";
  out << "\n";
}

void explain_entities(const Article& article, std::ostream& out) {
  for (const Entity& entity : article.entities)
    out << "  " << to_string(entity.type) << ": " << escape_controls(entity.name) << " <"
        << escape_controls(entity.id) << ">, " << entity.rel << ", " << entity.mentions.size()
        << (entity.mentions.size() == 1 ? " mention\n" : " mentions\n");
}

}  // namespace

void explain(const Article& article, std::ostream& out) {
  MessageLayout layout;
  layout.set(article);
  out << escape_controls(article.position.topic) << ": " << article.uri() << ", format "
      << article.meta.format;
  if (article.outcome.dropped()) out << ", dropped: " << article.outcome.reason.text();
  out << "\n";
  explain_segments(article, layout, out);
  if (!article.meta.headline.empty())
    out << "  headline from the format: " << beginning(article.meta.headline) << "\n";
  explain_dateline(article, out);
  explain_lifecycle(article.lifecycle, out);
  explain_captions(article, out);
  explain_duplicate(article.duplicate, out);
  explain_entities(article, out);
  out.flush();
}

}  // namespace wiredesk
