// Configuration without YAML: the tree that the loader makes of a file, and the reader that every
// section's options are declared with, once. From that one declaration come parsing, the errors of
// `wiredesk check` (all of them at once, with file:line:column), `wiredesk list` and the test that
// the reference configuration documents every key.
//
// Used at start only, by the main thread.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wiredesk {

/// Where a node stands; line and column count from 1, 0 means that no file holds it.
struct ConfigMark {
  std::string file;
  int line = 0;
  int column = 0;
};
/// "wiredesk.yaml:3:7", or "" where no file holds it.
std::string to_string(const ConfigMark& mark);

struct ConfigNode {
  enum class Kind { null, scalar, sequence, map };
  struct Entry;

  /// The value under `key`, or nullptr.
  const ConfigNode* find(std::string_view key) const;

  Kind kind = Kind::null;
  ConfigMark mark;
  std::string scalar;
  std::vector<ConfigNode> items;  // of a sequence
  std::vector<Entry> entries;     // of a map, in the file's order
};

struct ConfigNode::Entry {
  std::string key;
  ConfigMark mark;  // of the key
  ConfigNode value;
};

struct ConfigProblem {
  ConfigMark mark;
  std::string message;
};

/// Everything that is wrong with a configuration; what() is one line a problem.
class ConfigError : public std::runtime_error {
 public:
  explicit ConfigError(std::vector<ConfigProblem> problems);
  const std::vector<ConfigProblem>& problems() const { return problems_; }

 private:
  std::vector<ConfigProblem> problems_;
};

/// One line of `wiredesk list`.
struct OptionDoc {
  std::string name;  // whole path: "dedupe.window"
  std::string type;  // "duration", "bytes", ...
  std::string default_value;
  std::string doc;
};

/// A name that is not ours to know, with its value and the place of the value.
struct NamedValue {
  std::string name;
  std::string value;
  ConfigMark mark;
};
using NamedValues = std::vector<NamedValue>;

/// Reads one map of options. Each call declares one key: its present value is the default, and it
/// is overwritten where the file names the key. Wrong values and unknown keys are collected, not
/// thrown.
///
/// Use: a function `void declare(OptionReader& in)` of the options struct that makes these calls;
/// the reader calls it either to read or only to collect the documentation.
class OptionReader {
 public:
  using Declare = std::function<void(OptionReader&)>;
  template <typename Enum>
  using Choices = std::vector<std::pair<std::string_view, Enum>>;

  /// Reads `node` (nullptr: nothing is set) under the path `path` ("" for the top level).
  static void read(const ConfigNode* node, std::string path, std::vector<ConfigProblem>& problems,
                   const Declare& declare);
  /// Reads nothing, tells what there is to read.
  static std::vector<OptionDoc> describe(std::string path, const Declare& declare);

  void text(std::string_view name, std::string& value, std::string_view doc);
  void flag(std::string_view name, bool& value, std::string_view doc);
  void integer(std::string_view name, std::int64_t& value, std::int64_t min, std::int64_t max,
               std::string_view doc);
  void integer(std::string_view name, int& value, int min, int max, std::string_view doc);
  /// "512MiB", "16KiB", "1000" (bytes); binary and decimal suffixes.
  void bytes(std::string_view name, std::size_t& value, std::size_t min, std::size_t max,
             std::string_view doc);
  /// "20ms", "72h", "30s", "5m", "1d".
  void duration(std::string_view name, std::chrono::milliseconds& value,
                std::chrono::milliseconds min, std::chrono::milliseconds max, std::string_view doc);
  void list(std::string_view name, std::vector<std::string>& value, std::string_view doc);
  /// A map of names and scalars that are not ours to know (librdkafka's properties, say).
  void named_values(std::string_view name, NamedValues& value, std::string_view doc);
  void section(std::string_view name, std::string_view doc, const Declare& declare);

  template <typename Enum>
  void choice(std::string_view name, Enum& value, const Choices<Enum>& choices,
              std::string_view doc) {
    std::vector<std::string_view> names;
    std::size_t index = 0;
    for (const auto& [choice_name, choice_value] : choices) {
      if (choice_value == value) index = names.size();
      names.push_back(choice_name);
    }
    value = choices[pick(name, names, index, doc)].second;
  }

  /// Reports a problem that only the caller can see, at the key's place (or the section's).
  void problem(std::string_view name, std::string message);

 private:
  OptionReader(const ConfigNode* node, std::string path, std::vector<ConfigProblem>* problems,
               std::vector<OptionDoc>* docs);

  const ConfigNode* take(std::string_view name);
  const ConfigNode* take_scalar(std::string_view name);
  void document(std::string_view name, std::string_view type, std::string default_value,
                std::string_view doc);
  std::string path_of(std::string_view name) const;
  void report(const ConfigMark& mark, std::string message);
  void report_unknown_keys();
  std::size_t pick(std::string_view name, const std::vector<std::string_view>& names,
                   std::size_t index, std::string_view doc);

  const ConfigNode* node_;
  std::string path_;
  std::vector<ConfigProblem>* problems_;
  std::vector<OptionDoc>* docs_;
  std::vector<std::string> known_;
};

/// Parses "512MiB" / "72h"; false where the text is not of that form.
bool parse_bytes(std::string_view text, std::size_t& bytes);
bool parse_duration(std::string_view text, std::chrono::milliseconds& duration);
std::string format_bytes(std::size_t bytes);
std::string format_duration(std::chrono::milliseconds duration);

}  // namespace wiredesk
