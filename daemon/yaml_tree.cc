#include "daemon/yaml_tree.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <sstream>
#include <utility>
#include <vector>

#include "daemon/read_file.h"

namespace wiredesk {
namespace {

constexpr int kMaxDepth = 16;

ConfigMark to_mark(const YAML::Mark& mark, const std::string& file) {
  return {file, mark.line + 1, mark.column + 1};
}

[[noreturn]] void refuse(const YAML::Mark& mark, const std::string& file, std::string message) {
  throw ConfigError({{to_mark(mark, file), std::move(message)}});
}

/// yaml-cpp takes a NUL for the end of the text and then may look for that end for ever.
void refuse_nul(std::string_view text, const std::string& file) {
  const std::size_t at = text.find('\0');
  if (at == std::string_view::npos) return;
  const std::string_view before = text.substr(0, at);
  const auto line = static_cast<int>(std::count(before.begin(), before.end(), '\n'));
  const auto column = static_cast<int>(at - (before.rfind('\n') + 1));
  throw ConfigError({{{file, line + 1, column + 1}, "not YAML: a NUL byte"}});
}

/// Sees documents go by, and notes where they begin.
class DocumentStarts : public YAML::EventHandler {
 public:
  const std::vector<YAML::Mark>& marks() const { return marks_; }

  void OnDocumentStart(const YAML::Mark& mark) override { marks_.push_back(mark); }
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark&, YAML::anchor_t) override {}
  void OnAlias(const YAML::Mark&, YAML::anchor_t) override {}
  void OnScalar(const YAML::Mark&, const std::string&, YAML::anchor_t,
                const std::string&) override {}
  void OnSequenceStart(const YAML::Mark&, const std::string&, YAML::anchor_t,
                       YAML::EmitterStyle::value) override {}
  void OnSequenceEnd() override {}
  void OnMapStart(const YAML::Mark&, const std::string&, YAML::anchor_t,
                  YAML::EmitterStyle::value) override {}
  void OnMapEnd() override {}

 private:
  std::vector<YAML::Mark> marks_;
};

/// Not by YAML::LoadAll: of a text such as ",x" it makes documents without end.
void refuse_second_document(std::string_view text, const std::string& file) {
  std::istringstream in{std::string(text)};
  YAML::Parser parser(in);
  DocumentStarts starts;
  while (starts.marks().size() < 2 && parser.HandleNextDocument(starts)) continue;
  if (starts.marks().size() > 1)
    refuse(starts.marks()[1], file, "a second document begins here; one is read");
}

class TreeBuilder {
 public:
  explicit TreeBuilder(const std::string& file) : file_(file) {}

  /// Keys that stand twice: the tree holds the first of them.
  std::vector<ConfigProblem> take_problems() { return std::move(problems_); }

  ConfigNode build(const YAML::Node& yaml, int depth = 0) {
    if (depth > kMaxDepth) refuse(yaml.Mark(), file_, "nested too deeply");
    ConfigNode node;
    node.mark = to_mark(yaml.Mark(), file_);
    if (yaml.IsScalar()) {
      node.kind = ConfigNode::Kind::scalar;
      node.scalar = yaml.Scalar();
    } else if (yaml.IsSequence()) {
      node.kind = ConfigNode::Kind::sequence;
      for (const YAML::Node& item : yaml) node.items.push_back(build(item, depth + 1));
    } else if (yaml.IsMap()) {
      build_map(yaml, node, depth);
    }
    return node;
  }

 private:
  void build_map(const YAML::Node& yaml, ConfigNode& node, int depth) {
    node.kind = ConfigNode::Kind::map;
    for (const auto& pair : yaml) {
      if (!pair.first.IsScalar()) refuse(pair.first.Mark(), file_, "a key must be a plain word");
      const std::string& key = pair.first.Scalar();
      ConfigNode value = build(pair.second, depth + 1);
      const ConfigMark mark = to_mark(pair.first.Mark(), file_);
      if (node.find(key))
        problems_.push_back({mark, "the key '" + key + "' stands twice"});
      else
        node.entries.push_back({key, mark, std::move(value)});
    }
  }

