#include "processors/decode/json_reader.h"

#include <boost/json/basic_parser_impl.hpp>
#include <cstdint>
#include <utility>

namespace wiredesk {
namespace {

namespace json = boost::json;

/// A set of fields, one bit each.
using Mask = std::uint32_t;

/// Boost.JSON's parser calls this for everything it sees. What no pointer leads to costs one test
/// of a mask.
class Handler {
 public:
  static constexpr std::size_t max_object_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_array_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_key_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_string_size = static_cast<std::size_t>(-1);
  using Error = json::error_code;
  using Text = json::string_view;

  Handler(const JsonFormat::Paths& paths, JsonFields& out) : paths_(paths), out_(out) {
    for (std::size_t i = 0; i < paths.size(); ++i)
      if (!paths[i].empty()) next_ |= Mask{1} << i;
  }

  bool on_document_begin(Error&) { return true; }
  bool on_document_end(Error&) { return true; }
  bool on_object_begin(Error&) { return open(false); }
  bool on_object_end(std::size_t, Error&) { return close(); }
  bool on_array_begin(Error&) { return open(true); }
  bool on_array_end(std::size_t, Error&) { return close(); }

  bool on_key_part(Text part, std::size_t, Error&) {
    if (top().here) key_.append(part.data(), part.size());
    return true;
  }
  bool on_key(Text part, std::size_t size, Error& error) {
    on_key_part(part, size, error);
    next_ = top().here ? matching(key_) : 0;
    key_.clear();
    return true;
  }

  bool on_string_part(Text part, std::size_t, Error&) { return gather(part); }
  bool on_string(Text part, std::size_t, Error&) { return gather(part) && store(true); }
  bool on_number_part(Text part, Error&) { return gather(part); }
  bool on_int64(std::int64_t, Text part, Error&) { return gather(part) && store(false); }
  bool on_uint64(std::uint64_t, Text part, Error&) { return gather(part) && store(false); }
  bool on_double(double, Text part, Error&) { return gather(part) && store(false); }
  bool on_bool(bool, Error&) { return forget(); }
  bool on_null(Error&) { return forget(); }
  bool on_comment_part(Text, Error&) { return true; }
  bool on_comment(Text, Error&) { return true; }

 private:
  struct Level {
    Mask here = 0;  // fields whose path leads into this container
    bool is_array = false;
    std::size_t index = 0;  // of the array's next element
  };

  Level& top() { return levels_[depth_]; }

  /// The fields of this container whose next token is `token`.
  Mask matching(std::string_view token) {
    Mask result = 0;
    for (std::size_t i = 0; i < paths_.size(); ++i)
      if ((top().here >> i & 1) && paths_[i][depth_ - 1] == token) result |= Mask{1} << i;
    return result;
  }

  /// Keys say beforehand which fields their value may be; elements of arrays have only a number.
  Mask candidates() {
    if (!in_array_) return next_;
    Level& level = top();
    const std::size_t index = level.index++;
    return level.here ? matching(std::to_string(index)) : 0;
  }

  Mask at_end_of_path(Mask fields) const {
    Mask result = 0;
    for (std::size_t i = 0; fields >> i; ++i)
      if ((fields >> i & 1) && paths_[i].size() == depth_) result |= Mask{1} << i;
    return result;
  }

  bool open(bool is_array) {
    const Mask fields = candidates();
    const Mask ended = at_end_of_path(fields);
    clear(ended);
    ++depth_;
    levels_[depth_] = {fields & ~ended, is_array, 0};
    in_array_ = is_array;
    return true;
  }

  bool close() {
    --depth_;
    in_array_ = depth_ > 0 && top().is_array;
    return true;
  }

  /// Whether a field may stand in the value that is being read: most never do, and they are quick.
  bool concerned() const { return (in_array_ ? levels_[depth_].here : next_) != 0; }

  bool gather(Text part) {
    if (!concerned()) return true;
    if (!gathering_) {
      gathering_ = true;
      wanted_ = at_end_of_path(candidates());
    }
    if (wanted_) value_.append(part.data(), part.size());
    return true;
  }

  bool store(bool is_string) {
    if (!concerned()) return true;
    gathering_ = false;
    for (std::size_t i = 0; wanted_ >> i; ++i)
      if (wanted_ >> i & 1) out_.fields[i] = {value_, is_string};
    value_.clear();
    return true;
  }

  bool forget() {
    clear(at_end_of_path(candidates()));
    return true;
  }

  void clear(Mask fields) {
    for (std::size_t i = 0; fields >> i; ++i)
      if (fields >> i & 1) out_.fields[i].reset();
  }

  const JsonFormat::Paths& paths_;
  JsonFields& out_;
  std::array<Level, JsonFormat::kMaxDepth + 2> levels_{};
  std::size_t depth_ = 0;
  bool in_array_ = false;
  Mask next_ = 0;
  std::string key_;
  std::string value_;
  Mask wanted_ = 0;
  bool gathering_ = false;
};

}  // namespace

JsonFields read_json(std::string_view document, const JsonFormat::Paths& paths) {
  JsonFields result;
  json::parse_options options;
  options.max_depth = JsonFormat::kMaxDepth;
  json::basic_parser<Handler> parser(options, paths, result);
  json::error_code error;
  result.offset = parser.write_some(false, document.data(), document.size(), error);
  if (!error && result.offset < document.size()) error = json::error::extra_data;
  if (!error) return result;
  result.error =
      error == json::error::too_deep ? JsonFields::Error::too_deep : JsonFields::Error::syntax;
  result.message = error.message();
  return result;
}

}  // namespace wiredesk
