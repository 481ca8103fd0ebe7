// From hits to what they mean, over the whole article:
//
// - `common` names ("Turkey", "Jordan", "Apple") count only in an article where at least one
//   occurrence stands within a sentence and no capitalised word touches it, and where none follows
//   a capitalised word or a title as a family name does ("Michael Jordan"). An occurrence before
//   a capitalised word is taken for a piece of a longer name and never counts ("Paris Agreement").
//   Headlines, sub-heads, the beginnings of sentences and words all in capitals neither prove nor
//   disprove; they follow the others. A dateline's place needs no proof.
// - A name of several entries means the first of them (countries before capitals before the rest,
//   see gazetteer.h), unless nothing else in the article speaks for the first one's country and
//   something does for another's ("Georgia" beside "Atlanta" is the state).
//
// Scratch of one processor; one thread.
#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "processors/entities/gazetteer.h"
#include "processors/entities/matcher.h"

namespace wiredesk::entities {

/// Where a hit stands and what that is worth as proof.
struct Occurrence {
  enum class Proof : std::uint8_t { none, clean, spoilt, piece, place_of_dateline };

  Hit hit;
  std::uint32_t segment = 0;  // index, or Mention::kMetadataHeadline
  Proof proof = Proof::none;
};

struct Resolved {
  std::uint32_t segment = 0;
  Span span;
  std::uint32_t entry = 0;
  bool nested = false;
};

class Resolver {
 public:
  explicit Resolver(const Gazetteer& gazetteer) : gazetteer_(gazetteer) {}

  /// In the order of `occurrences`; those that do not count are left out.
  std::vector<Resolved> resolve(const std::vector<Occurrence>& occurrences);

 private:
  void gather(const std::vector<Occurrence>& occurrences);
  bool counts(const Occurrence& occurrence) const;
  std::uint32_t choose(const Hit& hit) const;
  int votes(std::uint32_t entry) const;

  const Gazetteer& gazetteer_;
  struct Evidence {
    bool clean = false;
    bool spoilt = false;
  };
  std::unordered_map<std::uint32_t, Evidence> evidence_;          // by first candidate
  std::unordered_map<std::string_view, int> votes_of_countries_;  // by code
};

}  // namespace wiredesk::entities
