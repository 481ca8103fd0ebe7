#include "tests/fakes/article_builder.h"

#include <stdexcept>

namespace wiredesk::fakes {

ArticleBuilder::ArticleBuilder() {
  source_.reserve(std::size_t{1} << 20);  // views of the source stay sound while it grows
  record.position = {.topic = "wire.raw", .partition = 3, .offset = 42};
  record.timestamp = record.time = Timestamp{1639569600000};
  article.position = record.position;
  article.meta.format = "text";
  article.meta.supplier = "examplenews";
  article.meta.id = "a1";
  article.raw_sha256 = std::string(64, '0');
}

std::uint32_t ArticleBuilder::add(SegmentKind kind, std::string_view text,
                                  std::string_view between) {
  if (source_.size() + text.size() + between.size() > source_.capacity())
    throw std::length_error("the article is larger than the builder's memory");
  if (!article.segments.empty()) source_.append(between);
  const auto begin = static_cast<std::uint32_t>(source_.size());
  source_.append(text);
  article.source = source_;
  article.segments.push_back({kind, {begin, static_cast<std::uint32_t>(source_.size())}});
  return static_cast<std::uint32_t>(article.segments.size() - 1);
}

Caption& ArticleBuilder::add_caption(std::string_view text, std::vector<std::uint32_t> segments) {
  Caption& caption = article.captions.emplace_back();
  caption.text = text;
  caption.segments = std::move(segments);
  return caption;
}

Mention ArticleBuilder::mention(std::uint32_t segment, std::string_view name, int nth) const {
  const Span span = article.segments.at(segment).span;
  std::size_t at = article.source.find(name, span.begin);
  for (; nth > 0; --nth) at = article.source.find(name, at + 1);
  if (at == std::string_view::npos || at + name.size() > span.end)
    throw std::invalid_argument("the segment does not hold the name");
  Mention mention;
  mention.segment = segment;
  mention.span = {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + name.size())};
  return mention;
}

Entity ArticleBuilder::entity(std::string_view id, EntityType type, std::string_view name,
                              std::vector<Mention> mentions) const {
  Entity entity;
  entity.id = id;
  entity.type = type;
  entity.name = name;
  entity.salience = 0.5;
  entity.mentions = std::move(mentions);
  return entity;
}

}  // namespace wiredesk::fakes
