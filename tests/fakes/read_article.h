// Reads a text as the first half of the chain does: structure, then captions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "processors/article.h"

namespace wiredesk::fakes {

class ReadArticle {
 public:
  /// `time`: of the record; 0 where there is none, as for a file.
  explicit ReadArticle(std::string_view text, Timestamp time = {});
  ReadArticle(const ReadArticle&) = delete;
  ReadArticle& operator=(const ReadArticle&) = delete;

  const Article& operator*() const { return article_; }
  const Article* operator->() const { return &article_; }

  /// The texts of the segments of one kind, in order.
  std::vector<std::string> all(SegmentKind kind) const;

 private:
  std::string text_;
  Record record_;
  Article article_{record_};
};

}  // namespace wiredesk::fakes
