#include "processors/text/json_writer.h"

#include <array>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstring>

namespace wiredesk {
namespace {

/// What follows the backslash: 0 = no escape needed, 'u' = \u00XX.
constexpr std::array<char, 256> kEscapes = [] {
  std::array<char, 256> table{};
  for (std::size_t i = 0; i < 0x20; ++i) table[i] = 'u';
  table['\b'] = 'b';
  table['\f'] = 'f';
  table['\n'] = 'n';
  table['\r'] = 'r';
  table['\t'] = 't';
  table['"'] = '"';
  table['\\'] = '\\';
  table[0x7F] = 'u';
  return table;
}();

/// A high bit for the first of eight bytes that needs an escape (below 0x20, quote, backslash, DEL)
/// and for none before it; 0 where none needs one. Bits above the first may be wrong.
std::uint64_t escapes_of_eight(const char* bytes) {
  constexpr std::uint64_t kOnes = 0x0101010101010101ULL;
  constexpr std::uint64_t kHighs = 0x8080808080808080ULL;
  std::uint64_t word = 0;
  std::memcpy(&word, bytes, sizeof word);
  const auto below = [&](std::uint64_t value, std::uint64_t limit) {
    return (value - kOnes * limit) & ~value;
  };
  return (below(word, 0x20) | below(word ^ (kOnes * '"'), 1) | below(word ^ (kOnes * '\\'), 1) |
          below(word ^ (kOnes * 0x7F), 1)) &
         kHighs;
}

/// Offset of the first byte at or after `from` that needs an escape, or the size.
std::size_t next_escape(std::string_view text, std::size_t from) {
  if constexpr (std::endian::native == std::endian::little) {
    for (; from + 8 <= text.size(); from += 8) {
      const std::uint64_t found = escapes_of_eight(text.data() + from);
      if (found != 0) return from + static_cast<std::size_t>(std::countr_zero(found)) / 8;
    }
  }
  while (from < text.size() && kEscapes[static_cast<unsigned char>(text[from])] == 0) ++from;
  return from;
}

template <typename Number>
void append_number(std::string& out, bool comma, Number value) {
  std::array<char, 32> buffer;
  buffer[0] = ',';
  const auto result = std::to_chars(buffer.data() + 1, buffer.data() + buffer.size(), value);
  out.append(buffer.data() + (comma ? 0 : 1), result.ptr);
}

}  // namespace

void JsonWriter::separate() {
  if (need_comma_) out_.push_back(',');
  need_comma_ = true;
}

JsonWriter& JsonWriter::open(char bracket) {
  separate();
  out_.push_back(bracket);
  need_comma_ = false;
  return *this;
}

JsonWriter& JsonWriter::close(char bracket) {
  out_.push_back(bracket);
  need_comma_ = true;
  return *this;
}

JsonWriter& JsonWriter::key(std::string_view name) {
  separate();
  out_.push_back('"');
  out_.append(name).append("\":", 2);
  need_comma_ = false;
  return *this;
}

JsonWriter& JsonWriter::raw(std::string_view json) {
  if (need_comma_ && (json.front() == '{' || json.front() == '[')) out_.push_back(',');
  out_.append(json);
  need_comma_ = json.back() != ':' && json.back() != '[' && json.back() != '{';
  return *this;
}

JsonWriter& JsonWriter::string(std::string_view text) {
  return begin_string().piece(text).end_string();
}

JsonWriter& JsonWriter::begin_string() {
  separate();
  out_.push_back('"');
  return *this;
}

JsonWriter& JsonWriter::piece(std::string_view text) {
  constexpr std::string_view kHex = "0123456789abcdef";
  std::size_t clean = 0;
  for (std::size_t i = next_escape(text, 0); i < text.size(); i = next_escape(text, clean)) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const char escape = kEscapes[byte];
    out_.append(text, clean, i - clean);
    clean = i + 1;
    out_.push_back('\\');
    out_.push_back(escape);
    if (escape == 'u') out_.append("00").append({kHex[byte >> 4], kHex[byte & 15]});
  }
  out_.append(text, clean, text.size() - clean);
  return *this;
}

JsonWriter& JsonWriter::end_string() {
  out_.push_back('"');
  return *this;
}

JsonWriter& JsonWriter::number(std::int64_t value) {
  append_number(out_, need_comma_, value);
  need_comma_ = true;
  return *this;
}

JsonWriter& JsonWriter::number(double value) {
  if (!std::isfinite(value)) return null();
  append_number(out_, need_comma_, value);
  need_comma_ = true;
  return *this;
}

JsonWriter& JsonWriter::boolean(bool value) {
  separate();
  out_.append(value ? "true" : "false");
  return *this;
}

JsonWriter& JsonWriter::null() {
  separate();
  out_.append("null");
  return *this;
}

}  // namespace wiredesk
