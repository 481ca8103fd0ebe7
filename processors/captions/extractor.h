// Decides which segments are captions and credits, splits them, and writes both down. One belongs
// to one CaptionsProcessor, which keeps it so that its buffers are reused.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "processors/article.h"
#include "processors/text/credit.h"

namespace wiredesk {

class CaptionExtractor {
 public:
  void apply(Article& article);

 private:
  /// What a segment of structure's turned out to be. Of those that are neither, nothing is set.
  struct Finding {
    bool caption = false;               // holds a caption's text
    std::optional<CreditMatch> credit;  // holds a credit, offsets within the segment
    std::uint32_t partner = kNone;      // the segment that holds this caption's credit
    double confidence = 0;
  };
  static constexpr std::uint32_t kNone = 0xffffffff;

  std::string_view text(std::size_t index) const;
  bool is_candidate(std::size_t index) const;
  bool is_free_text(std::size_t index) const;
  bool before_dateline(std::size_t index) const;
  bool may_caption(std::size_t index, std::size_t credit) const;
  void prepare();
  bool is_bracketed_credit(std::size_t index) const;
  std::string_view next_line(std::size_t index) const;
  bool stands_behind_sentence(std::size_t index, const CreditMatch& match) const;
  void find_credits();
  void judge(std::size_t index);
  void join_lone_credits();
  void join(std::size_t caption, std::size_t credit);
  void find_labelled();

  bool takes_too_much() const;
  bool nothing_else_left() const;

  void rebuild();
  void keep(const Segment& segment);
  std::uint32_t emit(std::uint32_t begin, std::uint32_t end, SegmentKind kind);
  void emit_finding(std::size_t index);
  void record_captions();
  void record(std::size_t index);
  Caption describe(std::size_t index) const;
  void resolve_year();
  void resolve_supplier();

  Article* article_ = nullptr;
  std::vector<Finding> findings_;
  std::vector<Segment> old_;        // structure's, cut where lines are glued together
  std::uint32_t dateline_ = kNone;  // index of the dateline in old_
  /// Where the pieces of an old segment are now.
  struct Place {
    std::uint32_t caption = kNone;
    std::uint32_t credit = kNone;
  };
  std::vector<Place> places_;
};

}  // namespace wiredesk
