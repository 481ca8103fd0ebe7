#include "processors/options.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>

namespace wiredesk {
namespace {

struct Unit {
  std::string_view suffix;
  std::int64_t factor;
};

constexpr std::array<Unit, 9> kByteUnits{{{"KiB", 1LL << 10},
                                          {"MiB", 1LL << 20},
                                          {"GiB", 1LL << 30},
                                          {"TiB", 1LL << 40},
                                          {"kB", 1000},
                                          {"KB", 1000},
                                          {"MB", 1000 * 1000},
                                          {"GB", 1000LL * 1000 * 1000},
                                          {"B", 1}}};
constexpr std::array<Unit, 5> kTimeUnits{
    {{"ms", 1}, {"s", 1000}, {"m", 60 * 1000}, {"h", 3600 * 1000}, {"d", 24LL * 3600 * 1000}}};

template <std::size_t N>
bool parse_with_unit(std::string_view text, const std::array<Unit, N>& units, bool bare,
                     std::int64_t& value) {
  const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || value < 0) return false;
  std::string_view suffix = text.substr(static_cast<std::size_t>(rest - text.data()));
  while (suffix.starts_with(' ')) suffix.remove_prefix(1);
  if (suffix.empty()) return bare || value == 0;
  const auto* unit = std::find_if(units.begin(), units.end(),
                                  [&](const Unit& each) { return each.suffix == suffix; });
  if (unit == units.end()) return false;
  if (value > std::numeric_limits<std::int64_t>::max() / unit->factor) return false;
  value *= unit->factor;
  return true;
}

/// The largest of the units that divides the value without a rest.
template <std::size_t N>
std::string format_with_unit(std::int64_t value, const std::array<Unit, N>& units,
                             std::string_view bare) {
  const Unit* best = nullptr;
  for (const Unit& unit : units)
    if (value != 0 && value % unit.factor == 0 && (!best || unit.factor > best->factor))
      best = &unit;
  if (!best || best->factor == 1) return std::to_string(value) + std::string(bare);
  return std::to_string(value / best->factor) + std::string(best->suffix);
}

std::size_t edit_distance(std::string_view left, std::string_view right) {
  std::vector<std::size_t> row(right.size() + 1);
  for (std::size_t j = 0; j < row.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= left.size(); ++i) {
    std::size_t diagonal = row[0]++;
    for (std::size_t j = 1; j <= right.size(); ++j) {
      const std::size_t change = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, change});
    }
  }
  return row.back();
}

std::string_view nearest(std::string_view word, const std::vector<std::string>& candidates) {
  std::string_view best;
  std::size_t best_distance = 3;  // further away it is not a slip of the pen
  for (const std::string& candidate : candidates) {
    const std::size_t distance = edit_distance(word, candidate);
    if (distance < best_distance) {
      best = candidate;
      best_distance = distance;
    }
  }
  return best;
}

std::string join(const std::vector<std::string_view>& words) {
  std::string text;
  for (std::string_view word : words) text.append(text.empty() ? "" : ", ").append(word);
  return text;
}

std::string all_lines(const std::vector<ConfigProblem>& problems) {
  std::string text;
  for (const ConfigProblem& problem : problems) {
    const std::string mark = to_string(problem.mark);
    text.append(text.empty() ? "" : "\n").append(mark).append(mark.empty() ? "" : ": ");
    text.append(problem.message);
  }
  return text;
}

}  // namespace

std::string to_string(const ConfigMark& mark) {
  if (mark.line == 0) return mark.file;
  return mark.file + ":" + std::to_string(mark.line) + ":" + std::to_string(mark.column);
}

const ConfigNode* ConfigNode::find(std::string_view key) const {
  for (const Entry& entry : entries)
    if (entry.key == key) return &entry.value;
  return nullptr;
}

ConfigError::ConfigError(std::vector<ConfigProblem> problems)
    : std::runtime_error(all_lines(problems)), problems_(std::move(problems)) {}

OptionReader::OptionReader(const ConfigNode* node, std::string path,
                           std::vector<ConfigProblem>* problems, std::vector<OptionDoc>* docs)
    : node_(node), path_(std::move(path)), problems_(problems), docs_(docs) {}

void OptionReader::read(const ConfigNode* node, std::string path,
                        std::vector<ConfigProblem>& problems, const Declare& declare) {
  const bool usable = node && node->kind == ConfigNode::Kind::map;
  OptionReader reader(usable ? node : nullptr, std::move(path), &problems, nullptr);
  if (node && !usable && node->kind != ConfigNode::Kind::null)
    reader.report(node->mark, "'" + reader.path_ + "' is a section: write its keys below it");
  declare(reader);
  reader.report_unknown_keys();
}

