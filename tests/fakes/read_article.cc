#include "tests/fakes/read_article.h"

#include "processors/captions/captions.h"
#include "processors/structure/structure.h"

namespace wiredesk::fakes {

ReadArticle::ReadArticle(std::string_view text, Timestamp time) : text_(text) {
  record_.value = text_;
  record_.timestamp = record_.time = time;
  article_.source = text_;
  StructureProcessor().process(article_);
  CaptionsProcessor().process(article_);
}

std::vector<std::string> ReadArticle::all(SegmentKind kind) const {
  std::vector<std::string> texts;
  for (const Segment& segment : article_.segments)
    if (segment.kind == kind) texts.emplace_back(article_.text(segment));
  return texts;
}

}  // namespace wiredesk::fakes
