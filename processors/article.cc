#include "processors/article.h"

#include <array>
#include <cstdio>

#include "processors/identity.h"

namespace wiredesk {
namespace {

template <typename Enum, std::size_t N>
std::string_view name_of(Enum value, const std::array<std::string_view, N>& names) {
  return names[static_cast<std::size_t>(value)];
}

}  // namespace

std::string_view to_string(SegmentKind kind) {
  static constexpr std::array<std::string_view, 12> kNames{
      "headline", "lifecycle", "dateline", "byline",  "caption", "credit",
      "subhead",  "paragraph", "endmark",  "trailer", "note",    "boilerplate"};
  return name_of(kind, kNames);
}

std::string_view to_string(LifecycleKind kind) {
  static constexpr std::array<std::string_view, 9> kNames{"new",     "update",   "correction",
                                                          "repeat",  "kill",     "withhold",
                                                          "embargo", "advisory", "roundup"};
  return name_of(kind, kNames);
}

std::string_view to_string(Relation relation) {
  static constexpr std::array<std::string_view, 7> kNames{
      "original", "duplicate", "update", "correction", "excerpt", "kill", "roundup"};
  return name_of(relation, kNames);
}

std::string_view to_string(EntityType type) {
  static constexpr std::array<std::string_view, 5> kNames{"person", "organisation", "place",
                                                          "event", "demonym"};
  return name_of(type, kNames);
}

std::string to_string(const Date& date) {
  std::array<char, 40> buffer;
  const int size = date.year == 0 ? std::snprintf(buffer.data(), buffer.size(), "--%02d-%02d",
                                                  date.month, date.day)
                                  : std::snprintf(buffer.data(), buffer.size(), "%04d-%02d-%02d",
                                                  date.year, date.month, date.day);
  return {buffer.data(), static_cast<std::size_t>(size)};
}

const std::string& Article::uri() const {
  if (uri_.empty()) uri_ = make_uri(meta.supplier, meta.id);
  return uri_;
}

}  // namespace wiredesk