  const std::string& file_;
  std::vector<ConfigProblem> problems_;
};

std::optional<std::string> read_secret_file(const std::string& path) {
  std::optional<std::string> text = read_file(path);
  if (text && text->ends_with('\n')) text->pop_back();
  if (text && text->ends_with('\r')) text->pop_back();
  return text;
}

class Substitution {
 public:
  Substitution(const ConfigMark& mark, std::vector<ConfigProblem>& problems)
      : mark_(mark), problems_(problems) {}

  std::string apply(const std::string& text) const {
    std::string result;
    std::size_t at = 0;
    while (at < text.size()) {
      const std::size_t dollar = text.find('$', at);
      result.append(text, at, dollar - at);
      if (dollar == std::string::npos) break;
      at = expand(text, dollar, result);
    }
    return result;
  }

 private:
  /// Expands what begins at the dollar; gives the place behind it.
  std::size_t expand(const std::string& text, std::size_t dollar, std::string& result) const {
    if (text.compare(dollar, 2, "$$") == 0) {
      result.push_back('$');
      return dollar + 2;
    }
    const std::size_t close = text.find('}', dollar);
    if (text.compare(dollar, 2, "${") != 0 || close == std::string::npos) {
      result.push_back('$');
      return dollar + 1;
    }
    result += value_of(text.substr(dollar + 2, close - dollar - 2));
    return close + 1;
  }

  std::string value_of(const std::string& reference) const {
    if (reference.starts_with("env:")) return environment(reference.substr(4));
    if (!reference.starts_with("file:")) {
      report("'${" + reference + "}' is neither ${env:NAME} nor ${file:PATH}");
      return {};
    }
    const std::string path = reference.substr(5);
    if (auto secret = read_secret_file(path)) return *secret;
    report("cannot read the file '" + path + "' that this value names");
    return {};
  }

  std::string environment(const std::string& reference) const {
    const std::size_t dash = reference.find(":-");
    const std::string name = reference.substr(0, dash);
    if (const char* value = std::getenv(name.c_str())) return value;
    if (dash != std::string::npos) return reference.substr(dash + 2);
    report("the environment variable '" + name +
           "' is not set; set it, or give a default as in ${env:" + name + ":-value}");
    return {};
  }

  void report(std::string message) const { problems_.push_back({mark_, std::move(message)}); }

  const ConfigMark& mark_;
  std::vector<ConfigProblem>& problems_;
};

}  // namespace

ConfigNode parse_yaml(std::string_view text, const std::string& file) {
  refuse_nul(text, file);
  try {
    refuse_second_document(text, file);
    TreeBuilder builder(file);
    ConfigNode root = builder.build(YAML::Load(std::string(text)));
    if (auto problems = builder.take_problems(); !problems.empty())
      throw ConfigError(std::move(problems));
    if (root.kind == ConfigNode::Kind::null) root.kind = ConfigNode::Kind::map;
    if (root.kind != ConfigNode::Kind::map)
      throw ConfigError({{root.mark, "a configuration is a map of sections such as 'kafka:'"}});
    return root;
  } catch (const YAML::Exception& error) {
    refuse(error.mark, file, "not YAML: " + error.msg);
  }
}

void substitute_secrets(ConfigNode& node, std::vector<ConfigProblem>& problems) {
  if (node.kind == ConfigNode::Kind::scalar && node.scalar.find('$') != std::string::npos)
    node.scalar = Substitution(node.mark, problems).apply(node.scalar);
  for (ConfigNode& item : node.items) substitute_secrets(item, problems);
  for (ConfigNode::Entry& entry : node.entries) substitute_secrets(entry.value, problems);
}

}  // namespace wiredesk
