#include "daemon/records_file.h"

#include <algorithm>
#include <boost/json.hpp>
#include <limits>
#include <stdexcept>

#include "processors/text/base64.h"
#include "processors/text/utf8.h"

namespace wiredesk {
namespace {

namespace json = boost::json;

/// What is wrong with a line, for its reader.
class BadLine : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

std::string quoted(std::string_view name) {
  return '"' + std::string(name) + '"';
}

const json::value* find(const json::object& from, std::string_view name) {
  const json::value* const found = from.if_contains(name);
  return found && !found->is_null() ? found : nullptr;
}

std::string text_of(const json::value& value, std::string_view name) {
  if (!value.is_string()) throw BadLine(quoted(name) + " is not a string");
  const json::string& text = value.as_string();
  return {text.data(), text.size()};
}

std::int64_t integer_of(const json::object& from, std::string_view name, std::int64_t otherwise,
                        std::int64_t max) {
  const json::value* const found = find(from, name);
  if (!found) return otherwise;
  json::error_code error;
  const auto value = found->to_number<std::int64_t>(error);
  if (error || value > max || value < -max)
    throw BadLine(quoted(name) + " is not a whole number in its range");
  return value;
}

/// Bytes as a string under `name` or in base64 under `name`_base64; nothing where they are null.
std::optional<std::string> bytes_of(const json::object& from, const std::string& name) {
  const std::string encoded_name = name + "_base64";
  const json::value* const encoded = find(from, encoded_name);
  if (!encoded) {
    const json::value* const plain = find(from, name);
    return plain ? std::optional(text_of(*plain, name)) : std::nullopt;
  }
  if (find(from, name))
    throw BadLine(quoted(name) + " and " + quoted(encoded_name) + " are both given");
  std::optional<std::string> bytes = base64_decode(text_of(*encoded, encoded_name));
  if (!bytes) throw BadLine(quoted(encoded_name) + " is not base64 (RFC 4648, section 4)");
  return bytes;
}

std::string header_value(const json::value& value) {
  return value.is_null() ? std::string() : text_of(value, "headers");
}

void read_headers(const json::object& from, OwnedRecord& record) {
  const json::value* const headers = find(from, "headers");
  if (!headers) return;
  if (const json::object* const map = headers->if_object()) {
    for (const auto& [name, value] : *map) record.headers.emplace_back(name, header_value(value));
    return;
  }
  const json::array* const list = headers->if_array();
  if (!list || list->size() % 2 != 0)
    throw BadLine("\"headers\" is neither a map nor a flat list of names and values");
  for (std::size_t i = 0; i < list->size(); i += 2)
    record.headers.emplace_back(text_of((*list)[i], "headers"), header_value((*list)[i + 1]));
}

json::value parse(std::string_view line) {
  const std::size_t invalid = utf8::first_invalid(line);
  if (invalid != utf8::kValid)
    throw BadLine("byte " + std::to_string(invalid + 1) +
                  " is not UTF-8 (kcat -J does not escape such bytes): give the bytes as "
                  "\"payload_base64\" or \"key_base64\"");
  json::error_code error;
  json::value value = json::parse({line.data(), line.size()}, error);
  if (error)
    throw BadLine("not JSON: " + error.message() + "; one record a line, as kcat -J prints it");
  if (!value.is_object())
    throw BadLine("not a JSON object; one record a line, as kcat -J prints it");
  return value;
}

OwnedRecord to_record(const json::object& from, std::size_t line) {
  constexpr std::int64_t kMax = std::numeric_limits<std::int64_t>::max();
  OwnedRecord record;
  if (const json::value* const topic = find(from, "topic")) record.topic = text_of(*topic, "topic");
  record.partition = static_cast<std::int32_t>(
      integer_of(from, "partition", 0, std::numeric_limits<std::int32_t>::max()));
  record.offset = integer_of(from, "offset", static_cast<std::int64_t>(line), kMax);
  record.timestamp = Timestamp{std::max<std::int64_t>(integer_of(from, "ts", 0, kMax), 0)};
  record.key = bytes_of(from, "key");
  if (!from.contains("payload") && !from.contains("payload_base64"))
    throw BadLine("no \"payload\" (null for a tombstone) and no \"payload_base64\"");
  record.value = bytes_of(from, "payload");
  read_headers(from, record);
  return record;
}

}  // namespace

Record OwnedRecord::view(Timestamp now) const {
  Record record;
  record.position = {.topic = topic, .partition = partition, .offset = offset};
  if (key) record.key = *key;
  if (value) record.value = *value;
  record.timestamp = timestamp;
  record.time = timestamp.count() > 0 ? std::min(timestamp, now) : now;
  for (const auto& [name, text] : headers) record.headers.push_back({name, text});
  return record;
}

RecordsFile::RecordsFile(std::istream& in, std::size_t max_line_bytes)
    : in_(in), max_line_bytes_(max_line_bytes) {}

bool RecordsFile::read_line() {
  line_.clear();
  too_long_ = false;
  std::streambuf& bytes = *in_.rdbuf();
  int byte = bytes.sbumpc();
  if (byte == std::char_traits<char>::eof()) return false;
  ++number_;
  for (; byte != std::char_traits<char>::eof() && byte != '\n'; byte = bytes.sbumpc()) {
    if (line_.size() < max_line_bytes_)
      line_.push_back(static_cast<char>(byte));
    else
      too_long_ = true;
  }
  return true;
}

std::optional<RecordLine> RecordsFile::next() {
  while (read_line()) {
    if (line_.find_first_not_of(" \t\r") == std::string::npos) continue;
    RecordLine result;
    result.line = number_;
    try {
      if (too_long_)
        throw BadLine("longer than " + std::to_string(max_line_bytes_) +
                      " bytes: give the value as a file of its own, without --records");
      result.record = to_record(parse(line_).as_object(), number_);
    } catch (const BadLine& bad) {
      result.problem = bad.what();
    }
    return result;
  }
  return std::nullopt;
}

}  // namespace wiredesk
