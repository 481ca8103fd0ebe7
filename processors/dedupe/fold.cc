#include "processors/dedupe/fold.h"

#include <utf8proc.h>

#include <algorithm>
#include <cstdint>
#include <string>

#include "processors/text/utf8.h"
#include "processors/text/white_space.h"

namespace wiredesk {
namespace {

enum class Kind : std::uint8_t { plain, letter, space, dash, quote, ignored };

constexpr bool is_ascii_letter(unsigned char byte) {
  return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
         (byte >= '0' && byte <= '9');
}

constexpr Kind ascii_kind(unsigned char byte) {
  if (is_ascii_letter(byte)) return Kind::letter;
  if (is_white_space(byte)) return Kind::space;
  if (byte < 0x20 || byte == 0x7F) return Kind::ignored;
  if (byte == '-') return Kind::dash;
  return byte == '"' || byte == '\'' || byte == '`' ? Kind::quote : Kind::plain;
}

constexpr std::array<Kind, 128> kAsciiKinds = [] {
  std::array<Kind, 128> kinds{};
  for (std::size_t i = 0; i < kinds.size(); ++i)
    kinds[i] = ascii_kind(static_cast<unsigned char>(i));
  return kinds;
}();

/// The folded byte of ASCII that stands for itself, 0 for everything that needs a closer look.
constexpr std::array<char, 256> kPlain = [] {
  std::array<char, 256> folded{};
  for (std::size_t i = 0; i < kAsciiKinds.size(); ++i)
    if (kAsciiKinds[i] == Kind::letter || kAsciiKinds[i] == Kind::plain)
      folded[i] = static_cast<char>(i >= 'A' && i <= 'Z' ? i - 'A' + 'a' : i);
  return folded;
}();

constexpr std::array<std::uint8_t, 256> kIsLetter = [] {
  std::array<std::uint8_t, 256> letters{};
  for (std::size_t i = 0; i < kAsciiKinds.size(); ++i) letters[i] = kAsciiKinds[i] == Kind::letter;
  return letters;
}();

bool is_quote(char32_t c) {
  return (c >= 0x2018 && c <= 0x201F) || (c >= 0x2032 && c <= 0x2036) || c == 0xAB || c == 0xBB ||
         c == 0xB4 || c == 0x2039 || c == 0x203A || c == 0xFF02 || c == 0xFF07;
}

const utf8proc_property_t& property_of(char32_t c) {
  return *utf8proc_get_property(static_cast<utf8proc_int32_t>(c));
}

bool is_letter(utf8proc_propval_t category) {
  return (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO) ||
         (category >= UTF8PROC_CATEGORY_ND && category <= UTF8PROC_CATEGORY_NO);
}

Kind kind_of(char32_t c, utf8proc_propval_t category) {
  constexpr char32_t kMinus = 0x2212;
  if (is_white_space(c)) return Kind::space;
  if (is_quote(c)) return Kind::quote;
  if (category == UTF8PROC_CATEGORY_PD || c == kMinus) return Kind::dash;
  if (category == UTF8PROC_CATEGORY_CC || category == UTF8PROC_CATEGORY_CF) return Kind::ignored;
  return is_letter(category) ? Kind::letter : Kind::plain;
}

/// Whether folding changes nothing: most scripts have no case and nothing to take apart.
bool is_folded(const utf8proc_property_t& property) {
  constexpr std::uint16_t kNone = UINT16_MAX;
  return property.decomp_seqindex == kNone && property.casefold_seqindex == kNone;
}

std::string fold(char32_t c, std::string_view bytes) {
  std::array<utf8proc_int32_t, 32> out;
  int boundary = 0;
  const auto count = utf8proc_decompose_char(
      static_cast<utf8proc_int32_t>(c), out.data(), static_cast<utf8proc_ssize_t>(out.size()),
      static_cast<utf8proc_option_t>(UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD),
      &boundary);
  if (count < 0 || count > static_cast<utf8proc_ssize_t>(out.size())) return std::string(bytes);
  std::string folded;
  for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i)
    utf8::append(folded, static_cast<char32_t>(out[i]));
  return folded;
}

/// Letters, marks, numbers and symbols: what a text may begin and end with.
bool is_substance(char32_t c) {
  constexpr std::string_view kSymbols = "$+<=>^|~";
  if (c < 0x80)
    return is_ascii_letter(static_cast<unsigned char>(c)) ||
           kSymbols.find(static_cast<char>(c)) != std::string_view::npos;
  if (is_white_space(c) || is_quote(c)) return false;
  const auto category = property_of(c).category;
  return is_letter(category) ||
         (category >= UTF8PROC_CATEGORY_MN && category <= UTF8PROC_CATEGORY_ME) ||
         (category >= UTF8PROC_CATEGORY_SM && category <= UTF8PROC_CATEGORY_SO) ||
         category == UTF8PROC_CATEGORY_CO;
}

void trim_front(std::string_view& text) {
  while (!text.empty()) {
    const utf8::Decoded each = utf8::decode(text, 0);
    if (is_substance(each.code_point)) return;
    text.remove_prefix(each.size);
  }
}

void trim_back(std::string_view& text) {
  while (!text.empty()) {
    const std::size_t begin = utf8::previous(text, text.size());
    if (is_substance(utf8::decode(text, begin).code_point)) return;
    text.remove_suffix(text.size() - begin);
  }
}

}  // namespace

