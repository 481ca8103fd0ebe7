#include "tests/fakes/partition.h"

#include "processors/text/characters.h"
#include "processors/text/utf8.h"

namespace wiredesk::fakes {
namespace {

std::string at(std::size_t index, const std::string& what) {
  return "segment " + std::to_string(index) + ": " + what;
}

std::string check_segment(const Article& article, std::size_t index, std::uint32_t after) {
  const Span span = article.segments[index].span;
  if (span.begin < after) return at(index, "begins before the one above it ends");
  if (span.end <= span.begin || span.end > article.source.size()) return at(index, "has no text");
  const std::string_view text = article.text(span);
  if (utf8::first_invalid(text) != utf8::kValid) return at(index, "cuts through a character");
  if (trim(text) != text) return at(index, "begins or ends with white space");
  if (!trim(article.text({after, span.begin})).empty())
    return at(index, "leaves text above it out");
  return "";
}

}  // namespace

std::string check_partition(const Article& article) {
  std::uint32_t after = 0;
  for (std::size_t i = 0; i < article.segments.size(); ++i) {
    if (std::string fault = check_segment(article, i, after); !fault.empty()) return fault;
    after = article.segments[i].span.end;
  }
  if (!trim(article.source.substr(after)).empty())
    return "text behind the last segment is left out";
  return "";
}

}  // namespace wiredesk::fakes
