#include "daemon/config_loader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

#include "daemon/yaml_tree.h"

namespace wiredesk {
namespace {

using std::chrono::milliseconds;
using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using testing::StartsWith;

std::vector<std::string> problems_of(std::string_view yaml, const ConfigOverrides& overrides = {}) {
  std::vector<std::string> lines;
  try {
    parse_config(yaml, "f.yaml", overrides);
  } catch (const ConfigError& error) {
    for (const ConfigProblem& problem : error.problems())
      lines.push_back(to_string(problem.mark) + ": " + problem.message);
  }
  return lines;
}

std::string value_of(const NamedValues& values, std::string_view name) {
  for (const NamedValue& each : values)
    if (each.name == name) return each.value;
  return "(none)";
}

TEST(ConfigLoader, NothingGivesTheDefaults) {
  const Config config = load_config("");
  EXPECT_EQ(value_of(config.kafka.common, "bootstrap.servers"), "localhost:9092");
  EXPECT_THAT(config.input.topics, ElementsAre("wire.raw"));
  EXPECT_EQ(config.output.topic, "wire.enriched");
  EXPECT_EQ(config.delivery, Delivery::exactly_once);
  EXPECT_EQ(config.batch.max_records, 5000);
  EXPECT_THAT(config.pipeline->stage_names(),
              ElementsAre("decode", "structure", "captions", "dedupe", "entities"));
  EXPECT_THAT(config.pipeline->states(), SizeIs(1));
}

TEST(ConfigLoader, AFileNamesOnlyWhatDiffers) {
  const Config config = parse_config(
      "kafka:\n"
      "  common: {bootstrap.servers: \"one:1,two:2\", security.protocol: ssl}\n"
      "  consumer: {group.id: desk}\n"
      "input: {topics: [\"^wire[.].*\"]}\n"
      "output: {headers: {keep: [x-desk]}}\n"
      "delivery: at_least_once\n"
      "batch: {linger: 1s}\n"
      "processors: [decode, structure]\n",
      "f.yaml");
  EXPECT_EQ(value_of(config.kafka.common, "bootstrap.servers"), "one:1,two:2");
  EXPECT_EQ(value_of(config.kafka.common, "security.protocol"), "ssl");
  EXPECT_EQ(value_of(config.kafka.consumer, "group.id"), "desk");
  EXPECT_THAT(config.output.keep_headers, ElementsAre("x-desk"));
  EXPECT_EQ(config.output.topic, "wire.enriched");
  EXPECT_EQ(config.delivery, Delivery::at_least_once);
  EXPECT_EQ(config.batch.linger, milliseconds(1000));
  EXPECT_EQ(config.batch.max_records, 5000);
  EXPECT_THAT(config.pipeline->stage_names(), ElementsAre("decode", "structure"));
}

TEST(ConfigLoader, TellsEveryErrorAtOnceInTheFilesOrder) {
  EXPECT_THAT(
      problems_of("kafka:\n"
                  "  common: {bootstrap.serverz: x}\n"
                  "  consumer: {enable.auto.commit: true}\n"
                  "  producer: {linger.ms: soon}\n"
                  "inputs: {topics: [a]}\n"
                  "lanes: many\n"
                  "batch: {linger: 20, max_bytes: 16MiBi}\n"
                  "processors: [structure, spelling]\n"
                  "decode: {formt: json}\n"
                  "dedupe: {window: \"${env:WIREDESK_TEST_UNSET}\"}\n"
                  "logging: {level: loud}\n"),
      ElementsAre(
          StartsWith("f.yaml:2:"),
          "f.yaml:3:34: 'enable.auto.commit' is not for you to set: offsets are committed "
          "with their batch",
          StartsWith("f.yaml:4:25: "), "f.yaml:5:1: unknown key 'inputs'; did you mean 'input'?",
          "f.yaml:6:8: 'lanes' takes a whole number from 1 to 256, not 'many'",
          StartsWith("f.yaml:7:17: 'batch.linger' takes a time"),
          StartsWith("f.yaml:7:32: 'batch.max_bytes' takes a size"),
          "f.yaml:8:13: the chain begins with 'decode'",
          "f.yaml:8:13: there is no processor 'spelling'; `wiredesk list` names what there is",
          "f.yaml:9:10: unknown key 'decode.formt'; did you mean 'decode.format'?",
          StartsWith("f.yaml:10:18: the environment variable 'WIREDESK_TEST_UNSET'"),
          StartsWith("f.yaml:10:18: 'dedupe.window' takes a time"),
          StartsWith("f.yaml:11:18: 'logging.level' takes one of trace, debug")));
}

TEST(ConfigLoader, RefusesPropertiesThatGuaranteesRestOn) {
  const std::vector<std::string> problems = problems_of(
      "kafka:\n"
      "  consumer:\n"
      "    enable.auto.offset.store: true\n"
      "    enable.partition.eof: true\n"
      "    group.instance.id: x\n"
      "    partition.assignment.strategy: cooperative-sticky\n"
      "  producer:\n"
      "    enable.idempotence: false\n"
      "    transactional.id: mine\n"
      "    message.max.bytes: 2000000\n");
  EXPECT_THAT(problems,
              ElementsAre(StartsWith("f.yaml:3:31: 'enable.auto.offset.store' is not for you"),
                          StartsWith("f.yaml:4:27: 'enable.partition.eof' is not for you"),
                          StartsWith("f.yaml:5:24: 'group.instance.id' is not for you to set: set "
                                     "'instance.id'"),
                          StartsWith("f.yaml:6:36: cooperative assignment is refused"),
                          StartsWith("f.yaml:8:25: 'enable.idempotence' is not for you"),
                          StartsWith("f.yaml:9:23: 'transactional.id' is not for you to set: set "
                                     "'instance.id'"),
                          StartsWith("f.yaml:10:24: 'message.max.bytes' is not for you to set")));
}

TEST(ConfigLoader, TellsAnUnknownPropertyAtItsPlace) {
  EXPECT_THAT(problems_of("kafka:\n  consumer:\n    fetch.wait.maximum.ms: 5\n"),
              ElementsAre(AllOf(StartsWith("f.yaml:3:28: "), HasSubstr("fetch.wait.maximum.ms"))));
}

TEST(ConfigLoader, RefusesAnAddressThatNobodyCanListenOn) {
  EXPECT_THAT(problems_of("admin: {listen: '127.0.0.1:99999'}\n"),
              ElementsAre(StartsWith("f.yaml:1:17: ")));
}

TEST(ConfigLoader, RefusesOneTopicForTwoUses) {
  EXPECT_THAT(problems_of("output: {topic: a}\nstate: {topic: a}\ndead_letters: {topic: a}\n"),
              SizeIs(3));
  EXPECT_THAT(problems_of("input: {topics: [a, b]}\noutput: {topic: b}\n"),
              ElementsAre("f.yaml:1:8: the topic 'b' is also 'output.topic': wiredesk would read "
                          "what it writes"));
  EXPECT_THAT(problems_of("input: {topics: []}\nstate: {topic: \"\"}\n"),
              ElementsAre("f.yaml:1:8: 'input.topics' names no topic",
                          "f.yaml:2:8: 'state.topic' is empty"));
}

TEST(ConfigLoader, RefusesAChainThatCannotBe) {
  EXPECT_THAT(problems_of("processors: []\n"),
              ElementsAre("f.yaml:1:13: the chain begins with 'decode'"));
  EXPECT_THAT(problems_of("processors: [decode, structure, structure]\n"),
              ElementsAre("f.yaml:1:13: 'structure' stands twice in the chain"));
  EXPECT_THAT(problems_of("processors: [decode, decode]\n"),
              ElementsAre("f.yaml:1:13: 'decode' stands twice in the chain"));
}

TEST(ConfigLoader, TellsWhatAProcessorCannotUseAtItsSection) {
  EXPECT_THAT(
      problems_of("lanes: 1\nentities: {gazetteer: /nowhere/names.tsv}\n"),
      ElementsAre(AllOf(StartsWith("f.yaml:2:11: 'entities': "), HasSubstr("/nowhere/names.tsv"))));
}

TEST(ConfigLoader, ACommandsOverridesWin) {
  const ConfigOverrides overrides{
      {"decode.format", "json"}, {"kafka.common.bootstrap.servers", "other:9092"}, {"lanes", "3"}};
  const Config config =
      parse_config("lanes: 2\nkafka: {common: {bootstrap.servers: one:1}}\n", "f.yaml", overrides);
  EXPECT_EQ(config.lanes, 3);
  EXPECT_EQ(value_of(config.kafka.common, "bootstrap.servers"), "other:9092");
  EXPECT_EQ(config.kafka.common.size(), 1u);
}

TEST(ConfigLoader, AWrongOverrideIsToldWithWhereItCameFrom) {
  EXPECT_THAT(problems_of("", {{"decode.format", "jsn"}}),
              ElementsAre(AllOf(StartsWith("the command line: 'decode.format' takes one of"),
                                HasSubstr("'jsn'"))));
}

TEST(ConfigLoader, SaysWhyAFileCannotBeRead) {
  try {
    load_config("/nowhere/wiredesk.yaml");
    FAIL();
  } catch (const ConfigError& error) {
    EXPECT_STREQ(
        error.what(),
        "/nowhere/wiredesk.yaml: cannot read the configuration: No such file or directory");
  }
}

TEST(ConfigLoader, ADirectoryIsNoConfiguration) {
  EXPECT_THROW(load_config(testing::TempDir()), ConfigError);
}

class ReferenceConfigTest : public testing::Test {
 protected:
  static std::string path() { return WIREDESK_SOURCE_DIR "/config/wiredesk.yaml"; }
  static ConfigNode tree() {
    std::ifstream file(path(), std::ios::binary);
    return parse_yaml(std::string{std::istreambuf_iterator<char>(file), {}}, "wiredesk.yaml");
  }

