#include "processors/message/fields.h"

#include <array>
#include <charconv>

namespace wiredesk {
namespace {

constexpr std::string_view kSeconds = "dddd-dd-ddTdd:dd:dd";

bool is_digit(char character) {
  return character >= '0' && character <= '9';
}

/// `pattern`: d is a digit, everything else itself.
bool matches(std::string_view text, std::string_view pattern) {
  if (text.size() != pattern.size()) return false;
  for (std::size_t i = 0; i < text.size(); ++i)
    if (pattern[i] == 'd' ? !is_digit(text[i]) : text[i] != pattern[i]) return false;
  return true;
}

bool in_range(std::string_view text, std::size_t offset, int min, int max) {
  const int value = (text[offset] - '0') * 10 + (text[offset + 1] - '0');
  return value >= min && value <= max;
}

bool is_zone(std::string_view text) {
  if (text == "Z") return true;
  const bool shaped = matches(text, "+dd:dd") || matches(text, "-dd:dd");
  return shaped && in_range(text, 1, 0, 23) && in_range(text, 4, 0, 59);
}

}  // namespace

void write_picture_name(std::size_t number, JsonWriter& json) {
  std::array<char, 24> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  json.begin_string().piece("picture-");
  json.piece({digits.data(), static_cast<std::size_t>(end - digits.data())}).end_string();
}

void write_joined(const std::vector<std::string>& names, JsonWriter& json) {
  json.begin_string();
  std::string_view between;
  for (const std::string& name : names) {
    json.piece(between).piece(name);
    between = ", ";
  }
  json.end_string();
}

void write_strings(const std::vector<std::string>& values, JsonWriter& json) {
  json.begin_array();
  for (const std::string& value : values) json.string(value);
  json.end_array();
}

bool is_rfc3339(std::string_view text) {
  if (!matches(text.substr(0, kSeconds.size()), kSeconds)) return false;
  const bool sound = in_range(text, 5, 1, 12) && in_range(text, 8, 1, 31) &&
                     in_range(text, 11, 0, 23) && in_range(text, 14, 0, 59) &&
                     in_range(text, 17, 0, 60);
  if (!sound) return false;
  text.remove_prefix(kSeconds.size());
  if (text.starts_with('.')) {
    std::size_t digits = 1;
    while (digits < text.size() && is_digit(text[digits])) ++digits;
    if (digits == 1) return false;
    text.remove_prefix(digits);
  }
  return is_zone(text);
}

}  // namespace wiredesk