void trim_punctuation(std::vector<std::string_view>& parts) {
  for (std::string_view& part : parts) {
    trim_front(part);
    if (!part.empty()) break;
  }
  for (auto part = parts.rbegin(); part != parts.rend(); ++part) {
    trim_back(*part);
    if (!part->empty()) break;
  }
}

void Folder::add(std::string_view text) {
  put_space();
  while (!text.empty()) {
    std::size_t done = add_plain(text);
    if (done == 0) {
      const utf8::Decoded each = utf8::decode(text, 0);
      add_one(each.code_point, text.substr(0, each.size));
      done = each.size;
    }
    text.remove_prefix(done);
  }
}

std::size_t Folder::add_plain(std::string_view text) {
  // Most of an article: the loop has nothing to decide but where it ends.
  if (!kPlain[static_cast<unsigned char>(text.front())]) return 0;
  put({});
  const std::size_t room = std::min(text.size(), buffer_.size() - used_);
  char* out = buffer_.data() + used_;
  std::size_t size = 0;
  for (; size < room; ++size) {
    const auto byte = static_cast<unsigned char>(text[size]);
    out[size] = kPlain[byte];
    if (!out[size]) break;
    letters_ += kIsLetter[byte];
  }
  used_ += size;
  return size;
}

void Folder::add_one(char32_t code_point, std::string_view bytes) {
  const utf8proc_property_t* property = code_point < 0x80 ? nullptr : &property_of(code_point);
  switch (property ? kind_of(code_point, property->category) : kAsciiKinds[code_point]) {
    case Kind::space:
      return put_space();
    case Kind::dash:
      return put_dash();
    case Kind::quote:
      return put_quote();
    case Kind::ignored:
      return;
    case Kind::letter:
      ++letters_;
      break;
    case Kind::plain:
      break;
  }
  if (!property || is_folded(*property))
    put(bytes);
  else
    put(fold(code_point, bytes));
}

void Folder::put_space() {
  // "word -- word" and "word\u2014word" are the same.
  if (last_ != Last::nothing && last_ != Last::dash) space_ = true;
}

void Folder::put_dash() {
  space_ = false;
  if (last_ == Last::dash) return;
  put("-");
  last_ = Last::dash;
}

void Folder::put_quote() {
  // Agencies write ``so'' and "so" and \u201cso\u201d.
  if (last_ == Last::quote && !space_) return;
  put("\"");
  last_ = Last::quote;
}

void Folder::put(std::string_view bytes) {
  if (used_ + bytes.size() + 2 > buffer_.size()) flush();  // a space and one byte more
  if (space_) buffer_[used_++] = ' ';
  space_ = false;
  last_ = Last::other;
  std::copy(bytes.begin(), bytes.end(), buffer_.data() + used_);
  used_ += bytes.size();
}

void Folder::flush() {
  sink_.take({buffer_.data(), used_});
  used_ = 0;
}

void Folder::finish() {
  flush();
  space_ = false;
  last_ = Last::nothing;
}

}  // namespace wiredesk
