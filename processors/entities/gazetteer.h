// The gazetteer: names with their type, Wikidata item, country and the care they need. Read once at
// start from a TSV file, then read-only and shared by all lanes.
//
// One entry a line, six columns parted by tabs; lines that begin with # are comments, and the
// comment "# date: 2026-11-24" dates the file:
//
//   name  type  qid  aliases  country  flags
//
//   type     person, organisation, place, demonym or event
//   qid      Wikidata's item (Q15031), or empty
//   aliases  other names, joined with |
//   country  ISO 3166-1 alpha-2, or empty; a demonym's country must have an entry with `country`
//   flags    joined with |:
//              country, capital   what the place is
//              exact              every name of the entry matches as it is written only
//              common             every name of the entry is also an ordinary word or a first name
//              word               every name of the entry, read in lower case, is a small word
//                                 ("US", "WHO"): it does not count in a line all in capitals
//              exact:NAME, common:NAME, word:NAME   the same for one name or alias
//
// A name without `exact` matches with its capitals ("China"; accents may be missing) and written
// all in capitals ("CHINA"). Acronyms (no lower-case letter in them) are exact of themselves. What
// `common` demands is told in resolve.h.
//
// A name that several entries have keeps all of them: a country before a capital before the rest,
// then in the order of the file.
//
// parse() throws std::runtime_error with file:line and what is wrong.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "processors/article.h"

namespace wiredesk::entities {

struct GazetteerEntry {
  EntityType type = EntityType::person;
  bool is_country = false;
  bool is_capital = false;
  std::string_view name;
  std::string_view qid;
  std::string_view country;

  /// Wikidata's address, else "urn:wiredesk:entity:TYPE:NAME".
  std::string id() const;
};

struct GazetteerName {
  std::string_view text;
  std::uint32_t entry = 0;
  bool exact = false;
  bool common = false;
  bool word = false;
};

class Gazetteer {
 public:
  /// `file` is for messages only.
  static std::shared_ptr<const Gazetteer> parse(std::string file, std::string text);
  static std::shared_ptr<const Gazetteer> load(const std::string& path);
  /// The one that is built into the program.
  static std::shared_ptr<const Gazetteer> builtin();

  Gazetteer(const Gazetteer&) = delete;
  Gazetteer& operator=(const Gazetteer&) = delete;

  /// What is known of a chain of words, by the chain of their hashes (see words.h).
  struct Node {
    std::uint64_t key = 0;  // 0: empty
    std::uint32_t first = 0;
    std::uint16_t count = 0;  // of names that end here
    bool continues = false;   // longer names begin so
  };
  /// False for most words that no name begins with: small enough to stay in the nearest cache.
  bool may_begin(std::uint64_t key) const {
    return (first_words_[(key >> 6) % first_words_.size()] >> (key & 63) & 1) != 0;
  }
  const Node* find(std::uint64_t key) const {
    const std::size_t mask = nodes_.size() - 1;
    for (std::size_t slot = key & mask; nodes_[slot].key != 0; slot = (slot + 1) & mask)
      if (nodes_[slot].key == key) return &nodes_[slot];
    return nullptr;
  }
  std::span<const GazetteerName> names(const Node& node) const {
    return {names_.data() + node.first, node.count};
  }

  const GazetteerEntry& entry(std::uint32_t index) const { return entries_[index]; }
  std::span<const GazetteerEntry> entries() const { return entries_; }
  std::size_t name_count() const { return names_.size(); }
  /// The place that the country's code stands for, or nullptr.
  const GazetteerEntry* country(std::string_view code) const;
  /// Date and hash of the file.
  const std::string& version() const { return version_; }

 private:
  friend class GazetteerBuilder;
  Gazetteer() = default;

  std::string text_;  // what the views below point into
  std::vector<GazetteerEntry> entries_;
  std::vector<GazetteerName> names_;  // those of one node lie together
  std::vector<Node> nodes_;           // open addressing, a power of two
  std::array<std::uint64_t, 1024> first_words_{};
  std::vector<std::pair<std::string_view, std::uint32_t>> countries_;  // sorted
  std::string version_;
};

}  // namespace wiredesk::entities
