#include "processors/entities/gazetteer_builder.h"

#include <algorithm>
#include <array>
#include <bit>
#include <limits>
#include <stdexcept>

#include "processors/entities/words.h"
#include "processors/identity.h"
#include "processors/text/utf8.h"

namespace wiredesk::entities {
namespace {

constexpr std::array kTypes{EntityType::person, EntityType::organisation, EntityType::place,
                            EntityType::demonym, EntityType::event};
constexpr std::string_view kDateComment = "# date: ";

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (;;) {
    const std::size_t end = text.find(separator);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

std::string quoted(std::string_view text) {
  return '"' + std::string(text) + '"';
}

bool is_qid(std::string_view text) {
  return text.size() > 1 && text.size() < 12 && text[0] == 'Q' && text[1] >= '1' &&
         text.find_first_not_of("0123456789", 1) == std::string_view::npos && text[1] <= '9';
}

bool is_country_code(std::string_view text) {
  return text.size() == 2 && std::all_of(text.begin(), text.end(),
                                         [](char byte) { return byte >= 'A' && byte <= 'Z'; });
}

bool contains(const std::vector<std::string_view>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// The chain of hashes of every beginning of the name; the last one is the whole name's.
std::vector<std::uint64_t> keys_of(std::string_view name) {
  std::vector<std::uint64_t> keys;
  std::uint64_t key = 0;
  for (std::size_t at = 0; at < name.size();) {
    const std::uint32_t end = word_end(name, at);
    if (end == at) {
      at += utf8::decode(name, at).size;
      continue;
    }
    key = chain_hash(key, folded_hash(name.substr(at, end - at)));
    keys.push_back(key);
    at = end;
  }
  return keys;
}

int rank(const GazetteerEntry& entry) {
  return entry.is_country ? 0 : entry.is_capital ? 1 : 2;
}

}  // namespace

GazetteerBuilder::GazetteerBuilder(std::string file, std::string text)
    : file_(std::move(file)), gazetteer_(new Gazetteer) {
  gazetteer_->text_ = std::move(text);
}

void GazetteerBuilder::fail(const std::string& what) const {
  throw std::runtime_error(file_ + ':' + std::to_string(line_) + ": " + what);
}

std::shared_ptr<const Gazetteer> GazetteerBuilder::build() {
  const std::string_view text = gazetteer_->text_;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    ++line_;
    read_line(text.substr(at, end - at));
    at = end + 1;
  }
  if (gazetteer_->entries_.empty()) fail("no entry in the whole file");
  index_countries();
  index_names();
  gazetteer_->version_ = (date_.empty() ? "" : date_ + '-') + fast_hash_hex(text).substr(0, 12);
  return gazetteer_;
}

void GazetteerBuilder::read_line(std::string_view line) {
  if (line.ends_with('\r')) line.remove_suffix(1);
  if (utf8::first_invalid(line) != utf8::kValid) fail("not UTF-8; save the file as UTF-8");
  if (line.starts_with(kDateComment)) date_ = line.substr(kDateComment.size());
  if (!line.empty() && !line.starts_with('#')) read_entry(line);
}

void GazetteerBuilder::read_entry(std::string_view line) {
  const auto columns = split(line, '\t');
  if (columns.size() != 6)
    fail(
        "6 columns parted by tabs are wanted (name, type, qid, aliases, country, flags), this "
        "line has " +
        std::to_string(columns.size()));
  GazetteerEntry entry;
  entry.name = columns[0];
  entry.qid = columns[2];
  entry.country = columns[4];
  const auto* type = std::find_if(kTypes.begin(), kTypes.end(),
                                  [&](EntityType each) { return to_string(each) == columns[1]; });
  if (type == kTypes.end())
    fail("the type " + quoted(columns[1]) +
         " is none of person, organisation, place, demonym, event");
  entry.type = *type;
  const Flags flags = read_flags(columns[5]);
  entry.is_country = flags.country;
  entry.is_capital = flags.capital;
  check_entry(entry);
  if (!seen_.emplace(entry.name, entry.type, entry.country).second)
    fail(quoted(entry.name) + " stands here a second time with this type and country");
  gazetteer_->entries_.push_back(entry);
  entry_lines_.push_back(line_);
  add_names(static_cast<std::uint32_t>(gazetteer_->entries_.size() - 1), entry.name, columns[3],
            flags);
}

void GazetteerBuilder::check_entry(const GazetteerEntry& entry) const {
  if (!entry.qid.empty() && !is_qid(entry.qid))
    fail(quoted(entry.qid) + " is not a Wikidata item; Q and digits are wanted, or nothing");
  if (!entry.country.empty() && !is_country_code(entry.country))
    fail(quoted(entry.country) + " is not a country's code of two capitals (ISO 3166-1)");
  if (entry.is_country && (entry.type != EntityType::place || entry.country.empty()))
    fail("the flag country needs the type place and a country's code");
}

GazetteerBuilder::Flags GazetteerBuilder::read_flags(std::string_view column) const {
  Flags flags;
  if (column.empty()) return flags;
  for (std::string_view flag : split(column, '|')) {
    if (flag == "country")
      flags.country = true;
    else if (flag == "capital")
      flags.capital = true;
    else if (flag == "exact")
      flags.exact = true;
    else if (flag == "common")
      flags.common = true;
    else if (flag == "word")
      flags.word = true;
    else if (flag.starts_with("exact:"))
      flags.exact_names.push_back(flag.substr(6));
    else if (flag.starts_with("common:"))
      flags.common_names.push_back(flag.substr(7));
    else if (flag.starts_with("word:"))
      flags.word_names.push_back(flag.substr(5));
    else
      fail("the flag " + quoted(flag) +
           " is none of country, capital, exact, common, word, exact:NAME, common:NAME, word:NAME");
  }
  return flags;
}

void GazetteerBuilder::add_names(std::uint32_t entry, std::string_view name,
                                 std::string_view aliases, const Flags& flags) {
  std::vector<std::string_view> texts{name};
  if (!aliases.empty())
    for (std::string_view alias : split(aliases, '|')) texts.push_back(alias);
  for (const auto* named : {&flags.exact_names, &flags.common_names, &flags.word_names})
    for (std::string_view each : *named)
      if (!contains(texts, each))
        fail("a flag names " + quoted(each) + ", which is no name of this entry");
  for (std::string_view text : texts) {
    const auto keys = keys_of(text);
    if (keys.empty()) fail("the name " + quoted(text) + " holds no letter");
    if (word_character(text, 0) == 0)
      fail("the name " + quoted(text) + " does not begin with a letter or digit");
    if (std::count(texts.begin(), texts.end(), text) > 1)
      fail("the name " + quoted(text) + " stands twice in this entry");
    const bool exact = flags.exact || contains(flags.exact_names, text) || is_all_capitals(text);
    const bool common = flags.common || contains(flags.common_names, text);
    const bool word = flags.word || contains(flags.word_names, text);
    keyed_.push_back({keys.back(), {text, entry, exact, common, word}});
    auto& first_words = gazetteer_->first_words_;
    first_words[(keys[0] >> 6) % first_words.size()] |= 1ULL << (keys[0] & 63);
    prefixes_.insert(prefixes_.end(), keys.begin(), keys.end() - 1);
  }
}

void GazetteerBuilder::index_countries() {
  auto& countries = gazetteer_->countries_;
  const auto& entries = gazetteer_->entries_;
  for (std::uint32_t i = 0; i < entries.size(); ++i)
    if (entries[i].is_country) countries.emplace_back(entries[i].country, i);
  std::sort(countries.begin(), countries.end());
  for (std::size_t i = 1; i < countries.size(); ++i) {
    if (countries[i].first != countries[i - 1].first) continue;
    line_ = entry_lines_[countries[i].second];
    fail("the code " + quoted(countries[i].first) + " has two entries with the flag country");
  }
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (entries[i].type != EntityType::demonym || entries[i].country.empty()) continue;
    line_ = entry_lines_[i];
    if (!gazetteer_->country(entries[i].country))
      fail("no entry with the flag country has the demonym's code " + quoted(entries[i].country));
  }
}

void GazetteerBuilder::index_names() {
  const auto& entries = gazetteer_->entries_;
  std::stable_sort(keyed_.begin(), keyed_.end(), [&](const KeyedName& a, const KeyedName& b) {
    if (a.key != b.key) return a.key < b.key;
    return rank(entries[a.name.entry]) < rank(entries[b.name.entry]);
  });
  gazetteer_->nodes_.resize(std::bit_ceil(2 * (keyed_.size() + prefixes_.size())));
  for (std::uint64_t key : prefixes_) node(key).continues = true;
  for (std::uint32_t i = 0; i < keyed_.size(); ++i) {
    Gazetteer::Node& at = node(keyed_[i].key);
    if (at.count == std::numeric_limits<std::uint16_t>::max())
      fail("too many entries have the name " + quoted(keyed_[i].name.text));
    if (at.count++ == 0) at.first = i;
    gazetteer_->names_.push_back(keyed_[i].name);
  }
}

Gazetteer::Node& GazetteerBuilder::node(std::uint64_t key) {
  auto& nodes = gazetteer_->nodes_;
  const std::size_t mask = nodes.size() - 1;
  std::size_t slot = key & mask;
  while (nodes[slot].key != 0 && nodes[slot].key != key) slot = (slot + 1) & mask;
  nodes[slot].key = key;
  return nodes[slot];
}

}  // namespace wiredesk::entities
