#include "processors/entities/coreference.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>
#include <unordered_map>
#include <utility>

#include "processors/entities/context.h"
#include "processors/entities/matcher.h"
#include "processors/entities/words.h"

namespace wiredesk::entities {
namespace {

template <typename List>
bool is_among(const List& list, std::string_view word) {
  return std::find(std::begin(list), std::end(list), word) != std::end(list);
}

std::vector<std::string_view> parts_of(std::string_view name) {
  std::vector<std::string_view> parts;
  while (!name.empty()) {
    const std::size_t end = std::min(name.find_first_of(" \t\r\n"), name.size());
    if (end > 0) parts.push_back(name.substr(0, end));
    name.remove_prefix(std::min(end + 1, name.size()));
  }
  return parts;
}

bool is_roman_numeral(std::string_view word) {
  return word.find_first_not_of("IVX") == std::string_view::npos;
}

bool is_particle(std::string_view word) {
  static constexpr std::array kParticles{
      std::string_view("von"), std::string_view("van"), std::string_view("der"),
      std::string_view("den"), std::string_view("de"),  std::string_view("del"),
      std::string_view("da"),  std::string_view("di"),  std::string_view("dos"),
      std::string_view("bin"), std::string_view("al"),  std::string_view("el"),
      std::string_view("ben"), std::string_view("la"),  std::string_view("le"),
      std::string_view("ter"), std::string_view("Al"),  std::string_view("De"),
      std::string_view("Van"), std::string_view("Le"),  std::string_view("Der")};
  return is_among(kParticles, word);
}

std::vector<std::string_view> family_name_last(std::string_view name,
                                               std::vector<std::string_view> parts) {
  if (parts.back() == "Jr." || parts.back() == "Jr" || parts.back() == "Sr.") parts.pop_back();
  if (parts.size() < 2 || is_roman_numeral(parts.back()) || is_among(parts, "of")) return {};
  std::size_t first = parts.size() - 1;
  while (first > 1 && is_particle(parts[first - 1])) --first;
  const auto begin = static_cast<std::size_t>(parts[first].data() - name.data());
  const auto end =
      static_cast<std::size_t>(parts.back().data() - name.data()) + parts.back().size();
  std::vector<std::string_view> forms{name.substr(begin, end - begin)};
  const std::string_view last = parts.back();
  if (first == parts.size() - 1 && (last.starts_with("al-") || last.starts_with("el-") ||
                                    last.starts_with("Al-") || last.starts_with("El-")))
    forms.push_back(last.substr(3));
  return forms;
}

struct ShortName {
  std::string_view text;  // of the first full name
  std::uint32_t entry = 0;
  std::size_t valid_from = 0;  // index into the fields
  std::uint32_t offset = 0;    // end of the first full name within that field
  bool ambiguous = false;
};

class ShortNames {
 public:
  ShortNames(const Gazetteer& gazetteer, const std::vector<Field>& fields,
             const std::vector<Resolved>& resolved)
      : gazetteer_(gazetteer), fields_(fields), resolved_(resolved) {}

  std::vector<Resolved> find() {
    gather();
    if (names_.empty()) return {};
    std::sort(names_.begin(), names_.end(), by_text);
    for (const ShortName& name : names_)
      begins_name_[static_cast<unsigned char>(name.text.front())] = true;
    for (std::size_t field = 0; field < fields_.size(); ++field) find_in(field);
    return std::move(found_);
  }

 private:
  static bool by_text(const ShortName& left, const ShortName& right) {
    return left.text < right.text;
  }

  void gather() {
    std::unordered_map<std::string_view, std::uint32_t> full_names;
    std::size_t field = 0;
    for (const Resolved& each : resolved_) {
      while (fields_[field].segment != each.segment) ++field;
      if (!each.nested) taken_.emplace_back(field, each.span);
      const GazetteerEntry& entry = gazetteer_.entry(each.entry);
      if (entry.type != EntityType::person) continue;
      const std::string_view full = fields_[field].text.substr(each.span.begin, each.span.size());
      const auto [known, fresh] = full_names.try_emplace(full, each.entry);
      if (!fresh && known->second == each.entry) continue;
      for (std::string_view form : short_forms(full, entry.country))
        add({form, each.entry, field, each.span.end, false});
    }
  }

