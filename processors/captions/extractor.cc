#include "processors/captions/extractor.h"

#include <algorithm>
#include <string>
#include <unordered_map>
#include <utility>

#include "processors/captions/glue.h"
#include "processors/captions/wording.h"
#include "processors/identity.h"
#include "processors/text/agencies.h"
#include "processors/text/characters.h"
#include "processors/text/dates.h"
#include "processors/text/lines.h"

namespace wiredesk {
namespace {

using Kind = SegmentKind;

constexpr std::size_t kMaxCaption = 1200;      // bytes; a longer paragraph is a story's
constexpr std::size_t kMaxLooseCaption = 320;  // bytes, of a caption whose credit is the next line
constexpr double kLoneCredit = 0.8;  // on a line of its own: "NAME/NAME" alone may be the desk
constexpr double kWordingForWeakCredit = 0.3;

}  // namespace

std::string_view CaptionExtractor::text(std::size_t index) const {
  return article_->text(old_[index]);
}

bool CaptionExtractor::is_candidate(std::size_t index) const {
  const Kind kind = old_[index].kind;
  return kind == Kind::paragraph || kind == Kind::subhead;
}

/// May become the text of a caption: a short paragraph that does not carry a dateline.
bool CaptionExtractor::is_free_text(std::size_t index) const {
  if (index >= old_.size() || !is_candidate(index)) return false;
  if (findings_[index].caption || findings_[index].credit) return false;
  if (index > 0 && old_[index - 1].kind == Kind::dateline) return false;
  return old_[index].span.size() <= kMaxLooseCaption;
}

void CaptionExtractor::cut_glue() {
  old_.clear();
  dateline_ = kNone;
  for (std::size_t i = 0; i < article_->segments.size(); ++i) {
    const Segment& segment = article_->segments[i];
    if (article_->dateline && article_->dateline->segment == i)
      dateline_ = static_cast<std::uint32_t>(old_.size());
    std::uint32_t begin = segment.span.begin;
    cuts_.clear();
    if (segment.in_body()) find_cuts(article_->text(segment), cuts_);
    for (std::uint32_t cut : cuts_) {
      const Span piece = trim_span(article_->source, {begin, segment.span.begin + cut});
      if (!piece.empty()) old_.push_back({segment.kind, piece});
      begin = segment.span.begin + cut;
    }
    const Span rest = trim_span(article_->source, {begin, segment.span.end});
    if (!rest.empty()) old_.push_back({segment.kind, rest});
  }
}

void CaptionExtractor::judge(std::size_t index) {
  Finding& finding = findings_[index];
  const std::string_view line = text(index);
  if (line.size() > kMaxCaption) return;
  auto match = match_credit(line);
  if (!match) return;
  const std::string_view caption = trim_right(line.substr(0, match->begin));
  const double wording = caption_wording(caption);
  double confidence = match->credit.confidence;
  if (confidence < kCreditAlone) {
    if (caption.empty() || wording < kWordingForWeakCredit) return;
    confidence = std::min(0.9, confidence + wording);
  }
  if (caption.empty() && confidence < kLoneCredit) return;
  finding.caption = !caption.empty();
  finding.confidence = std::min(0.99, confidence + (wording > 0 ? 0.02 : 0));
  finding.credit = std::move(match);
}

void CaptionExtractor::find_credits() {
  for (std::size_t i = 0; i < old_.size(); ++i)
    if (is_candidate(i)) judge(i);
}

void CaptionExtractor::join(std::size_t caption, std::size_t credit) {
  findings_[caption].caption = true;
  findings_[caption].partner = static_cast<std::uint32_t>(credit);
  findings_[caption].confidence = findings_[credit].confidence - 0.05;
}

/// A credit on a line of its own belongs to the caption above it, else to the one below.
void CaptionExtractor::join_lone_credits() {
  for (std::size_t i = 0; i < old_.size(); ++i) {
    const Finding& finding = findings_[i];
    if (!finding.credit || finding.caption || finding.partner != kNone) continue;
    if (i > 0 && is_free_text(i - 1))
      join(i - 1, i);
    else if (is_free_text(i + 1) && caption_wording(text(i + 1)) >= kWordingForWeakCredit)
      join(i + 1, i);
  }
}

void CaptionExtractor::find_labelled() {
  for (std::size_t i = 0; i < old_.size(); ++i) {
    if (!is_candidate(i) || findings_[i].caption || findings_[i].credit) continue;
    if (old_[i].span.size() > kMaxCaption || !has_caption_label(text(i))) continue;
    findings_[i].caption = true;
    findings_[i].confidence = 0.75;
  }
}

bool CaptionExtractor::nothing_else_left() const {
  for (std::size_t i = 0; i < old_.size(); ++i)
    if (old_[i].in_body() && !findings_[i].caption && !findings_[i].credit) return false;
  return true;
}

/// More than half of the story would go, and it is no gallery. A caption that is repeated counts
/// once; a paragraph that stands behind a dateline is a story however short it is.
bool CaptionExtractor::takes_too_much() const {
  std::size_t taken = 0;
  std::size_t kept = 0;
  std::unordered_map<std::string_view, int> seen;
  for (std::size_t i = 0; i < old_.size(); ++i) {
    if (!old_[i].in_body()) continue;
    const bool goes = findings_[i].caption || findings_[i].credit;
    if (!goes && i > 0 && old_[i - 1].kind == Kind::dateline) return false;
    if (!goes) kept += old_[i].span.size();
    if (goes && seen[text(i)]++ == 0) taken += old_[i].span.size();
  }
  return kept > 0 && taken > kept;
}

std::uint32_t CaptionExtractor::emit(std::uint32_t begin, std::uint32_t end, SegmentKind kind) {
  const Span span = trim_span(article_->source, {begin, end});
  if (span.empty()) return kNone;
  article_->segments.push_back({kind, span});
  return static_cast<std::uint32_t>(article_->segments.size() - 1);
}

void CaptionExtractor::emit_finding(std::size_t index) {
  const Finding& finding = findings_[index];
  const Span span = old_[index].span;
  if (!finding.credit) {
    places_[index].caption = emit(span.begin, span.end, Kind::caption);
    return;
  }
  const auto begin = span.begin + static_cast<std::uint32_t>(finding.credit->begin);
  const auto end = span.begin + static_cast<std::uint32_t>(finding.credit->end);
  places_[index].caption = emit(span.begin, begin, Kind::caption);
  places_[index].credit = emit(begin, end, Kind::credit);
  emit(end, span.end, Kind::trailer);
}

void CaptionExtractor::rebuild() {
  article_->segments.clear();
  places_.assign(old_.size(), {});
  for (std::size_t i = 0; i < old_.size(); ++i) {
    if (i == dateline_)
      article_->dateline->segment = static_cast<std::uint32_t>(article_->segments.size());
    if (findings_[i].caption || findings_[i].credit)
      emit_finding(i);
    else
      article_->segments.push_back(old_[i]);
  }
}

Caption CaptionExtractor::describe(std::size_t index) const {
  const Finding& finding = findings_[index];
  Caption caption;
  const auto add = [&](std::uint32_t segment) {
    if (segment == kNone) return std::string_view();
    caption.segments.push_back(segment);
    return article_->text(article_->segments[segment]);
  };
  caption.text = add(places_[index].caption);
  const std::size_t holder = finding.partner == kNone ? index : finding.partner;
  caption.credit = add(places_[holder].credit);
  std::sort(caption.segments.begin(), caption.segments.end());
  if (const auto& match = findings_[holder].credit) {
    caption.credit_line = match->credit.line;
    caption.photographers = match->credit.photographers;
    caption.agency = match->credit.agency;
  }
  if (const auto date = find_date(caption.text)) caption.date = date->date;
  caption.place = caption_place(caption.text);
  caption.confidence = finding.confidence;
  return caption;
}

void CaptionExtractor::record_captions() {
  std::vector<bool> joined(old_.size());
  for (const Finding& finding : findings_)
    if (finding.partner != kNone) joined[finding.partner] = true;
  std::unordered_map<std::string, std::size_t> known;
  for (std::size_t i = 0; i < old_.size(); ++i) {
    const Finding& finding = findings_[i];
    if (!finding.caption && (!finding.credit || joined[i])) continue;
    Caption caption = describe(i);
    const auto [entry, fresh] =
        known.try_emplace(caption.text + '\n' + caption.credit, article_->captions.size());
    if (fresh) {
      article_->captions.push_back(std::move(caption));
      continue;
    }
    auto& segments = article_->captions[entry->second].segments;
    segments.insert(segments.end(), caption.segments.begin(), caption.segments.end());
  }
}

/// A caption's date on the dateline's day tells the year better than the time of the record, which
/// may have been sent much later.
void CaptionExtractor::resolve_year() {
  auto& dateline = article_->dateline;
  if (!dateline || !dateline->date || dateline->year_from == "dateline") return;
  for (const Caption& caption : article_->captions) {
    if (!caption.date || caption.date->year == 0) continue;
    if (caption.date->month != dateline->date->month || caption.date->day != dateline->date->day)
      continue;
    dateline->date->year = caption.date->year;
    dateline->year_from = "caption";
    return;
  }
}

void CaptionExtractor::resolve_supplier() {
  if (!article_->meta.supplier.empty()) return;
  for (const Caption& caption : article_->captions) {
    const Agency* agency = find_agency(caption.agency);
    if (!agency || agency->pictures_only) continue;
    article_->meta.supplier = slug(agency->name);
    return;
  }
}

void CaptionExtractor::apply(Article& article) {
  article_ = &article;
  article.captions.clear();
  article.gallery = false;
  cut_glue();
  findings_.assign(old_.size(), {});
  find_credits();
  join_lone_credits();
  find_labelled();
  const bool any = std::any_of(findings_.begin(), findings_.end(), [](const Finding& finding) {
    return finding.caption || finding.credit;
  });
  if (!any) return;
  article.gallery = nothing_else_left();
  if (!article.gallery && takes_too_much()) return;
  rebuild();
  record_captions();
  resolve_year();
  resolve_supplier();
}

}  // namespace wiredesk