std::vector<OptionDoc> OptionReader::describe(std::string path, const Declare& declare) {
  std::vector<OptionDoc> docs;
  OptionReader reader(nullptr, std::move(path), nullptr, &docs);
  declare(reader);
  return docs;
}

std::string OptionReader::path_of(std::string_view name) const {
  return path_.empty() ? std::string(name) : path_ + "." + std::string(name);
}

void OptionReader::report(const ConfigMark& mark, std::string message) {
  if (problems_) problems_->push_back({mark, std::move(message)});
}

void OptionReader::problem(std::string_view name, std::string message) {
  ConfigMark mark = node_ ? node_->mark : ConfigMark{};
  if (node_)
    for (const ConfigNode::Entry& entry : node_->entries)
      if (entry.key == name) mark = entry.value.mark;
  report(mark, std::move(message));
}

void OptionReader::report_unknown_keys() {
  if (!node_) return;
  for (const ConfigNode::Entry& entry : node_->entries) {
    if (std::find(known_.begin(), known_.end(), entry.key) != known_.end()) continue;
    std::string message = "unknown key '" + path_of(entry.key) + "'";
    const std::string_view guess = nearest(entry.key, known_);
    if (!guess.empty()) message += "; did you mean '" + path_of(guess) + "'?";
    report(entry.mark, std::move(message));
  }
}

void OptionReader::document(std::string_view name, std::string_view type, std::string default_value,
                            std::string_view doc) {
  known_.emplace_back(name);
  if (docs_)
    docs_->push_back(
        {path_of(name), std::string(type), std::move(default_value), std::string(doc)});
}

const ConfigNode* OptionReader::take(std::string_view name) {
  const ConfigNode* found = node_ ? node_->find(name) : nullptr;
  return found && found->kind != ConfigNode::Kind::null ? found : nullptr;
}

const ConfigNode* OptionReader::take_scalar(std::string_view name) {
  const ConfigNode* found = take(name);
  if (!found || found->kind == ConfigNode::Kind::scalar) return found;
  report(found->mark, "'" + path_of(name) + "' takes one value");
  return nullptr;
}

void OptionReader::text(std::string_view name, std::string& value, std::string_view doc) {
  document(name, "text", value, doc);
  if (const ConfigNode* found = take_scalar(name)) value = found->scalar;
}

void OptionReader::flag(std::string_view name, bool& value, std::string_view doc) {
  document(name, "true | false", value ? "true" : "false", doc);
  const ConfigNode* found = take_scalar(name);
  if (!found) return;
  if (found->scalar == "true" || found->scalar == "false")
    value = found->scalar == "true";
  else
    report(found->mark, "'" + path_of(name) + "' takes true or false, not '" + found->scalar + "'");
}

void OptionReader::integer(std::string_view name, std::int64_t& value, std::int64_t min,
                           std::int64_t max, std::string_view doc) {
  document(name, "integer", std::to_string(value), doc);
  const ConfigNode* found = take_scalar(name);
  if (!found) return;
  const std::string& text = found->scalar;
  std::int64_t parsed = 0;
  const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), parsed);
  if (error != std::errc{} || rest != text.data() + text.size() || parsed < min || parsed > max)
    report(found->mark, "'" + path_of(name) + "' takes a whole number from " + std::to_string(min) +
                            " to " + std::to_string(max) + ", not '" + text + "'");
  else
    value = parsed;
}

void OptionReader::integer(std::string_view name, int& value, int min, int max,
                           std::string_view doc) {
  std::int64_t wide = value;
  integer(name, wide, static_cast<std::int64_t>(min), static_cast<std::int64_t>(max), doc);
  value = static_cast<int>(wide);
}

void OptionReader::bytes(std::string_view name, std::size_t& value, std::size_t min,
                         std::size_t max, std::string_view doc) {
  document(name, "bytes", format_bytes(value), doc);
  const ConfigNode* found = take_scalar(name);
  if (!found) return;
  std::size_t parsed = 0;
  if (!parse_bytes(found->scalar, parsed) || parsed < min || parsed > max)
    report(found->mark, "'" + path_of(name) + "' takes a size from " + format_bytes(min) + " to " +
                            format_bytes(max) + ", such as 16MiB, not '" + found->scalar + "'");
  else
    value = parsed;
}

