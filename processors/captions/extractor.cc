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
constexpr double kWordingForWeakCredit = 0.3;
constexpr std::size_t kMaxCandidates = 4096;  // lines; what holds more is a table
constexpr std::size_t kMaxSourced = 500;
constexpr std::size_t kMaxSigned = 220;  // bytes, of a caption that a mere name signs

/// How much a line reads like a caption: above 0 where more speaks for it than against it.
double likeness(std::string_view line) {
  double score = caption_wording(line);
  const bool sentence = line.ends_with('.') || line.ends_with('"') || line.ends_with('!') ||
                        line.ends_with('?') || line.ends_with("\xE2\x80\x9D");
  if (!sentence) score += 0.2;
  if (!begins_upper(line) && line.front() != '[' && line.front() != '(') score -= 0.2;
  if (line.find('@') != std::string_view::npos || line.starts_with("By ")) score -= 0.5;
  if (line.find(" said") != std::string_view::npos || line.starts_with('"') ||
      line.starts_with("\xE2\x80\x9C"))
    score -= 0.4;
  return score;
}

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

bool CaptionExtractor::before_dateline(std::size_t index) const {
  return dateline_ != kNone && index < dateline_;
}

/// "(Kyodo)" behind a caption looks like an end mark to one who does not know captions.
bool CaptionExtractor::is_bracketed_credit(std::size_t index) const {
  const std::vector<Segment>& all = article_->segments;
  if (index == 0 || all[index].kind != Kind::endmark || all[index - 1].kind != Kind::paragraph)
    return false;
  const std::string_view mark = article_->text(all[index]);
  const Span between{all[index - 1].span.end, all[index].span.begin};
  return mark.starts_with('(') && mark.ends_with(')') &&
         article_->text(between).find('\n') == std::string_view::npos &&
         caption_wording(article_->text(all[index - 1])) >= kWordingForWeakCredit;
}

/// The line below, as far as it may be a credit.
std::string_view CaptionExtractor::next_line(std::size_t index) const {
  if (index + 1 >= article_->segments.size()) return {};
  const Segment& next = article_->segments[index + 1];
  return next.in_body() ? article_->text(next) : std::string_view();
}

/// Fills old_: structure's segments, cut where a caption is glued to its neighbours.
void CaptionExtractor::prepare() {
  old_.clear();
  dateline_ = kNone;
  for (std::size_t i = 0; i < article_->segments.size(); ++i) {
    Segment segment = article_->segments[i];
    if (article_->dateline && article_->dateline->segment == i)
      dateline_ = static_cast<std::uint32_t>(old_.size());
    if (is_bracketed_credit(i)) {
      old_.back().span.end = segment.span.end;
      continue;
    }
    if (segment.kind == Kind::paragraph && i < kMaxCandidates) {
      for (const std::size_t cut : find_glue(article_->text(segment), next_line(i))) {
        const auto at = article_->segments[i].span.begin + static_cast<std::uint32_t>(cut);
        old_.push_back({segment.kind, {segment.span.begin, at}});
        segment.span.begin = at;
      }
    }
    old_.push_back(segment);
  }
}

/// "... of the Epstein case. (AP)": a name in brackets behind the full stop of a short line that is
/// neither speech nor the story's end, where agencies sign.
bool CaptionExtractor::stands_behind_sentence(std::size_t index, const CreditMatch& match) const {
  const std::string_view line = text(index);
  const std::string_view caption = trim_right(line.substr(0, match.begin));
  if (line[match.begin] != '(' || !caption.ends_with('.') || line.size() > kMaxSigned) return false;
  const Credit& credit = match.credit;
  if (!find_agency(credit.agency) &&
      (credit.photographers.empty() || credit.photographers[0].find(' ') == std::string::npos))
    return false;
  const bool own =
      article_->dateline && !credit.agency.empty() && article_->dateline->agency == credit.agency;
  const bool behind_dateline = dateline_ != kNone && index == dateline_ + 1;
  const bool more = std::any_of(old_.begin() + static_cast<std::ptrdiff_t>(index) + 1, old_.end(),
                                [](const Segment& segment) { return segment.in_body(); });
  return !own && !behind_dateline && more && likeness(caption) > -0.3;
}

