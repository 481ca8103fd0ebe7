#include "tests/fakes/chain.h"

#include <algorithm>
#include <stdexcept>
#include <string_view>

#include "processors/identity.h"

namespace wiredesk::fakes {

Outcome LineDecoder::decode(const Record& record, std::vector<Article>& articles) {
  std::string_view rest = record.value.value_or("");
  while (!rest.empty()) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
    if (line == "throw") throw std::runtime_error("a decoder threw");
    if (line == "broken") return Outcome::fail("not_utf8", "a line is broken");
    const auto item = static_cast<std::int32_t>(articles.size());
    Article& article = articles.emplace_back(record);
    article.position.item = item;
    article.source = line;
    article.raw_sha256 = sha256_hex(line);
    article.segments = {{SegmentKind::paragraph, {0, static_cast<std::uint32_t>(line.size())}}};
  }
  return Outcome::keep();
}

}  // namespace wiredesk::fakes
