#include "processors/structure/layout.h"

#include <algorithm>

#include "processors/identity.h"
#include "processors/structure/furniture.h"
#include "processors/structure/lifecycle.h"
#include "processors/text/characters.h"
#include "processors/text/credit.h"
#include "processors/text/credit_words.h"
#include "processors/text/dates.h"

namespace wiredesk {
namespace {

using Kind = SegmentKind;

constexpr std::size_t kMaxHeadBlocks = 60;  // a dateline further down belongs to another story
constexpr std::size_t kMaxStoryBefore = 6;  // ... and so does one behind that much text
constexpr std::size_t kMaxTailBlocks = 1024;
constexpr std::size_t kLongLine = 140;     // bytes: longer than a headline
constexpr std::size_t kSentenceLine = 60;  // bytes: a line with a full stop is a paragraph
constexpr std::size_t kMaxHeadline = 220;
constexpr std::size_t kMaxSubhead = 90;

bool ends_sentence(std::string_view line) {
  for (std::string_view mark : {"\"", "'", ")", "\xE2\x80\x9D", "\xE2\x80\x99", "\xC2\xBB"})
    if (line.ends_with(mark)) line.remove_suffix(mark.size());
  return line.ends_with('.') || line.ends_with('!') || line.ends_with('?') || line.ends_with(':') ||
         line.ends_with("\xE2\x80\xA6");
}

/// Not the full stop of "U.S." or "Inc.", nor three of them.
bool ends_with_full_stop(std::string_view line) {
  if (!line.ends_with('.') || line.ends_with("..")) return false;
  const std::string_view word = line.substr(line.find_last_of(' ') + 1);
  return word.size() > 4 && word.find('.') + 1 == word.size();
}

bool has_letter_or_digit(std::string_view line) {
  return std::any_of(line.begin(), line.end(), [](char c) {
    return is_ascii_letter(c) || is_digit(c) || static_cast<unsigned char>(c) >= 0x80;
  });
}

}  // namespace

std::string_view Layout::text(const Block& block) const {
  return article_->text(block.span);
}

/// Asked several times of lines near the head and the tail; found out once.
bool Layout::has_credit(Block& block) const {
  if (block.credit == Block::Credit::unknown) {
    const auto match = match_credit(text(block));
    const bool some = match && match->credit.confidence >= kCreditAlone;
    block.credit = some ? Block::Credit::some : Block::Credit::none;
  }
  return block.credit == Block::Credit::some;
}

bool Layout::is_story(Block& block) const {
  const std::string_view line = text(block);
  if (line.size() < kSentenceLine || (line.size() < kLongLine && !ends_sentence(line)))
    return false;
  return !is_note(line) && !is_trailer(line) && !is_boilerplate(line) && !has_credit(block);
}

void Layout::take_dateline(std::size_t index, DatelineMatch match) {
  Block& block = blocks_[index];
  block.head_kind = Kind::dateline;
  block.head_end = block.span.begin + static_cast<std::uint32_t>(match.end);
  match_ = std::move(match);
  has_dateline_ = true;
  dateline_ = body_ = index;
}

void Layout::find_datelines() {
  std::optional<std::size_t> uncertain;
  std::size_t stories = 0;
  const std::size_t end = std::min(blocks_.size(), kMaxHeadBlocks);
  for (std::size_t i = 0; i < end && stories < kMaxStoryBefore; ++i) {
    const std::string_view line = text(blocks_[i]);
    auto match = match_dateline(line);
    if (match && match->certain) return take_dateline(i, std::move(*match));
    if (match && !uncertain) uncertain = i;
    if (auto glued = find_glued_dateline(line)) {
      blocks_[i].glued_dateline = true;
      blocks_[i].glue = blocks_[i].span.begin + static_cast<std::uint32_t>(glued->begin);
      return take_dateline(i, std::move(*glued));
    }
    if (is_story(blocks_[i])) ++stories;
  }
  if (uncertain) return take_dateline(*uncertain, *match_dateline(text(blocks_[*uncertain])));
  body_ = body_without_dateline();
}

std::size_t Layout::body_without_dateline() {
  const std::size_t end = std::min(blocks_.size(), kMaxHeadBlocks);
  for (std::size_t i = 0; i < end; ++i)
    if (is_story(blocks_[i])) return i;
  return end;
}

bool Layout::take_lifecycle(Block& block) {
  const std::string_view line = text(block);
  const auto match = match_lifecycle(line);
  if (!match) return false;
  add_mark(*match, line, article_->lifecycle);
  if (match->end == line.size()) {
    block.kind = Kind::lifecycle;
    return true;
  }
  block.head_kind = Kind::lifecycle;
  block.head_end = block.span.begin + static_cast<std::uint32_t>(match->end);
  return false;
}

/// Lines that are what they are wherever they stand.
bool Layout::mark_furniture(Block& block) {
  const std::string_view line = text(block);
  if (is_note(line))
    block.kind = Kind::note;
  else if (is_trailer(line))
    block.kind = Kind::trailer;
  else if (is_boilerplate(line) || is_timestamp(line) || !has_letter_or_digit(line))
    block.kind = Kind::boilerplate;
  else
    return false;
  return is_copyright(line) || !has_credit(block) || (block.kind = Kind::paragraph, false);
}

bool Layout::take_headline(Block& block) {
  if (has_headline_ || block.span.size() > kMaxHeadline || has_credit(block)) return false;
  const std::string_view line = text(block);
  if (ends_with_full_stop(line)) return false;
  has_headline_ = true;
  block.kind = Kind::headline;
  const std::uint32_t begin = std::max(block.span.begin, block.head_end);
  const std::string_view headline = trim(line.substr(begin - block.span.begin));
  article_->lifecycle.series = headline_series(headline);
  if (const auto mark = match_trailing_lifecycle(line)) {
    add_mark(*mark, line, article_->lifecycle);
    block.mark_begin = block.span.begin + static_cast<std::uint32_t>(mark->begin);
    block.mark_kind = Kind::lifecycle;
  }
  return true;
}

/// A reporter's name alone, between headline and body; not what a credit below it describes.
bool Layout::is_name_line(std::size_t index) {
  const std::string_view line = text(blocks_[index]);
  if (!has_headline_ || line.size() > 60 || ends_sentence(line) || !is_person_like(line))
    return false;
  if (line.find(' ') == std::string_view::npos) return false;
  return index + 1 >= blocks_.size() || !has_credit(blocks_[index + 1]);
}

void Layout::mark_head() {
  bool after_byline = false;
  for (std::size_t i = 0; i < body_; ++i) {
    Block& block = blocks_[i];
    const bool byline_above = std::exchange(after_byline, false);
    if (!has_headline_ && take_lifecycle(block)) continue;
    if (has_headline_ && !has_credit(block) && take_lifecycle(block)) continue;
    if (is_byline(text(block)) || (byline_above && is_byline_house(text(block))) ||
        is_name_line(i)) {
      block.kind = Kind::byline;
      after_byline = true;
      continue;
    }
    if (mark_furniture(block)) continue;
    take_headline(block);
  }
  // An article without a dateline has its body right where the story begins; above it no headline
  // can be told from a first line when there is nothing else.
  if (body_ >= blocks_.size() && blocks_.size() == 1) blocks_[0].kind = Kind::paragraph;
}

/// The first line or paragraph end that says "this is all", with little text behind it.
std::optional<std::size_t> Layout::end_anchor() const {
  std::size_t total = 0;
  for (std::size_t i = body_; i < blocks_.size(); ++i) total += blocks_[i].span.size();
  std::size_t before = 0;
  for (std::size_t i = body_; i < blocks_.size(); ++i) {
    const std::string_view line = text(blocks_[i]);
    before += line.size();
    if (i == body_ || before * 2 < total) continue;
    if (opens_notes(line) || starts_with_nocase(line, "(reporting by") ||
        starts_with_nocase(line, "reporting by") || starts_with_nocase(line, "our standards:"))
      return i;
    if (is_certain_endmark(line) || trailing_endmark(line, false)) return i;
  }
  return std::nullopt;
}

void Layout::mark_tail_line(Block& block, bool behind_anchor) {
  const std::string_view line = text(block);
  if (is_endmark(line))
    block.kind = Kind::endmark;
  else if (!mark_furniture(block) && behind_anchor && !has_credit(block))
    block.kind = Kind::boilerplate;
}

void Layout::mark_trailing(Block& block, bool last) {
  std::string_view line = text(block);
  if (const auto mark = trailing_endmark(line, last)) {
    block.mark_begin = block.span.begin + static_cast<std::uint32_t>(*mark);
    line = trim_right(line.substr(0, *mark));
  }
  if (const auto slug = trailing_slug(line))
    block.slug_begin = block.span.begin + static_cast<std::uint32_t>(*slug);
}

void Layout::mark_tail() {
  const auto anchor = end_anchor();
  bool notes = false;
  if (anchor) {
    for (std::size_t i = *anchor + 1; i < blocks_.size(); ++i) {
      notes = notes || opens_notes(text(blocks_[*anchor])) || opens_notes(text(blocks_[i]));
      if (notes)
        blocks_[i].kind = Kind::note;
      else
        mark_tail_line(blocks_[i], true);
    }
    if (opens_notes(text(blocks_[*anchor]))) blocks_[*anchor].kind = Kind::note;
  }
  // From the end upwards, up to the last paragraph of the story.
  story_end_ = anchor ? *anchor + 1 : blocks_.size();
  const std::size_t top = std::max(body_ + 1, story_end_ - std::min(story_end_, kMaxTailBlocks));
  while (story_end_ > top) {
    Block& block = blocks_[story_end_ - 1];
    if (block.kind == Kind::paragraph) mark_tail_line(block, false);
    if (block.kind == Kind::paragraph && !has_credit(block)) break;
    --story_end_;
  }
  bool last = true;
  for (std::size_t i = blocks_.size(); i-- > body_;) {
    Block& block = blocks_[i];
    if (block.kind != Kind::paragraph) continue;
    const bool credit = last && has_credit(block);
    mark_trailing(block, last && !credit);
    if (!credit) last = false;
  }
}

void Layout::mark_rules() {
  for (std::size_t i = body_ + 1; i < blocks_.size(); ++i)
    if (blocks_[i].kind == Kind::paragraph && !has_letter_or_digit(text(blocks_[i])))
      blocks_[i].kind = Kind::endmark;
}

bool Layout::is_subhead(std::size_t index) const {
  const Block& block = blocks_[index];
  const std::string_view line = text(block);
  if (line.size() > kMaxSubhead || line.ends_with('.') || line.ends_with(':') ||
      line.ends_with(','))
    return false;
  const Block& next = blocks_[index + 1];
  if (next.kind != Kind::paragraph) return false;
  if (all_capitals(line, 4)) return true;
  if (line.starts_with("- ") && line.ends_with(" -")) return true;
  // In sentence case only between paragraphs that are clearly longer: no line of a list or table.
  const Block& above = blocks_[index - 1];
  const bool between = above.kind == Kind::paragraph && above.span.size() > kSentenceLine &&
                       next.span.size() > kLongLine / 2 && ends_sentence(text(above)) &&
                       ends_sentence(text(next));
  return between && line.size() <= kSentenceLine + 10 && !ends_sentence(line) &&
         !line.ends_with(')') && line.find(". ") == std::string_view::npos &&
         (begins_upper(line) || line.starts_with('"') || line.starts_with("\xE2\x80\x98") ||
          line.starts_with("\xE2\x80\x9C") || line.starts_with('\''));
}

/// Lines of the page within the story.
void Layout::mark_page_lines() {
  for (std::size_t i = body_ + 1; i < blocks_.size(); ++i)
    if (blocks_[i].kind == Kind::paragraph && is_page_line(text(blocks_[i])))
      blocks_[i].kind = Kind::boilerplate;
}

void Layout::mark_subheads() {
  for (std::size_t i = body_ + 1; i + 1 < story_end_; ++i)
    if (blocks_[i].kind == Kind::paragraph && blocks_[i].head_end == 0 && is_subhead(i) &&
        !has_credit(blocks_[i]))
      blocks_[i].kind = Kind::subhead;
}

/// The stories of a digest and the pictures of a gallery bring datelines of their own.
void Layout::mark_more_datelines() {
  if (!has_dateline_) return;
  for (std::size_t i = body_ + 1; i < story_end_; ++i) {
    Block& block = blocks_[i];
    const std::string_view line = text(block);
    if (block.kind != Kind::paragraph || line.substr(0, kLongLine / 2).find('(') == line.npos)
      continue;
    const auto match = match_dateline(line);
    if (!match || match->agency.empty() || match->places.empty() || match->end >= line.size())
      continue;
    if (match->agency != match_.agency) continue;
    block.head_kind = Kind::dateline;
    block.head_end = block.span.begin + static_cast<std::uint32_t>(match->end);
  }
}

void Layout::emit_piece(std::uint32_t begin, std::uint32_t end, SegmentKind kind) {
  const Span span = trim_span(article_->source, {begin, end});
  if (!span.empty()) article_->segments.push_back({kind, span});
}

void Layout::emit() {
  for (const Block& block : blocks_) {
    std::uint32_t at = block.span.begin;
    if (block.glued_dateline) {
      emit_piece(at, block.glue, block.kind);
      at = block.glue;
    }
    if (block.head_end > at) {
      if (has_dateline_ && &block == &blocks_[dateline_] && block.head_kind == Kind::dateline)
        article_->dateline->segment = static_cast<std::uint32_t>(article_->segments.size());
      emit_piece(at, block.head_end, block.head_kind);
      at = block.head_end;
    }
    const std::uint32_t mark = block.mark_begin > at ? block.mark_begin : block.span.end;
    const std::uint32_t slug = block.slug_begin > at ? block.slug_begin : mark;
    emit_piece(at, slug, block.kind);
    emit_piece(slug, mark, Kind::trailer);
    emit_piece(mark, block.span.end, block.mark_kind);
  }
}

void Layout::resolve_dateline() {
  Dateline dateline;
  dateline.places = std::move(match_.places);
  dateline.agency = match_.agency;
  dateline.date = match_.date;
  if (dateline.date && dateline.date->year != 0) {
    dateline.year_from = "dateline";
  } else if (dateline.date && article_->record->timestamp.count() > 0) {
    dateline.date->year = latest_year(*dateline.date, article_->record->time);
    if (dateline.date->year != 0) dateline.year_from = "record";
  }
  if (article_->meta.supplier.empty() && !dateline.agency.empty())
    article_->meta.supplier = slug(dateline.agency);
  article_->dateline = std::move(dateline);
}

void Layout::apply(Article& article) {
  article_ = &article;
  article.segments.clear();
  article.dateline.reset();
  article.lifecycle = {};
  split_lines(article.source, lines_);
  blocks_.clear();
  for (const Line& line : lines_) blocks_.push_back({.span = line.span});
  has_dateline_ = has_headline_ = false;
  if (blocks_.empty()) return;
  find_datelines();
  mark_head();
  mark_tail();
  mark_rules();
  mark_page_lines();
  mark_subheads();
  mark_more_datelines();
  if (has_dateline_) resolve_dateline();
  emit();
}

}  // namespace wiredesk
