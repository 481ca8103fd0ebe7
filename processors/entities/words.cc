#include "processors/entities/words.h"

#include <utf8proc.h>

#include <cstdlib>

#include "processors/text/utf8.h"

namespace wiredesk::entities {
namespace {

bool is_wordlike(char32_t code_point) {
  switch (utf8proc_category(static_cast<utf8proc_int32_t>(code_point))) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ME:
    case UTF8PROC_CATEGORY_ND:
      return true;
    default:
      return false;
  }
}

bool is_capital(char32_t code_point) {
  const auto category = utf8proc_category(static_cast<utf8proc_int32_t>(code_point));
  return category == UTF8PROC_CATEGORY_LU || category == UTF8PROC_CATEGORY_LT;
}

std::string mapped(std::string_view text, int options) {
  utf8proc_uint8_t* result = nullptr;
  const auto size = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                 static_cast<utf8proc_ssize_t>(text.size()), &result,
                                 static_cast<utf8proc_option_t>(options | UTF8PROC_STABLE));
  if (size < 0) return std::string(text);
  std::string copy(reinterpret_cast<const char*>(result), static_cast<std::size_t>(size));
  std::free(result);
  return copy;
}

constexpr std::uint64_t kSeed = 0xcbf29ce484222325ULL;
constexpr std::uint64_t kPrime = 0x100000001b3ULL;

std::uint64_t folded_multibyte_hash(std::string_view word) {
  std::uint64_t hash = kSeed;
  for (char byte : mapped(word, UTF8PROC_STRIPMARK | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD))
    hash = (hash ^ static_cast<unsigned char>(byte)) * kPrime;
  return hash;
}

}  // namespace

std::uint32_t multibyte_word_character(std::string_view text, std::size_t offset) {
  const utf8::Decoded decoded = utf8::decode(text, offset);
  return is_wordlike(decoded.code_point) ? decoded.size : 0;
}

bool word_before(std::string_view text, std::size_t offset) {
  return offset > 0 && word_character(text, utf8::previous(text, offset)) > 0;
}

bool begins_like_name(std::string_view text, std::size_t offset) {
  const ByteClass kind = class_of(text[offset]);
  if (kind == ByteClass::multibyte) return is_capital(utf8::decode(text, offset).code_point);
  return kind == ByteClass::capital || kind == ByteClass::digit;
}

bool is_all_capitals(std::string_view text) {
  bool letter = false;
  for (std::size_t i = 0; i < text.size();) {
    const ByteClass kind = class_of(text[i]);
    if (kind == ByteClass::lower) return false;
    if (kind == ByteClass::multibyte) {
      const utf8::Decoded decoded = utf8::decode(text, i);
      if (utf8proc_category(static_cast<utf8proc_int32_t>(decoded.code_point)) ==
          UTF8PROC_CATEGORY_LL)
        return false;
      i += decoded.size;
      continue;
    }
    letter |= kind == ByteClass::capital;
    ++i;
  }
  return letter;
}

std::uint64_t folded_hash(std::string_view word) {
  std::uint64_t hash = kSeed;
  for (char byte : word) {
    const ByteClass kind = class_of(byte);
    if (kind == ByteClass::multibyte) return folded_multibyte_hash(word);
    const auto lower = static_cast<unsigned char>(kind == ByteClass::capital ? byte | 0x20 : byte);
    hash = (hash ^ lower) * kPrime;
  }
  return hash;
}

std::string without_accents(std::string_view text) {
  return mapped(text, UTF8PROC_STRIPMARK | UTF8PROC_COMPOSE);
}

std::string composed(std::string_view text) {
  return mapped(text, UTF8PROC_COMPOSE);
}

std::uint32_t apostrophe(std::string_view text, std::size_t offset) {
  if (offset >= text.size()) return 0;
  if (text[offset] == '\'') return 1;
  return text.substr(offset).starts_with("\u2019") ? 3 : 0;
}

}  // namespace wiredesk::entities
