// Which line of a story is what: the head (life-cycle marks, headline, byline, notes), the body
// from the dateline on, and the tail (end mark, trailers, the page's own lines). Forms are judged
// by dateline.h, lifecycle.h and furniture.h; here it is their order that counts.
//
// One Layout belongs to one StructureProcessor, which keeps it so that its buffers are reused.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "processors/article.h"
#include "processors/structure/dateline.h"
#include "processors/text/lines.h"

namespace wiredesk {

class Layout {
 public:
  /// Fills segments, dateline and life cycle of the article from its source.
  void apply(Article& article);

 private:
  /// A line, and the pieces of it that are segments of their own.
  struct Block {
    Span span;
    SegmentKind kind = SegmentKind::paragraph;
    std::uint32_t head_end = 0;  // dateline or life-cycle mark [span.begin, head_end)
    SegmentKind head_kind = SegmentKind::dateline;
    std::uint32_t slug_begin = 0;  // slug in brackets behind the text
    std::uint32_t mark_begin = 0;  // end mark (or "(Lead)") behind that
    SegmentKind mark_kind = SegmentKind::endmark;
    bool glued_dateline = false;  // the dateline is not at the line's start
    std::uint32_t glue = 0;       // ... but here
    enum class Credit : std::uint8_t { unknown, none, some } credit = Credit::unknown;
  };

  std::string_view text(const Block& block) const;
  void find_datelines();
  void take_dateline(std::size_t index, DatelineMatch match);
  std::size_t body_without_dateline();
  bool is_story(Block& block) const;
  bool has_credit(Block& block) const;

  void mark_head();
  bool mark_furniture(Block& block);
  bool take_lifecycle(Block& block);
  bool take_headline(Block& block);
  bool is_name_line(std::size_t index);

  void mark_tail();
  std::optional<std::size_t> end_anchor() const;
  void mark_tail_line(Block& block, bool behind_anchor);
  void mark_trailing(Block& block, bool last);

  void mark_rules();
  void mark_page_lines();
  void mark_subheads();
  void mark_more_datelines();
  bool is_subhead(std::size_t index) const;

  void emit();
  void emit_piece(std::uint32_t begin, std::uint32_t end, SegmentKind kind);
  void resolve_dateline();

  Article* article_ = nullptr;
  std::vector<Line> lines_;
  std::vector<Block> blocks_;
  std::size_t body_ = 0;       // index of the block that the body begins in
  std::size_t story_end_ = 0;  // behind the last block of the story
  std::size_t dateline_ = 0;   // index of the block with the article's dateline
  bool has_dateline_ = false;
  bool has_headline_ = false;
  DatelineMatch match_;
};

}  // namespace wiredesk
