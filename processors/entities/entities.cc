#include "processors/entities/entities.h"

#include <algorithm>

#include "processors/entities/collect.h"
#include "processors/entities/context.h"
#include "processors/entities/coreference.h"
#include "processors/entities/matcher.h"
#include "processors/entities/resolve.h"

namespace wiredesk::entities {
namespace {

bool is_looked_at(SegmentKind kind) {
  switch (kind) {
    case SegmentKind::headline:
    case SegmentKind::dateline:
    case SegmentKind::subhead:
    case SegmentKind::paragraph:
    case SegmentKind::caption:
    case SegmentKind::note:
      return true;
    default:
      return false;
  }
}

std::vector<Field> fields_of(const Article& article) {
  std::vector<Field> fields;
  const std::string& headline = article.meta.headline;
  if (!headline.empty())
    fields.push_back({Mention::kMetadataHeadline,
                      headline,
                      {0, static_cast<std::uint32_t>(headline.size())},
                      true});
  for (std::uint32_t i = 0; i < article.segments.size(); ++i) {
    const Segment& segment = article.segments[i];
    if (is_looked_at(segment.kind))
      fields.push_back({i, article.source, segment.span, segment.kind == SegmentKind::headline});
  }
  return fields;
}

SegmentKind kind_of(const Article& article, std::uint32_t segment) {
  return segment == Mention::kMetadataHeadline ? SegmentKind::headline
                                               : article.segments[segment].kind;
}

Occurrence::Proof proof_of(const Field& field, SegmentKind kind, const Hit& hit) {
  using Proof = Occurrence::Proof;
  if (kind == SegmentKind::dateline) return Proof::place_of_dateline;
  if (!hit.common || hit.shouted || kind == SegmentKind::headline || kind == SegmentKind::subhead)
    return Proof::none;
  if (capital_after(field.text, field.span, hit.span)) return Proof::piece;
  const Before word = before(field.text, field.span, hit.span);
  if (word == Before::capital || word == Before::titled) return Proof::spoilt;
  if (word == Before::perhaps_capital) return Proof::none;
  return at_sentence_start(field.text, field.span.begin, hit.span.begin) ? Proof::none
                                                                         : Proof::clean;
}

std::vector<Occurrence> occurrences_of(const Gazetteer& gazetteer, const Article& article,
                                       const std::vector<Field>& fields) {
  std::vector<Occurrence> occurrences;
  std::vector<Hit> hits;
  for (const Field& field : fields) {
    const SegmentKind kind = kind_of(article, field.segment);
    hits.clear();
    find_names(gazetteer, field.text, field.span, hits);
    for (const Hit& hit : hits) {
      const EntityType type = gazetteer.entry(hit.candidates[0]).type;
      if (kind == SegmentKind::dateline && (type != EntityType::place || hit.nested)) continue;
      occurrences.push_back({hit, field.segment, proof_of(field, kind, hit)});
    }
  }
  return occurrences;
}

struct Options final : ProcessorOptions {
  void declare(OptionReader& in) override {
    in.text("gazetteer", path,
            "Path of a gazetteer: TSV with the columns name, type, qid, aliases, country and "
            "flags, as in config/gazetteer.tsv; empty: the built-in one");
  }

  std::unique_ptr<ProcessorFactory> make_factory() const override {
    return std::make_unique<EntitiesFactory>(path.empty() ? Gazetteer::builtin()
                                                          : Gazetteer::load(path));
  }

  std::string path;
};

}  // namespace

Outcome EntitiesProcessor::process(Article& article) {
  const std::vector<Field> fields = fields_of(article);
  const auto occurrences = occurrences_of(*gazetteer_, article, fields);
  const auto full = Resolver(*gazetteer_).resolve(occurrences);
  const auto by_short_name = resolve_short_names(*gazetteer_, fields, full);
  article.entities = collect_entities(*gazetteer_, article, full, by_short_name);
  return Outcome::keep();
}

std::unique_ptr<Processor> EntitiesFactory::make() const {
  return std::make_unique<EntitiesProcessor>(gazetteer_);
}

std::vector<std::pair<std::string, std::string>> EntitiesFactory::versions() const {
  return {{"gazetteer", gazetteer_->version()}};
}

}  // namespace wiredesk::entities

namespace wiredesk {

std::unique_ptr<ProcessorOptions> make_entities_options() {
  return std::make_unique<entities::Options>();
}

}  // namespace wiredesk
