#include "processors/decode/text_format.h"

#include <string>

namespace wiredesk {

Outcome TextFormat::decode(const Payload& payload, std::vector<Article>& articles) {
  // NUL never stands in a wire text: it means binary data, or text of another width. The other
  // control characters do (ANPA and IPTC 7901 frame with them), and they stay.
  const std::size_t nul = payload.bytes.find('\0');
  if (nul != std::string_view::npos)
    return Outcome::fail("control_characters",
                         "NUL at byte " + std::to_string(payload.offset + nul) +
                             ": this is binary data or UTF-16, send text as UTF-8");
  articles.emplace_back(payload.record).source = payload.bytes;
  return Outcome::keep();
}

}  // namespace wiredesk
