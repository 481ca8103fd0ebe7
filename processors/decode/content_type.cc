#include "processors/decode/content_type.h"

#include <algorithm>

namespace wiredesk {
namespace {

std::string_view trim(std::string_view text) {
  constexpr std::string_view kBlank = " \t\r\n";
  const std::size_t begin = text.find_first_not_of(kBlank);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlank) - begin + 1);
}

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& byte : result)
    if (byte >= 'A' && byte <= 'Z') byte = static_cast<char>(byte - 'A' + 'a');
  return result;
}

std::string_view take_until(std::string_view& text, char mark) {
  const std::string_view part = text.substr(0, text.find(mark));
  text.remove_prefix(std::min(part.size() + 1, text.size()));
  return part;
}

std::string_view unquote(std::string_view text) {
  const bool quoted = text.size() >= 2 && text.starts_with('"') && text.ends_with('"');
  return quoted ? text.substr(1, text.size() - 2) : text;
}

}  // namespace

ContentType parse_content_type(std::string_view header) {
  ContentType result;
  result.media_type = lower(trim(take_until(header, ';')));
  while (!header.empty()) {
    std::string_view value = take_until(header, ';');
    const std::string name = lower(trim(take_until(value, '=')));
    if (name == "charset") result.charset = lower(unquote(trim(value)));
  }
  return result;
}

}  // namespace wiredesk
