#include "processors/entities/gazetteer.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include "processors/entities/gazetteer_builder.h"
#include "processors/entities/words.h"
#include "processors/identity.h"

namespace wiredesk::entities {

std::string GazetteerEntry::id() const {
  if (!qid.empty()) return "http://www.wikidata.org/entity/" + std::string(qid);
  std::string id = "urn:wiredesk:entity:" + std::string(to_string(type)) + ':';
  for (char byte : slug(without_accents(name))) {
    const auto value = static_cast<unsigned char>(byte);
    if (value < 0x80)
      id.push_back(byte);
    else
      id.append({'%', "0123456789ABCDEF"[value >> 4], "0123456789ABCDEF"[value & 15]});
  }
  return id;
}

std::shared_ptr<const Gazetteer> Gazetteer::parse(std::string file, std::string text) {
  return GazetteerBuilder(std::move(file), std::move(text)).build();
}

std::shared_ptr<const Gazetteer> Gazetteer::load(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in)
    throw std::runtime_error("cannot read the gazetteer " + path + ": " + std::strerror(errno));
  std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  if (in.bad())
    throw std::runtime_error("cannot read the gazetteer " + path + ": " + std::strerror(errno));
  return parse(path, std::move(text));
}

const GazetteerEntry* Gazetteer::country(std::string_view code) const {
  const auto found = std::lower_bound(
      countries_.begin(), countries_.end(), code,
      [](const auto& each, std::string_view wanted) { return each.first < wanted; });
  if (found == countries_.end() || found->first != code) return nullptr;
  return &entries_[found->second];
}

}  // namespace wiredesk::entities
