// The processor `entities`: people, organisations, places, events and demonyms of the article, with
// every mention's place.
//
// Looked at are the headline (segment and metadata), sub-heads, paragraphs, captions, notes, and
// the dateline for its places; never credits, bylines, end marks, trailers or life-cycle marks, so
// that photographers and the agency's own marks do not become entities.
//
// Article::entities gets one entity an id, the most salient first, its mentions in the article's
// order (the metadata headline's first). For the one who writes the message:
//
// - rel of a person, organisation, place or event: "about" when it is mentioned in the headline or
//   the first paragraph; else "dateline" when the dateline names it; else "about" from 4 mentions
//   on; else "mentions".
// - A demonym ("Russian") is an entity of type demonym and rel "demonym" that holds the mentions.
//   Its country is an entity of type place: the one that is there anyway, else one with rel
//   "demonym" and no mentions of its own, so that no stretch of text is counted twice.
// - salience = w / (w + 4), w being the sum over the mentions that are not nested: 4 in a headline,
//   2 in the first paragraph, 1/2 in a dateline, 1 elsewhere; a country known by its demonym only
//   has half its demonym's w.
//
// A processor belongs to one lane; the gazetteer is the factory's and shared. process() always says
// keep. A gazetteer that cannot be used is a std::runtime_error at start.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "processors/entities/gazetteer.h"
#include "processors/processor.h"
#include "processors/registry.h"

namespace wiredesk::entities {

class EntitiesProcessor final : public Processor {
 public:
  explicit EntitiesProcessor(std::shared_ptr<const Gazetteer> gazetteer)
      : gazetteer_(std::move(gazetteer)) {}
  Outcome process(Article& article) override;

 private:
  std::shared_ptr<const Gazetteer> gazetteer_;
};

class EntitiesFactory final : public ProcessorFactory {
 public:
  explicit EntitiesFactory(std::shared_ptr<const Gazetteer> gazetteer)
      : gazetteer_(std::move(gazetteer)) {}
  std::unique_ptr<Processor> make() const override;
  std::vector<std::pair<std::string, std::string>> versions() const override;

 private:
  std::shared_ptr<const Gazetteer> gazetteer_;
};

}  // namespace wiredesk::entities

namespace wiredesk {
std::unique_ptr<ProcessorOptions> make_entities_options();
}  // namespace wiredesk
