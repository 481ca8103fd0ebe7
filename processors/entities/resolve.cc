#include "processors/entities/resolve.h"

namespace wiredesk::entities {

std::vector<Resolved> Resolver::resolve(const std::vector<Occurrence>& occurrences) {
  gather(occurrences);
  std::vector<Resolved> resolved;
  resolved.reserve(occurrences.size());
  for (const Occurrence& each : occurrences)
    if (counts(each))
      resolved.push_back({each.segment, each.hit.span, choose(each.hit), each.hit.nested});
  return resolved;
}

void Resolver::gather(const std::vector<Occurrence>& occurrences) {
  evidence_.clear();
  votes_of_countries_.clear();
  for (const Occurrence& each : occurrences) {
    const std::uint32_t first = each.hit.candidates[0];
    if (each.hit.common) {
      Evidence& evidence = evidence_[first];
      evidence.clean |= each.proof == Occurrence::Proof::clean ||
                        each.proof == Occurrence::Proof::place_of_dateline;
      evidence.spoilt |= each.proof == Occurrence::Proof::spoilt;
    } else if (each.hit.candidate_count == 1) {
      const std::string_view country = gazetteer_.entry(first).country;
      if (!country.empty()) ++votes_of_countries_[country];
    }
  }
}

bool Resolver::counts(const Occurrence& occurrence) const {
  if (!occurrence.hit.common || occurrence.proof == Occurrence::Proof::place_of_dateline)
    return true;
  if (occurrence.proof == Occurrence::Proof::piece) return false;
  const Evidence& evidence = evidence_.at(occurrence.hit.candidates[0]);
  return evidence.clean && !evidence.spoilt;
}

std::uint32_t Resolver::choose(const Hit& hit) const {
  const std::uint32_t first = hit.candidates[0];
  if (hit.candidate_count == 1 || votes(first) > 0) return first;
  std::uint32_t best = first;
  for (std::size_t i = 1; i < hit.candidate_count; ++i)
    if (votes(hit.candidates[i]) > votes(best)) best = hit.candidates[i];
  return best;
}

int Resolver::votes(std::uint32_t entry) const {
  const auto found = votes_of_countries_.find(gazetteer_.entry(entry).country);
  return found == votes_of_countries_.end() ? 0 : found->second;
}

}  // namespace wiredesk::entities
