// Writes JSON straight into a buffer, without a tree in between. The caller gives well-formed
// UTF-8; commas are the writer's business, matching begin and end calls the caller's.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace wiredesk {

class JsonWriter {
 public:
  explicit JsonWriter(std::string& out) : out_(out) {}

  JsonWriter& begin_object() { return open('{'); }
  JsonWriter& end_object() { return close('}'); }
  JsonWriter& begin_array() { return open('['); }
  JsonWriter& end_array() { return close(']'); }
  /// `name` must need no escaping: it is a literal of ours.
  JsonWriter& key(std::string_view name);
  template <std::size_t N>
  JsonWriter& key(const char (&name)[N]) {  // put together on the stack: one append, not four
    std::array<char, N + 3> text;
    char* at = text.data();
    if (need_comma_) *at++ = ',';
    *at++ = '"';
    at = std::copy_n(name, N - 1, at);
    *at++ = '"';
    *at++ = ':';
    out_.append(text.data(), static_cast<std::size_t>(at - text.data()));
    need_comma_ = false;
    return *this;
  }

  JsonWriter& string(std::string_view text);
  JsonWriter& number(std::int64_t value);
  JsonWriter& number(
      double value);  // shortest form that reads back the same; null where not finite
  JsonWriter& boolean(bool value);
  JsonWriter& null();
  /// string(text), or null where it is empty.
  JsonWriter& string_or_null(std::string_view text) { return text.empty() ? null() : string(text); }

  /// Text that is JSON already, commas between its parts included: for what is written so often
  /// that one append for many members counts. The next value gets its comma unless the text ends in
  /// one of `[{:`.
  JsonWriter& raw(std::string_view json);

  // A string put together from several pieces.
  JsonWriter& begin_string();
  JsonWriter& piece(std::string_view text);
  JsonWriter& end_string();

 private:
  JsonWriter& open(char bracket);
  JsonWriter& close(char bracket);
  void separate();

  std::string& out_;
  bool need_comma_ = false;
};

}  // namespace wiredesk