  /// The node under a path of option names, or nullptr.
  static const ConfigNode* find(const ConfigNode& root, std::string_view path) {
    const ConfigNode* node = &root;
    while (node && !path.empty()) {
      const std::size_t dot = std::min(path.find('.'), path.size());
      node = node->find(path.substr(0, dot));
      path.remove_prefix(std::min(dot + 1, path.size()));
    }
    return node;
  }

  /// A value as describe_config() writes it.
  static std::string shown(const ConfigNode& node) {
    std::string text;
    const auto add = [&](const std::string& part) { text += (text.empty() ? "" : ", ") + part; };
    if (node.kind == ConfigNode::Kind::scalar) return node.scalar;
    for (const ConfigNode& item : node.items) add(item.scalar);
    for (const ConfigNode::Entry& entry : node.entries) add(entry.key + ": " + entry.value.scalar);
    return node.kind == ConfigNode::Kind::sequence ? "[" + text + "]" : "{" + text + "}";
  }

  /// Where two texts of one type mean the same, the same text.
  static std::string normal(const OptionDoc& option, const std::string& text) {
    std::size_t bytes = 0;
    milliseconds duration{};
    if (option.type == "bytes" && parse_bytes(text, bytes)) return format_bytes(bytes);
    if (option.type == "duration" && parse_duration(text, duration))
      return format_duration(duration);
    return text;
  }