void CaptionExtractor::judge(std::size_t index) {
  Finding& finding = findings_[index];
  const std::string_view line = text(index);
  if (line.size() > kMaxCaption) return;
  auto match = match_credit(line);
  if (!match) return;
  // "(Quelle: ...)" is a text's, too.
  if (line.size() > kMaxSourced && line.substr(match->begin).find("Quelle") <= 1) return;
  const std::string_view caption = trim_right(line.substr(0, match->begin));
  const double wording = caption_wording(caption);
  double confidence = match->credit.confidence;
  if (confidence < kCreditAlone && stands_behind_sentence(index, *match)) confidence = kCreditAlone;
  if (confidence < kCreditAlone) {
    if (caption.empty() || wording < kWordingForWeakCredit) return;
    confidence = std::min(0.9, confidence + wording);
  }
  finding.caption = !caption.empty();
  finding.confidence = std::min(0.99, confidence + (wording > 0 ? 0.02 : 0));
  finding.credit = std::move(match);
}

void CaptionExtractor::find_credits() {
  const std::size_t end = std::min(old_.size(), kMaxCandidates);
  for (std::size_t i = 0; i < end; ++i)
    if (is_candidate(i)) judge(i);
}

void CaptionExtractor::join(std::size_t caption, std::size_t credit) {
  findings_[caption].caption = true;
  findings_[caption].partner = static_cast<std::uint32_t>(credit);
  findings_[caption].confidence = findings_[credit].confidence - 0.05;
}

bool CaptionExtractor::may_caption(std::size_t index, std::size_t credit) const {
  if (!is_free_text(index)) return false;
  const Credit& found = findings_[credit].credit->credit;
  // The form of two names is a signature's, too, unless an agency or a label is in it.
  if (found.confidence < 0.8) return likeness(text(index)) >= kWordingForWeakCredit;
  // Between headline and dateline a line may be the stand-first.
  if (before_dateline(index) && likeness(text(index)) < kWordingForWeakCredit)
    return !reads_like_story(text(index));
  return likeness(text(index)) > -0.3;
}

/// A credit on a line of its own belongs to the caption above it, else to the one below.
void CaptionExtractor::join_lone_credits() {
  for (std::size_t i = 0; i < old_.size(); ++i) {
    Finding& finding = findings_[i];
    if (!finding.credit || finding.caption || finding.partner != kNone) continue;
    const bool above = i > 0 && may_caption(i - 1, i);
    // At the end of all, the dateline's agency and names are those of the desk.
    const bool desk = i + 1 == old_.size() && article_->dateline && !finding.credit->credit.label &&
                      finding.credit->credit.agency == article_->dateline->agency;
    if (desk && !(above && likeness(text(i - 1)) >= kWordingForWeakCredit)) {
      finding = {};
      old_[i].kind = Kind::trailer;
      continue;
    }
    const bool below = is_free_text(i + 1) && likeness(text(i + 1)) >= kWordingForWeakCredit;
    if (above && !(below && likeness(text(i + 1)) > likeness(text(i - 1)) + 0.2))
      join(i - 1, i);
    else if (below)
      join(i + 1, i);
    else if (finding.credit->credit.confidence < 0.8)
      finding = {};
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
    if (findings_[i].caption || findings_[i].credit)
      emit_finding(i);
    else
      keep(old_[i]);
    if (i == dateline_)
      article_->dateline->segment = static_cast<std::uint32_t>(article_->segments.size() - 1);
  }
}

/// What was cut and turned out to be one paragraph after all is joined again.
void CaptionExtractor::keep(const Segment& segment) {
  std::vector<Segment>& all = article_->segments;
  if (!all.empty() && all.back().kind == segment.kind && all.back().span.end == segment.span.begin)
    all.back().span.end = segment.span.end;
  else
    all.push_back(segment);
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
  prepare();
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
