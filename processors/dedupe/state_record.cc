#include "processors/dedupe/state_record.h"

#include <array>
#include <charconv>
#include <optional>
#include <stdexcept>

namespace wiredesk {
namespace {

constexpr char kVersion = '1';
constexpr std::size_t kFields = 8;

[[noreturn]] void refuse(std::string_view key, const std::string& what) {
  throw std::runtime_error("dedupe state record '" + std::string(key) + "': " + what);
}

std::string version_text(char version) {
  if (version > 0x20 && version < 0x7F) return "'" + std::string(1, version) + "'";
  return "byte " + std::to_string(static_cast<unsigned char>(version));
}

void check_version(std::string_view key, std::string_view value) {
  if (value.empty()) refuse(key, "it has no value; is `state.topic` the state topic of wiredesk?");
  if (value.front() == kVersion && value.substr(1, 1) == "\t") return;
  refuse(key, "its form is version " + version_text(value.front()) +
                  ", this program knows version '1': run the release that wrote it or a newer one, "
                  "or name a new topic in `state.topic` (dedupe then begins without memory)");
}

std::string position_text(const OwnedPosition& position) {
  return position.topic + '/' + std::to_string(position.partition) + '/' +
         std::to_string(position.offset) + '/' + std::to_string(position.item);
}

template <typename Number>
bool parse_number(std::string_view text, Number& number) {
  const char* end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, number);
  return error == std::errc{} && rest == end;
}

/// Takes the part behind the last '/' off the text: topics may hold anything before it.
template <typename Number>
bool take_number(std::string_view& text, Number& number) {
  const std::size_t slash = text.rfind('/');
  if (slash == std::string_view::npos || !parse_number(text.substr(slash + 1), number))
    return false;
  text = text.substr(0, slash);
  return true;
}

bool parse_position(std::string_view text, OwnedPosition& position) {
  if (!take_number(text, position.item) || !take_number(text, position.offset) ||
      !take_number(text, position.partition))
    return false;
  position.topic = text;
  return true;
}

bool parse_relation(std::string_view text, Relation& relation) {
  for (int i = 0; i <= static_cast<int>(Relation::roundup); ++i) {
    relation = static_cast<Relation>(i);
    if (to_string(relation) == text) return true;
  }
  return false;
}

using Fields = std::array<std::string_view, kFields>;

std::optional<Fields> split(std::string_view value) {
  Fields fields;
  for (std::size_t i = 0; i < kFields; ++i) {
    const std::size_t tab = value.find('\t');
    fields[i] = value.substr(0, tab);
    if ((tab == std::string_view::npos) != (i + 1 == kFields)) return std::nullopt;
    if (tab != std::string_view::npos) value.remove_prefix(tab + 1);
  }
  return fields;
}

bool parse_fields(const Fields& fields, DedupeDecision& decision) {
  std::int64_t milliseconds = 0;
  if (!parse_number(fields[1], milliseconds) ||
      !parse_fingerprint(fields[2], decision.fingerprint) ||
      !parse_relation(fields[3], decision.relation))
    return false;
  decision.time = Timestamp(milliseconds);
  decision.supplier = fields[4];
  decision.uri = fields[5];
  decision.head = decision.position;
  decision.head_uri = fields[7].empty() ? fields[5] : fields[7];
  return fields[6].empty() || parse_position(fields[6], decision.head);
}

}  // namespace

StateRecord to_state_record(const DedupeDecision& decision) {
  StateRecord record;
  record.key = position_text(decision.position);
  const bool own = decision.head == decision.position;
  std::string& value = record.value;
  value.push_back(kVersion);
  const auto add = [&](std::string_view field) { value.append(1, '\t').append(field); };
  add(std::to_string(decision.time.count()));
  add(to_hex(decision.fingerprint));
  add(to_string(decision.relation));
  add(decision.supplier);
  add(decision.uri);
  add(own ? "" : position_text(decision.head));
  add(own ? "" : decision.head_uri);
  return record;
}

DedupeDecision parse_state_record(std::string_view key, std::string_view value) {
  check_version(key, value);
  DedupeDecision decision;
  if (!parse_position(key, decision.position))
    refuse(key, "the key is not of the form TOPIC/PARTITION/OFFSET/ITEM");
  const auto fields = split(value);
  if (!fields || !parse_fields(*fields, decision))
    refuse(key, "the value is damaged: '" + std::string(value.substr(0, 200)) + "'");
  return decision;
}

}  // namespace wiredesk
