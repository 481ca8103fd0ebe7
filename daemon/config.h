// The whole configuration, after reading: plain values, read-only from start on. config_loader.h
// makes it.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "processors/options.h"
#include "processors/pipeline.h"

namespace wiredesk {

struct KafkaConfig {  // librdkafka's own property names
  NamedValues common;
  NamedValues consumer;
  NamedValues producer;
};

struct InputConfig {
  std::vector<std::string> topics{"wire.raw"};  // names, or a regular expression that begins with ^
};

enum class OutputFormat { wiredesk, ninjs };

struct OutputConfig {
  std::string topic = "wire.enriched";
  OutputFormat format = OutputFormat::wiredesk;
  bool richtext = false;  // adds the XHTML body
  bool source = false;    // adds the decoded source as wire.text
  std::vector<std::string> keep_headers;
};

struct DeadLettersConfig {
  std::string topic = "wire.dead";
};

struct StateConfig {
  std::string topic = "wiredesk.state";
  int partitions = 8;
};

struct TopicsConfig {
  bool create = true;
  int partitions = -1;   // of the output topic when it is created; -1: as many as the broker says
  int replication = -1;  // -1: the broker's default
};

enum class Delivery { exactly_once, at_least_once };

struct BatchConfig {
  std::chrono::milliseconds linger{20};
  int max_records = 5000;
  std::size_t max_bytes = std::size_t{16} << 20;
};

struct FetchConfig {
  std::size_t max_bytes = std::size_t{128} << 20;  // of the whole process, divided among its lanes
};

struct InstanceConfig {
  std::string id;  // "": a fresh one each start, dynamic membership
};

struct AdminConfig {
  std::string listen = "127.0.0.1:8080";  // "" or "off": no admin server
};

enum class LogLevel { trace, debug, info, warn, error };
enum class LogFormat { automatic, text, json };

struct LoggingConfig {
  LogLevel level = LogLevel::info;
  LogFormat format = LogFormat::automatic;
  std::chrono::milliseconds statistics{60'000};  // how often a line of totals is written; 0: never
};

struct Config {
  KafkaConfig kafka;
  InputConfig input;
  OutputConfig output;
  DeadLettersConfig dead_letters;
  StateConfig state;
  TopicsConfig topics;
  Delivery delivery = Delivery::exactly_once;
  int lanes = 1;
  BatchConfig batch;
  FetchConfig fetch;
  InstanceConfig instance;
  bool identity_from_key = false;
  AdminConfig admin;
  LoggingConfig logging;
  std::shared_ptr<const PipelineFactory> pipeline;
};

}  // namespace wiredesk
