#include "processors/entities/collect.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

namespace wiredesk::entities {
namespace {

constexpr double kHeadlineWeight = 4;
constexpr double kFirstParagraphWeight = 2;
constexpr double kDatelineWeight = 0.5;
constexpr double kHalfSalience = 4;  // the weight that gives 0.5
constexpr int kFrequentMentions = 4;
constexpr double kFullNameConfidence = 0.95;
constexpr double kShortNameConfidence = 0.9;

double salience_of(double weight) {
  return std::round(1000 * weight / (weight + kHalfSalience)) / 1000;
}

std::uint32_t first_paragraph(const Article& article) {
  const auto found =
      std::find_if(article.segments.begin(), article.segments.end(),
                   [](const Segment& segment) { return segment.kind == SegmentKind::paragraph; });
  return static_cast<std::uint32_t>(found - article.segments.begin());
}

/// The metadata headline stands before everything else.
std::pair<std::uint32_t, std::uint32_t> order(const Mention& mention) {
  return {mention.segment + 1, mention.span.begin};
}

class Collector {
 public:
  Collector(const Gazetteer& gazetteer, const Article& article)
      : gazetteer_(gazetteer), article_(article), first_paragraph_(first_paragraph(article)) {}

  void add(const std::vector<Resolved>& mentions, std::string_view by, double confidence) {
    for (const Resolved& each : mentions)
      entity(gazetteer_.entry(each.entry))
          .mentions.push_back({each.segment, each.span, by, confidence, each.nested});
  }

  std::vector<Entity> finish() {
    for (Entity& each : entities_) describe(each);
    add_countries_of_demonyms();
    std::stable_sort(entities_.begin(), entities_.end(),
                     [](const Entity& a, const Entity& b) { return a.salience > b.salience; });
    return std::move(entities_);
  }

 private:
  Entity& entity(const GazetteerEntry& entry) {
    const auto [known, first_mention] = by_entry_.try_emplace(&entry, 0);
    if (first_mention) known->second = add_entity(entry);
    return entities_[known->second];
  }

  /// Several entries may have one id.
  std::size_t add_entity(const GazetteerEntry& entry) {
    const auto [found, is_new] = by_id_.try_emplace(entry.id(), entities_.size());
    if (is_new) {
      entities_.push_back({found->first, entry.type, std::string(entry.name), "mentions", 0, {}});
      entries_.push_back(&entry);
    }
    return found->second;
  }

  void describe(Entity& each) {
    std::stable_sort(each.mentions.begin(), each.mentions.end(),
                     [](const Mention& a, const Mention& b) { return order(a) < order(b); });
    double weight = 0;
    int count = 0;
    bool in_lead = false;
    bool in_dateline = false;
    for (const Mention& mention : each.mentions) {
      if (mention.nested) continue;
      const SegmentKind kind = kind_of(mention);
      weight += weight_of(mention, kind);
      in_dateline |= kind == SegmentKind::dateline;
      count += kind != SegmentKind::dateline;
      in_lead |= kind == SegmentKind::headline || mention.segment == first_paragraph_;
    }
    each.salience = salience_of(weight);
    if (each.type == EntityType::demonym)
      each.rel = "demonym";
    else if (in_lead || (!in_dateline && count >= kFrequentMentions))
      each.rel = "about";
    else if (in_dateline)
      each.rel = "dateline";
  }

  SegmentKind kind_of(const Mention& mention) const {
    return mention.segment == Mention::kMetadataHeadline ? SegmentKind::headline
                                                         : article_.segments[mention.segment].kind;
  }

  double weight_of(const Mention& mention, SegmentKind kind) const {
    if (kind == SegmentKind::headline) return kHeadlineWeight;
    if (kind == SegmentKind::dateline) return kDatelineWeight;
    return mention.segment == first_paragraph_ ? kFirstParagraphWeight : 1;
  }

  void add_countries_of_demonyms() {
    for (std::size_t i = 0, count = entities_.size(); i < count; ++i) {
      if (entities_[i].type != EntityType::demonym) continue;
      const GazetteerEntry* country = gazetteer_.country(entries_[i]->country);
      if (!country) continue;
      const double salience = entities_[i].salience;
      Entity& place = entity(*country);
      if (!place.mentions.empty()) continue;
      const double weight = kHalfSalience * salience / (1 - salience);
      place.rel = "demonym";
      place.salience = std::max(place.salience, salience_of(weight / 2));
    }
  }

  const Gazetteer& gazetteer_;
  const Article& article_;
  std::uint32_t first_paragraph_;
  std::vector<Entity> entities_;
  std::vector<const GazetteerEntry*> entries_;  // of the entities, in their order
  std::unordered_map<const GazetteerEntry*, std::size_t> by_entry_;
  std::unordered_map<std::string, std::size_t> by_id_;
};

}  // namespace

std::vector<Entity> collect_entities(const Gazetteer& gazetteer, const Article& article,
                                     const std::vector<Resolved>& full,
                                     const std::vector<Resolved>& by_short_name) {
  Collector collector(gazetteer, article);
  collector.add(full, "gazetteer", kFullNameConfidence);
  collector.add(by_short_name, "coreference", kShortNameConfidence);
  return collector.finish();
}

}  // namespace wiredesk::entities
