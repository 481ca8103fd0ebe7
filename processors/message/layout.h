// Where everything of an article stands in its message: code-point offsets of the segments in the
// decoded source, which published field a segment became, and where in that field it begins.
//
// Part of a MessageWriter: the same memory serves one article after the other, on the lane's
// thread. Views point into the article.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "processors/article.h"
#include "processors/text/utf8.h"

namespace wiredesk {

/// The published texts that mentions count in. `none`: the segment's text is not published.
enum class MessageField : std::uint8_t { none, body, headline, dateline, caption, note };
std::string_view to_string(MessageField field);

struct SegmentPlace {
  std::uint32_t start = 0;  // code points of the decoded source
  std::uint32_t end = 0;
  MessageField field = MessageField::none;
  std::uint32_t index = 0;        // which one of the field
  std::uint32_t field_start = 0;  // where the segment begins in the field's text: code points
  std::uint32_t field_byte = 0;   // the same in bytes
};

/// A mention's place in its field's text.
struct MentionPlace {
  MessageField field = MessageField::none;
  std::uint32_t index = 0;
  std::uint32_t start = 0;  // code points
  std::uint32_t end = 0;
  std::uint32_t byte_start = 0;
  std::uint32_t byte_end = 0;
  std::string_view text;
  std::optional<std::uint32_t> source_start;  // code points; none for a metadata headline
};

class MessageLayout {
 public:
  void set(const Article& article);

  const SegmentPlace& place(std::size_t segment) const { return places_[segment]; }
  std::uint32_t body_chars() const { return body_chars_; }
  /// The metadata's headline, then the source's; equal ones once.
  const std::vector<std::string_view>& headlines() const { return headlines_; }
  /// Indexes of the segments that are notes, in order.
  const std::vector<std::uint32_t>& notes() const { return notes_; }
  /// No value where the mention's segment is in no published field.
  std::optional<MentionPlace> locate(const Article& article, const Mention& mention) const;

 private:
  void place_segment(const Article& article, std::uint32_t segment);
  void place_in_body(const Segment& segment, SegmentPlace& place);
  void place_captions(const Article& article);
  std::uint32_t headline_index(std::string_view text);

  utf8::CodePointIndex source_;
  std::vector<SegmentPlace> places_;
  std::vector<std::string_view> headlines_;
  std::vector<std::uint32_t> notes_;
  std::uint32_t body_chars_ = 0;
  std::uint32_t body_bytes_ = 0;
};

/// Runs of characters between white space (the ASCII characters of it).
std::size_t count_words(std::string_view text);

}  // namespace wiredesk
