#include "processors/message/xhtml.h"

namespace wiredesk {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

/// What stands in the place of the character at `offset`, whose bytes are `size`; "" : itself.
std::string_view substitute(std::string_view text, std::size_t offset, std::size_t& size) {
  const auto byte = static_cast<unsigned char>(text[offset]);
  size = 1;
  if (byte == '&') return "&amp;";
  if (byte == '<') return "&lt;";
  if (byte == '>') return "&gt;";
  if (byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r') return kReplacement;
  if (byte != 0xEF) return {};
  const std::string_view character = text.substr(offset, 3);
  if (character != "\xEF\xBF\xBE" && character != "\xEF\xBF\xBF") return {};
  size = 3;
  return kReplacement;
}

}  // namespace

void append_xhtml(std::string& out, std::string_view text) {
  std::size_t clean = 0;
  for (std::size_t i = 0; i < text.size();) {
    std::size_t size = 0;
    const std::string_view instead = substitute(text, i, size);
    if (!instead.empty()) {
      out.append(text, clean, i - clean).append(instead);
      clean = i + size;
    }
    i += size;
  }
  out.append(text, clean);
}

}  // namespace wiredesk
