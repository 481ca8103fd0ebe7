#include "daemon/config_loader.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <map>
#include <optional>

#include "daemon/kafka_properties.h"
#include "daemon/listen_address.h"
#include "daemon/read_file.h"
#include "daemon/yaml_tree.h"
#include "processors/decode/decode.h"
#include "processors/registry.h"

namespace wiredesk {
namespace {

using std::chrono::milliseconds;

constexpr std::size_t kKiB = std::size_t{1} << 10;
constexpr std::size_t kMiB = std::size_t{1} << 20;
constexpr std::size_t kGiB = std::size_t{1} << 30;

/// The options of everything that a chain can hold, read whether or not the chain holds it.
struct ChainOptions {
  ChainOptions() {
    for (const ProcessorRow& row : processor_rows()) {
      chain.emplace_back(row.name);
      processors.emplace(row.name, row.make_options());
    }
  }

  std::vector<std::string> chain{"decode"};
  DecodeOptions decode;
  std::map<std::string_view, std::unique_ptr<ProcessorOptions>> processors;
};

void declare_kafka(OptionReader& in, KafkaConfig& kafka) {
  in.named_values("common", kafka.common,
                  "librdkafka properties of every client: brokers, TLS, SASL");
  in.named_values("consumer", kafka.consumer, "librdkafka properties of the consumers");
  in.named_values("producer", kafka.producer, "librdkafka properties of the producers");
}

void declare_output(OptionReader& in, OutputConfig& output) {
  in.text("topic", output.topic, "where enriched messages go");
  in.choice<OutputFormat>("format", output.format,
                          {{"wiredesk", OutputFormat::wiredesk}, {"ninjs", OutputFormat::ninjs}},
                          "wiredesk: ninjs item and wire part; ninjs: the item alone");
  in.flag("richtext", output.richtext, "adds the body as XHTML");
  in.flag("source", output.source, "adds the decoded source as wire.text");
  in.section("headers", "headers of the message", [&](OptionReader& headers) {
    headers.list("keep", output.keep_headers, "input headers that are passed on");
  });
}

void declare_topics(OptionReader& in, TopicsConfig& topics) {
  in.flag("create", topics.create, "create our topics where they are missing");
  in.integer("partitions", topics.partitions, -1, 10'000,
             "partitions of the output and dead-letter topics; -1: the broker's default");
  in.integer("replication", topics.replication, -1, 100, "replicas; -1: the broker's default");
}

void declare_batch(OptionReader& in, BatchConfig& batch) {
  in.duration("linger", batch.linger, milliseconds(0), milliseconds(60'000),
              "how long a batch that is not full waits for more");
  in.integer("max_records", batch.max_records, 1, 1'000'000, "records of one transaction");
  in.bytes("max_bytes", batch.max_bytes, kKiB, kGiB, "input bytes of one transaction");
}

void declare_logging(OptionReader& in, LoggingConfig& logging) {
  in.choice<LogLevel>("level", logging.level,
                      {{"trace", LogLevel::trace},
                       {"debug", LogLevel::debug},
                       {"info", LogLevel::info},
                       {"warn", LogLevel::warn},
                       {"error", LogLevel::error}},
                      "the least serious kind of line that is written");
  in.choice<LogFormat>(
      "format", logging.format,
      {{"auto", LogFormat::automatic}, {"text", LogFormat::text}, {"json", LogFormat::json}},
      "auto: text, with priorities under systemd");
  in.duration("statistics", logging.statistics, milliseconds(0), milliseconds(24LL * 3'600'000),
              "how often a line of totals is written; 0s: never");
}

void declare_places(OptionReader& in, Config& config) {
  in.section("input", "what is read", [&](OptionReader& input) {
    input.list("topics", config.input.topics,
               "topic names, or regular expressions that begin with ^");
  });
  in.section("output", "what is written",
             [&](OptionReader& output) { declare_output(output, config.output); });
  in.section("dead_letters", "records that could not be processed", [&](OptionReader& dead) {
    dead.text("topic", config.dead_letters.topic, "where their bytes go, untouched");
  });
  in.section("state", "what the chain remembers", [&](OptionReader& state) {
    state.text("topic", config.state.topic, "where every decision of dedupe is kept");
    state.integer("partitions", config.state.partitions, 1, 1'000,
                  "its partitions, when it is created");
  });
  in.section("topics", "topics of our own",
             [&](OptionReader& topics) { declare_topics(topics, config.topics); });
}

void declare_running(OptionReader& in, Config& config) {
  in.choice<Delivery>(
      "delivery", config.delivery,
      {{"exactly_once", Delivery::exactly_once}, {"at_least_once", Delivery::at_least_once}},
      "exactly_once: one batch is one transaction");
  in.integer("lanes", config.lanes, 1, 256, "threads that consume, process and produce");
  in.section("batch", "one batch is one transaction",
             [&](OptionReader& batch) { declare_batch(batch, config.batch); });
  in.section("fetch", "prefetched input", [&](OptionReader& fetch) {
    fetch.bytes("max_bytes", config.fetch.max_bytes, kMiB, 64 * kGiB,
                "its bound for the whole process, divided among the lanes");
  });
  in.section("instance", "this process among others of its group", [&](OptionReader& instance) {
    instance.text("id", config.instance.id,
                  "stable and unique: static membership, stable transactional ids; \"\": neither");
  });
  in.section("identity", "what identifies an article", [&](OptionReader& identity) {
    identity.flag("key", config.identity_from_key,
                  "the record's key is the id where the format has none");
  });
}

void declare_service(OptionReader& in, Config& config) {
  in.section("admin", "HTTP for probes and metrics", [&](OptionReader& admin) {
    admin.text("listen", config.admin.listen, "address:port; \"off\": none");
    try {
      parse_listen_address(config.admin.listen);
    } catch (const std::invalid_argument& error) {
      admin.problem("listen", error.what());
    }
  });
  in.section("logging", "what is written to stderr",
             [&](OptionReader& logging) { declare_logging(logging, config.logging); });
}

void declare_chain(OptionReader& in, ChainOptions& options) {
  in.list("processors", options.chain, "the chain, in order; decode is the first");
  in.section("decode", "bytes to text",
             [&](OptionReader& decode) { options.decode.declare(decode); });
  for (const ProcessorRow& row : processor_rows())
    in.section(row.name, row.doc,
               [&](OptionReader& section) { options.processors.at(row.name)->declare(section); });
}

void check_chain(OptionReader& in, const std::vector<std::string>& chain) {
  if (chain.empty() || chain.front() != "decode")
    in.problem("processors", "the chain begins with 'decode'");
  for (std::size_t i = 1; i < chain.size(); ++i) {
    if (std::find(chain.begin(), chain.begin() + static_cast<std::ptrdiff_t>(i), chain[i]) !=
        chain.begin() + static_cast<std::ptrdiff_t>(i))
      in.problem("processors", "'" + chain[i] + "' stands twice in the chain");
    else if (!find_processor(chain[i]))
      in.problem("processors",
                 "there is no processor '" + chain[i] + "'; `wiredesk list` names what there is");
  }
}

void check_topics(OptionReader& in, const Config& config) {
  const std::vector<std::pair<std::string, std::string>> own{
      {"output", config.output.topic},
      {"dead_letters", config.dead_letters.topic},
      {"state", config.state.topic}};
  for (std::size_t i = 0; i < own.size(); ++i) {
    const auto& [section, topic] = own[i];
    if (topic.empty()) in.problem(section, "'" + section + ".topic' is empty");
    for (std::size_t j = 0; j < i; ++j)
      if (own[j].second == topic)
        in.problem(section, "'" + section + ".topic' and '" + own[j].first +
                                ".topic' are the same topic; give each its own");
    if (std::count(config.input.topics.begin(), config.input.topics.end(), topic))
      in.problem("input", "the topic '" + topic + "' is also '" + section +
                              ".topic': wiredesk would read what it writes");
  }
  if (config.input.topics.empty()) in.problem("input", "'input.topics' names no topic");
}

void declare(OptionReader& in, Config& config, ChainOptions& options) {
  in.section("kafka", "librdkafka's own property names",
             [&](OptionReader& kafka) { declare_kafka(kafka, config.kafka); });
  declare_places(in, config);
  declare_running(in, config);
  declare_chain(in, options);
  declare_service(in, config);
  check_chain(in, options.chain);
  check_topics(in, config);
}

/// Makes the factories of the chain; what they cannot use is a problem at their section.
std::shared_ptr<const PipelineFactory> make_pipeline_factory(const Config& config,
                                                             const ChainOptions& options,
                                                             const ConfigNode& root,
                                                             std::vector<ConfigProblem>& problems) {
  std::vector<std::pair<std::string_view, std::unique_ptr<ProcessorFactory>>> chain;
  for (std::size_t i = 1; i < options.chain.size(); ++i) {
    const ProcessorRow& row = *find_processor(options.chain[i]);
    try {
      chain.emplace_back(row.name, options.processors.at(row.name)->make_factory());
    } catch (const std::exception& error) {
      const ConfigNode* section = root.find(row.name);
      problems.push_back({section ? section->mark : root.mark,
                          "'" + std::string(row.name) + "': " + error.what()});
    }
  }
  if (!problems.empty()) return nullptr;
  return std::make_shared<PipelineFactory>(options.decode.make_factory(), std::move(chain),
                                           config.identity_from_key);
}

/// The node under `key`, made where there is none.
ConfigNode& child(ConfigNode& node, std::string_view key) {
  node.kind = ConfigNode::Kind::map;
  for (ConfigNode::Entry& entry : node.entries)
    if (entry.key == key) return entry.value;
  node.entries.push_back({std::string(key), {"the command line", 0, 0}, {}});
  return node.entries.back().value;
}

/// Sections are split at dots, two deep at most: librdkafka's own names hold dots, too.
void override_value(ConfigNode& root, std::string_view path, const std::string& value) {
  ConfigNode* node = &root;
  for (int depth = 0; depth < 2; ++depth) {
    const std::size_t dot = path.find('.');
    if (dot == std::string_view::npos) break;
    node = &child(*node, path.substr(0, dot));
    path.remove_prefix(dot + 1);
  }
  ConfigNode& leaf = child(*node, path);
  leaf = ConfigNode{};
  leaf.kind = ConfigNode::Kind::scalar;
  leaf.mark.file = "the command line";
  leaf.scalar = value;
}

Config read_config(ConfigNode root) {
  std::vector<ConfigProblem> problems;
  substitute_secrets(root, problems);
  Config config;
  config.kafka.common = default_common_properties();
  ChainOptions options;
  OptionReader::read(&root, "", problems, [&](OptionReader& in) { declare(in, config, options); });
  check_kafka_properties(config, problems);
  if (problems.empty()) config.pipeline = make_pipeline_factory(config, options, root, problems);
  if (problems.empty()) return config;
  std::stable_sort(problems.begin(), problems.end(),
                   [](const ConfigProblem& left, const ConfigProblem& right) {
                     return std::pair(left.mark.line, left.mark.column) <
                            std::pair(right.mark.line, right.mark.column);
                   });
  throw ConfigError(std::move(problems));
}

}  // namespace

Config parse_config(std::string_view text, const std::string& name,
                    const ConfigOverrides& overrides) {
  ConfigNode root = parse_yaml(text, name);
  for (const auto& [path, value] : overrides) override_value(root, path, value);
  return read_config(std::move(root));
}

Config load_config(const std::string& path, const ConfigOverrides& overrides) {
  if (path.empty()) return parse_config("", "defaults", overrides);
  const std::optional<std::string> text = read_file(path);
  if (!text) {
    ConfigProblem problem;
    problem.mark.file = path;
    problem.message = std::string("cannot read the configuration: ") + std::strerror(errno);
    throw ConfigError({problem});
  }
  return parse_config(*text, path, overrides);
}

std::vector<OptionDoc> describe_config() {
  Config config;
  config.kafka.common = default_common_properties();
  ChainOptions options;
  return OptionReader::describe("", [&](OptionReader& in) { declare(in, config, options); });
}

}  // namespace wiredesk
