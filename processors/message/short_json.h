// A small piece of JSON put together on the stack, for JsonWriter::raw(). A message has a hundred
// mentions and more of eleven members each: written one append a member they cost more than all the
// rest of it.
#pragma once

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace wiredesk {

class ShortJson {
 public:
  /// Literals and numbers only, so that the sum is known to fit when the code is written.
  template <std::size_t N>
  ShortJson& literal(const char (&text)[N]) {
    at_ = std::copy_n(text, N - 1, at_);
    return *this;
  }
  /// One of our names: at most kMaxName bytes that need no escape.
  ShortJson& name(std::string_view text) {
    at_ = std::copy_n(text.data(), std::min(text.size(), kMaxName), at_);
    return *this;
  }
  ShortJson& number(std::uint32_t value) {
    at_ = std::to_chars(at_, text_.data() + text_.size(), value).ptr;
    return *this;
  }
  std::string_view text() const {
    return {text_.data(), static_cast<std::size_t>(at_ - text_.data())};
  }

 private:
  static constexpr std::size_t kMaxName = 32;

  std::array<char, 256> text_;
  char* at_ = text_.data();
};

}  // namespace wiredesk
