#include "processors/text/utf8.h"

#include <cstring>

namespace wiredesk::utf8 {
namespace {

bool eight_ascii(const char* bytes) {
  std::uint64_t word = 0;
  std::memcpy(&word, bytes, sizeof word);
  return (word & 0x8080808080808080ULL) == 0;
}

unsigned char byte_at(std::string_view text, std::size_t offset) {
  return static_cast<unsigned char>(text[offset]);
}

/// Bytes of the well-formed sequence at `offset`, or 0.
std::size_t sequence_size(std::string_view text, std::size_t offset) {
  const unsigned char lead = byte_at(text, offset);
  if (lead < 0x80) return 1;
  const std::size_t size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || offset + size > text.size()) return 0;
  for (std::size_t i = 1; i < size; ++i)
    if (!is_continuation(text[offset + i])) return 0;
  const unsigned char second = byte_at(text, offset + 1);
  const bool overlong = (lead == 0xE0 && second < 0xA0) || (lead == 0xF0 && second < 0x90);
  const bool surrogate = lead == 0xED && second > 0x9F;
  const bool too_high = lead == 0xF4 && second > 0x8F;
  return overlong || surrogate || too_high ? 0 : size;
}

}  // namespace

std::size_t first_invalid(std::string_view text) {
  std::size_t offset = 0;
  while (offset < text.size()) {
    while (offset + 8 <= text.size() && eight_ascii(text.data() + offset)) offset += 8;
    if (offset == text.size()) break;
    const std::size_t size = sequence_size(text, offset);
    if (size == 0) return offset;
    offset += size;
  }
  return kValid;
}

Decoded decode(std::string_view text, std::size_t offset) {
  const char32_t lead = byte_at(text, offset);
  if (lead < 0x80) return {lead, 1};
  const std::uint32_t size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  char32_t code_point = lead & (0x7Fu >> size);
  for (std::uint32_t i = 1; i < size && offset + i < text.size(); ++i)
    code_point = (code_point << 6) | (byte_at(text, offset + i) & 0x3Fu);
  return {code_point, size};
}

std::size_t previous(std::string_view text, std::size_t offset) {
  do {
    --offset;
  } while (offset > 0 && is_continuation(text[offset]));
  return offset;
}

void append(std::string& text, char32_t code_point) {
  const auto put = [&](char32_t value) { text.push_back(static_cast<char>(value)); };
  if (code_point < 0x80) {
    put(code_point);
  } else if (code_point < 0x800) {
    put(0xC0 | (code_point >> 6));
    put(0x80 | (code_point & 0x3F));
  } else if (code_point < 0x10000) {
    put(0xE0 | (code_point >> 12));
    put(0x80 | ((code_point >> 6) & 0x3F));
    put(0x80 | (code_point & 0x3F));
  } else {
    put(0xF0 | (code_point >> 18));
    put(0x80 | ((code_point >> 12) & 0x3F));
    put(0x80 | ((code_point >> 6) & 0x3F));
    put(0x80 | (code_point & 0x3F));
  }
}

std::size_t count(std::string_view text) {
  std::size_t result = 0;
  for (char byte : text) result += is_continuation(byte) ? 0 : 1;
  return result;
}

CodePointIndex::CodePointIndex(std::string_view text) : text_(text) {
  size_ = static_cast<std::uint32_t>(count(text));
  if (size_ == text.size()) return;
  before_block_.reserve(text.size() / kBlock + 1);
  std::uint32_t before = 0;
  for (std::size_t begin = 0; begin <= text.size(); begin += kBlock) {
    before_block_.push_back(before);
    before += static_cast<std::uint32_t>(count(text.substr(begin, kBlock)));
  }
}

std::uint32_t CodePointIndex::at(std::size_t byte_offset) const {
  if (before_block_.empty()) return static_cast<std::uint32_t>(byte_offset);
  const std::size_t block = byte_offset / kBlock;
  const std::size_t begin = block * kBlock;
  return before_block_[block] +
         static_cast<std::uint32_t>(count(text_.substr(begin, byte_offset - begin)));
}

}  // namespace wiredesk::utf8
