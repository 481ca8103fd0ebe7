// Builds an article by hand, segment by segment, the way the chain would leave it.
#pragma once

#include <string>
#include <string_view>

#include "processors/article.h"

namespace wiredesk::fakes {

class ArticleBuilder {
 public:
  ArticleBuilder();
  ArticleBuilder(const ArticleBuilder&) = delete;
  ArticleBuilder& operator=(const ArticleBuilder&) = delete;

  /// Appends `between` (white space) and a segment; gives its index.
  std::uint32_t add(SegmentKind kind, std::string_view text, std::string_view between = "\n");
  /// A caption that these segments are the repetitions of.
  Caption& add_caption(std::string_view text, std::vector<std::uint32_t> segments);
  /// A mention of the `nth` occurrence of `name` in a segment.
  Mention mention(std::uint32_t segment, std::string_view name, int nth = 0) const;
  Entity entity(std::string_view id, EntityType type, std::string_view name,
                std::vector<Mention> mentions) const;

  Record record;
  Article article{record};

 private:
  std::string source_;
};

}  // namespace wiredesk::fakes