  void add(const ShortName& name) {
    const auto [known, fresh] = index_.try_emplace(name.text, names_.size());
    if (fresh)
      names_.push_back(name);
    else if (names_[known->second].entry != name.entry)
      names_[known->second].ambiguous = true;
  }

  /// One pass over the text between the full names, however many names there are: a text may be
  /// nothing but names.
  void find_in(std::size_t field) {
    std::uint32_t at = fields_[field].span.begin;
    for (; next_taken_ < taken_.size() && taken_[next_taken_].first == field; ++next_taken_) {
      find_between(field, {at, taken_[next_taken_].second.begin});
      at = taken_[next_taken_].second.end;
    }
    find_between(field, {at, fields_[field].span.end});
  }

  void find_between(std::size_t field, Span range) {
    const std::string_view text = fields_[field].text.substr(0, fields_[field].span.end);
    for (std::uint32_t at = range.begin; at < range.end; ++at)
      if (begins_name_[static_cast<unsigned char>(text[at])] && name_may_begin(text, at))
        find_at(field, text, {at, range.end});
  }

  void find_at(std::size_t field, std::string_view text, Span range) {
    const std::string_view rest = text.substr(range.begin, range.size());
    const std::string_view word = rest.substr(0, word_end(rest, 0));
    auto name = std::lower_bound(names_.begin(), names_.end(), ShortName{word}, by_text);
    for (; name != names_.end() && name->text.starts_with(word); ++name)
      if (!name->ambiguous && rest.starts_with(name->text)) take(field, text, range.begin, *name);
  }

  void take(std::size_t field, std::string_view text, std::uint32_t at, const ShortName& name) {
    const Field& in = fields_[field];
    const bool in_time =
        in.runs_ahead || field > name.valid_from || (field == name.valid_from && at >= name.offset);
    const Span span{at, at + static_cast<std::uint32_t>(name.text.size())};
    if (in_time && name_may_end(text, span.end) && stands_alone(in, span))
      found_.push_back({in.segment, span, name.entry, false});
  }

  /// "Lyudmila Putin" and "Xi Mingze" are somebody else.
  static bool stands_alone(const Field& field, Span span) {
    if (field.runs_ahead) return true;
    if (capital_after(field.text, field.span, span)) return false;
    const Before word = before(field.text, field.span, span);
    return word == Before::plain || word == Before::titled;
  }

  const Gazetteer& gazetteer_;
  const std::vector<Field>& fields_;
  const std::vector<Resolved>& resolved_;
  std::vector<std::pair<std::size_t, Span>> taken_;  // by index of the field, disjoint, in order
  std::size_t next_taken_ = 0;
  std::vector<ShortName> names_;
  std::unordered_map<std::string_view, std::size_t> index_;  // of names_ by text, while they gather
  std::array<bool, 256> begins_name_{};                      // by first byte
  std::vector<Resolved> found_;
};

}  // namespace

std::vector<std::string_view> short_forms(std::string_view full_name, std::string_view country) {
  static constexpr std::array kFamilyNameFirst{std::string_view("CN"), std::string_view("TW"),
                                               std::string_view("KP"), std::string_view("KR"),
                                               std::string_view("VN")};
  static constexpr std::array kCalledByFirstName{std::string_view("ET"), std::string_view("ER")};
  const auto parts = parts_of(full_name);
  if (parts.size() < 2) return {};
  if (is_among(kFamilyNameFirst, country) || is_among(kCalledByFirstName, country)) {
    if (country == "VN") return {parts.front(), parts.back()};
    return {parts.front()};
  }
  return family_name_last(full_name, parts);
}

std::vector<Resolved> resolve_short_names(const Gazetteer& gazetteer,
                                          const std::vector<Field>& fields,
                                          const std::vector<Resolved>& resolved) {
  return ShortNames(gazetteer, fields, resolved).find();
}

}  // namespace wiredesk::entities
