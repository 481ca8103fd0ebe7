#include "processors/message/layout.h"

#include <algorithm>
#include <array>

namespace wiredesk {
namespace {

std::uint32_t narrow(std::size_t value) {
  return static_cast<std::uint32_t>(value);
}

/// What a caption of several lines looks like in its field is the caption processor's business, so
/// a mention that is not where its segment would be is looked for.
std::optional<MentionPlace> find_in(std::string_view field_text, MentionPlace place) {
  const std::size_t found = field_text.find(place.text);
  if (found == std::string_view::npos) return std::nullopt;
  place.byte_start = narrow(found);
  place.byte_end = narrow(found + place.text.size());
  place.start = narrow(utf8::count(field_text.substr(0, found)));
  place.end = place.start + narrow(utf8::count(place.text));
  return place;
}

MentionPlace in_metadata_headline(const Article& article, const Mention& mention) {
  const std::string_view headline = article.meta.headline;
  MentionPlace place;
  place.field = MessageField::headline;
  place.text = headline.substr(mention.span.begin, mention.span.size());
  place.byte_start = mention.span.begin;
  place.byte_end = mention.span.end;
  place.start = narrow(utf8::count(headline.substr(0, mention.span.begin)));
  place.end = place.start + narrow(utf8::count(place.text));
  return place;
}

}  // namespace

std::string_view to_string(MessageField field) {
  static constexpr std::array<std::string_view, 6> kNames{"none",     "body",    "headline",
                                                          "dateline", "caption", "note"};
  return kNames[static_cast<std::size_t>(field)];
}

void MessageLayout::set(const Article& article) {
  source_ = utf8::CodePointIndex(article.source);
  places_.assign(article.segments.size(), {});
  headlines_.clear();
  notes_.clear();
  body_chars_ = 0;
  body_bytes_ = 0;
  if (!article.meta.headline.empty()) headlines_.push_back(article.meta.headline);
  for (std::uint32_t i = 0; i < article.segments.size(); ++i) place_segment(article, i);
  place_captions(article);
}

void MessageLayout::place_segment(const Article& article, std::uint32_t index) {
  const Segment& segment = article.segments[index];
  SegmentPlace& place = places_[index];
  place.start = source_.at(segment.span.begin);
  place.end = source_.at(segment.span.end);
  if (segment.in_body()) {
    place_in_body(segment, place);
  } else if (segment.kind == SegmentKind::headline) {
    place.field = MessageField::headline;
    place.index = headline_index(article.text(segment));
  } else if (segment.kind == SegmentKind::note) {
    place.field = MessageField::note;
    place.index = narrow(notes_.size());
    notes_.push_back(index);
  } else if (article.dateline && article.dateline->segment == index) {
    place.field = MessageField::dateline;
  }
}

void MessageLayout::place_in_body(const Segment& segment, SegmentPlace& place) {
  if (body_bytes_ > 0) {
    ++body_chars_;
    ++body_bytes_;
  }
  place.field = MessageField::body;
  place.field_start = body_chars_;
  place.field_byte = body_bytes_;
  body_chars_ += place.end - place.start;
  body_bytes_ += segment.span.size();
}

void MessageLayout::place_captions(const Article& article) {
  for (std::uint32_t i = 0; i < article.captions.size(); ++i) {
    const std::string_view text = article.captions[i].text;
    for (const std::uint32_t index : article.captions[i].segments) {
      const Segment& segment = article.segments[index];
      if (segment.kind != SegmentKind::caption) continue;
      SegmentPlace& place = places_[index];
      place.field = MessageField::caption;
      place.index = i;
      const std::size_t found = text.find(article.text(segment));
      if (found == std::string_view::npos || found == 0) continue;
      place.field_byte = narrow(found);
      place.field_start = narrow(utf8::count(text.substr(0, found)));
    }
  }
}

std::uint32_t MessageLayout::headline_index(std::string_view text) {
  const auto found = std::find(headlines_.begin(), headlines_.end(), text);
  const auto index = narrow(static_cast<std::size_t>(found - headlines_.begin()));
  if (found == headlines_.end()) headlines_.push_back(text);
  return index;
}

std::optional<MentionPlace> MessageLayout::locate(const Article& article,
                                                  const Mention& mention) const {
  if (mention.segment == Mention::kMetadataHeadline) return in_metadata_headline(article, mention);
  const SegmentPlace& segment = places_[mention.segment];
  if (segment.field == MessageField::none) return std::nullopt;
  const std::uint32_t begin = article.segments[mention.segment].span.begin;
  const std::uint32_t start = source_.at(mention.span.begin);
  const std::uint32_t end = source_.at(mention.span.end);
  MentionPlace place;
  place.field = segment.field;
  place.index = segment.index;
  place.text = article.text(mention.span);
  place.source_start = start;
  place.start = segment.field_start + (start - segment.start);
  place.end = place.start + (end - start);
  place.byte_start = segment.field_byte + (mention.span.begin - begin);
  place.byte_end = place.byte_start + mention.span.size();
  if (segment.field != MessageField::caption) return place;
  const std::string_view caption = article.captions[segment.index].text;
  const bool there = place.byte_end <= caption.size() &&
                     caption.substr(place.byte_start, place.text.size()) == place.text;
  return there ? place : find_in(caption, place);
}

std::size_t count_words(std::string_view text) {
  // Blocks whose counts fit into a byte, which is what compilers turn into vector code.
  constexpr std::size_t kBlock = 248;
  const auto white = [](char byte) {
    const auto value = static_cast<unsigned char>(byte);
    return static_cast<unsigned char>(value == ' ') |
           static_cast<unsigned char>(static_cast<unsigned char>(value - '\t') < 5);
  };
  if (text.empty()) return 0;
  std::size_t words = white(text[0]) ? 0 : 1;
  for (std::size_t begin = 1; begin < text.size(); begin += kBlock) {
    const std::size_t end = std::min(begin + kBlock, text.size());
    std::uint8_t starts = 0;
    for (std::size_t i = begin; i < end; ++i)
      starts = static_cast<std::uint8_t>(starts + (white(text[i - 1]) & (white(text[i]) ^ 1)));
    words += starts;
  }
  return words;
}

}  // namespace wiredesk