void OptionReader::duration(std::string_view name, std::chrono::milliseconds& value,
                            std::chrono::milliseconds min, std::chrono::milliseconds max,
                            std::string_view doc) {
  document(name, "duration", format_duration(value), doc);
  const ConfigNode* found = take_scalar(name);
  if (!found) return;
  std::chrono::milliseconds parsed{};
  if (!parse_duration(found->scalar, parsed) || parsed < min || parsed > max)
    report(found->mark, "'" + path_of(name) + "' takes a time from " + format_duration(min) +
                            " to " + format_duration(max) + ", such as 20ms or 72h, not '" +
                            found->scalar + "'");
  else
    value = parsed;
}

void OptionReader::list(std::string_view name, std::vector<std::string>& value,
                        std::string_view doc) {
  std::string shown;
  for (const std::string& item : value) shown.append(shown.empty() ? "" : ", ").append(item);
  document(name, "list", "[" + shown + "]", doc);
  const ConfigNode* found = take(name);
  if (!found) return;
  if (found->kind != ConfigNode::Kind::sequence) {
    report(found->mark, "'" + path_of(name) + "' takes a list, such as [\"one\", \"two\"]");
    return;
  }
  value.clear();
  for (const ConfigNode& item : found->items) {
    if (item.kind == ConfigNode::Kind::scalar)
      value.push_back(item.scalar);
    else
      report(item.mark, "'" + path_of(name) + "' takes plain values in its list");
  }
}

void OptionReader::named_values(std::string_view name, NamedValues& value, std::string_view doc) {
  std::string shown;
  for (const NamedValue& each : value)
    shown.append(shown.empty() ? "" : ", ").append(each.name).append(": ").append(each.value);
  document(name, "map", "{" + shown + "}", doc);
  const ConfigNode* found = take(name);
  if (!found) return;
  if (found->kind != ConfigNode::Kind::map) {
    report(found->mark, "'" + path_of(name) + "' takes names and values below it");
    return;
  }
  for (const ConfigNode::Entry& entry : found->entries) {
    if (entry.value.kind != ConfigNode::Kind::scalar) {
      report(entry.value.mark, "'" + path_of(name) + "." + entry.key + "' takes one value");
      continue;
    }
    const auto known = std::find_if(value.begin(), value.end(),
                                    [&](const NamedValue& each) { return each.name == entry.key; });
    if (known == value.end())
      value.push_back({entry.key, entry.value.scalar, entry.value.mark});
    else
      *known = {entry.key, entry.value.scalar, entry.value.mark};
  }
}

void OptionReader::section(std::string_view name, std::string_view /*doc*/,
                           const Declare& declare) {
  known_.emplace_back(name);
  if (docs_) {
    for (OptionDoc& doc : describe(path_of(name), declare)) docs_->push_back(std::move(doc));
  } else {
    read(node_ ? node_->find(name) : nullptr, path_of(name), *problems_, declare);
  }
}

std::size_t OptionReader::pick(std::string_view name, const std::vector<std::string_view>& names,
                               std::size_t index, std::string_view doc) {
  std::string type;
  for (std::string_view each : names) type.append(type.empty() ? "" : " | ").append(each);
  document(name, type, std::string(names[index]), doc);
  const ConfigNode* found = take_scalar(name);
  if (!found) return index;
  const auto place = std::find(names.begin(), names.end(), found->scalar);
  if (place != names.end()) return static_cast<std::size_t>(place - names.begin());
  report(found->mark,
         "'" + path_of(name) + "' takes one of " + join(names) + ", not '" + found->scalar + "'");
  return index;
}

bool parse_bytes(std::string_view text, std::size_t& bytes) {
  std::int64_t value = 0;
  if (!parse_with_unit(text, kByteUnits, true, value)) return false;
  bytes = static_cast<std::size_t>(value);
  return true;
}

bool parse_duration(std::string_view text, std::chrono::milliseconds& duration) {
  std::int64_t value = 0;
  if (!parse_with_unit(text, kTimeUnits, false, value)) return false;
  duration = std::chrono::milliseconds(value);
  return true;
}

std::string format_bytes(std::size_t bytes) {
  // Decimal units would win over binary ones for round numbers of both kinds; show binary only.
  constexpr std::array<Unit, 4> kShown{
      {{"KiB", 1LL << 10}, {"MiB", 1LL << 20}, {"GiB", 1LL << 30}, {"TiB", 1LL << 40}}};
  return format_with_unit(static_cast<std::int64_t>(bytes), kShown, "");
}

std::string format_duration(std::chrono::milliseconds duration) {
  constexpr std::array<Unit, 4> kShown{{{"ms", 1}, {"s", 1000}, {"m", 60'000}, {"h", 3'600'000}}};
  return format_with_unit(duration.count(), kShown, "ms");
}

}  // namespace wiredesk