  static void collect_leaves(const ConfigNode& node, const std::string& path,
                             const std::set<std::string>& options, std::set<std::string>& leaves) {
    if (node.kind != ConfigNode::Kind::map || options.contains(path)) {
      leaves.insert(path);
      return;
    }
    for (const ConfigNode::Entry& entry : node.entries)
      collect_leaves(entry.value, path.empty() ? entry.key : path + "." + entry.key, options,
                     leaves);
  }
};

TEST_F(ReferenceConfigTest, Loads) {
  EXPECT_NO_THROW(load_config(path()));
}

TEST_F(ReferenceConfigTest, NamesEveryOptionWithItsDefault) {
  const ConfigNode root = tree();
  const std::vector<OptionDoc> options = describe_config();
  EXPECT_GT(options.size(), 30u);
  for (const OptionDoc& option : options) {
    const ConfigNode* node = find(root, option.name);
    if (!node) {
      ADD_FAILURE() << option.name << " is not in the reference configuration";
      continue;
    }
    EXPECT_EQ(normal(option, shown(*node)), normal(option, option.default_value)) << option.name;
  }
}

TEST_F(ReferenceConfigTest, NamesNothingElse) {
  std::set<std::string> names;
  for (const OptionDoc& option : describe_config()) names.insert(option.name);
  std::set<std::string> leaves;
  collect_leaves(tree(), "", names, leaves);
  EXPECT_EQ(leaves, names);
}

TEST_F(ReferenceConfigTest, EveryOptionHasItsLineOfDocumentation) {
  for (const OptionDoc& option : describe_config()) EXPECT_NE(option.doc, "") << option.name;
}

TEST(ShippedConfigs, TheDemosLoadsToo) {
  EXPECT_NO_THROW(load_config(WIREDESK_SOURCE_DIR "/config/demo.yaml"));
}

}  // namespace
}  // namespace wiredesk
