#include "daemon/kafka_topics.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <charconv>
#include <optional>

#include "daemon/kafka_properties.h"

namespace wiredesk {
namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

constexpr int kMetadataTimeoutMs = 5'000;
constexpr int kAdminTimeoutMs = 30'000;
constexpr milliseconds kDay{24LL * 3'600'000};

using NewTopicHandle = std::unique_ptr<rd_kafka_NewTopic_t, Destroyer<rd_kafka_NewTopic_destroy>>;
using AdminOptions =
    std::unique_ptr<rd_kafka_AdminOptions_t, Destroyer<rd_kafka_AdminOptions_destroy>>;
using ConfigResource =
    std::unique_ptr<rd_kafka_ConfigResource_t, Destroyer<rd_kafka_ConfigResource_destroy>>;

AdminOptions admin_options(rd_kafka_t* client, rd_kafka_admin_op_t operation) {
  AdminOptions options(rd_kafka_AdminOptions_new(client, operation));
  char text[256];
  rd_kafka_AdminOptions_set_request_timeout(options.get(), kAdminTimeoutMs, text, sizeof text);
  return options;
}

std::optional<std::int64_t> to_number(const char* text) {
  if (!text) return std::nullopt;
  const std::string_view view(text);
  std::int64_t value = 0;
  const auto result = std::from_chars(view.data(), view.data() + view.size(), value);
  if (result.ec != std::errc{}) return std::nullopt;
  return value;
}

void apply_setting(std::string_view name, const char* value, TopicLimits& limits) {
  const std::optional<std::int64_t> number = to_number(value);
  if (!number || *number < 0) return;
  if (name == "max.message.bytes")
    limits.max_message_bytes = static_cast<std::size_t>(*number);
  else if (name == "retention.ms" || name == "message.timestamp.before.max.ms" ||
           name == "message.timestamp.difference.max.ms")
    limits.max_age = std::min(limits.max_age, milliseconds(*number));
}

}  // namespace

KafkaTopics::KafkaTopics(const Config& config)
    : config_(config), client_(make_handle(RD_KAFKA_PRODUCER, admin_conf(config))) {}

std::vector<KafkaTopics::NewTopic> KafkaTopics::own_topics(milliseconds state_window) const {
  std::vector<NewTopic> topics{{config_.output.topic, config_.topics.partitions, {}},
                               {config_.dead_letters.topic,
                                config_.topics.partitions,
                                {{"message.timestamp.type", "LogAppendTime"}}}};
  if (state_window.count() > 0)
    topics.push_back({config_.state.topic,
                      config_.state.partitions,
                      {{"message.timestamp.type", "LogAppendTime"},
                       {"cleanup.policy", "delete"},
                       {"retention.ms", std::to_string((state_window + kDay).count())}}});
  return topics;
}

bool KafkaTopics::prepare(milliseconds state_window, const Stopping& stopping) {
  if (!list_topics(stopping)) return false;
  warn_of_missing_input();
  std::vector<NewTopic> missing;
  for (NewTopic& topic : own_topics(state_window)) {
    own_.push_back(topic.name);
    if (!existing_.contains(topic.name)) missing.push_back(std::move(topic));
  }
  if (!config_.topics.create && !missing.empty()) {
    std::string names;
    for (const NewTopic& topic : missing)
      names.append(names.empty() ? "" : ", ").append(topic.name);
    throw TopicError("these topics do not exist: " + names +
                     "; create them (README, 'Topics'), or set topics.create: true");
  }
  for (const NewTopic& topic : missing) create(topic);
  return true;
}

bool KafkaTopics::list_topics(const Stopping& stopping) {
  bool told = false;
  while (!stopping()) {
    const rd_kafka_metadata_t* metadata = nullptr;
    const rd_kafka_resp_err_t error =
        rd_kafka_metadata(client_.get(), 1, nullptr, &metadata, kMetadataTimeoutMs);
    if (!error) {
      for (const rd_kafka_metadata_topic_t& topic :
           std::span(metadata->topics, static_cast<std::size_t>(metadata->topic_cnt)))
        if (!topic.err) existing_[topic.topic] = topic.partition_cnt;
      rd_kafka_metadata_destroy(metadata);
      return true;
    }
    if (!std::exchange(told, true))
      spdlog::warn(
          "no broker answers at {} ({}); waiting for it",
          [&] {
            for (const NamedValue& each : config_.kafka.common)
              if (each.name == "bootstrap.servers") return each.value;
            return std::string("?");
          }(),
          rd_kafka_err2str(error));
  }
  return false;
}

void KafkaTopics::warn_of_missing_input() const {
  for (const std::string& topic : config_.input.topics)
    if (!topic.starts_with('^') && !existing_.contains(topic))
      spdlog::warn("the input topic '{}' does not exist (or may not be described); waiting for it",
                   topic);
}

void KafkaTopics::create(const NewTopic& topic) const {
  char text[512];
  NewTopicHandle handle(rd_kafka_NewTopic_new(topic.name.c_str(), topic.partitions,
                                              config_.topics.replication, text, sizeof text));
  if (!handle) throw TopicError("cannot create the topic '" + topic.name + "': " + text);
  for (const auto& [name, value] : topic.settings)
    rd_kafka_NewTopic_set_config(handle.get(), name.c_str(), value.c_str());
  const KafkaQueue queue(rd_kafka_queue_new(client_.get()));
  const AdminOptions options = admin_options(client_.get(), RD_KAFKA_ADMIN_OP_CREATETOPICS);
  rd_kafka_NewTopic_t* raw = handle.get();
  rd_kafka_CreateTopics(client_.get(), &raw, 1, options.get(), queue.get());
  const KafkaEvent event(rd_kafka_queue_poll(queue.get(), kAdminTimeoutMs + 5'000));
  if (!event) throw TopicError("cannot create the topic '" + topic.name + "': no answer");
  if (rd_kafka_event_error(event.get()))
    throw TopicError("cannot create the topic '" + topic.name +
                     "': " + rd_kafka_event_error_string(event.get()));
  std::size_t count = 0;
  const auto* result = rd_kafka_event_CreateTopics_result(event.get());
  const rd_kafka_topic_result_t** results = rd_kafka_CreateTopics_result_topics(result, &count);
  const rd_kafka_resp_err_t error =
      count ? rd_kafka_topic_result_error(results[0]) : RD_KAFKA_RESP_ERR_NO_ERROR;
  // Another instance may have been faster.
  if (error && error != RD_KAFKA_RESP_ERR_TOPIC_ALREADY_EXISTS) {
    const char* reason = rd_kafka_topic_result_error_string(results[0]);
    throw TopicError("cannot create the topic '" + topic.name +
                     "': " + (reason ? reason : rd_kafka_err2str(error)) +
                     "; create it (README, 'Topics') or give this user the right to");
  }
  if (!error) spdlog::info("created the topic '{}'", topic.name);
}

std::map<std::string, TopicLimits> KafkaTopics::limits() const {
  std::map<std::string, TopicLimits> limits;
  std::vector<ConfigResource> owners;
  std::vector<rd_kafka_ConfigResource_t*> resources;
  for (const std::string& topic : own_) {
    limits[topic] = {};
    owners.emplace_back(rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_TOPIC, topic.c_str()));
    resources.push_back(owners.back().get());
  }
  const KafkaQueue queue(rd_kafka_queue_new(client_.get()));
  const AdminOptions options = admin_options(client_.get(), RD_KAFKA_ADMIN_OP_DESCRIBECONFIGS);
  rd_kafka_DescribeConfigs(client_.get(), resources.data(), resources.size(), options.get(),
                           queue.get());
  const KafkaEvent event(rd_kafka_queue_poll(queue.get(), kAdminTimeoutMs + 5'000));
  if (!event || rd_kafka_event_error(event.get()))
    spdlog::warn("the limits of our topics cannot be read ({}); Kafka's defaults are assumed",
                 event ? rd_kafka_event_error_string(event.get()) : "no answer");
  else
    read_limits(event.get(), limits);
  return limits;
}

void KafkaTopics::read_limits(const rd_kafka_event_t* event,
                              std::map<std::string, TopicLimits>& limits) const {
  std::size_t count = 0;
  const auto* result = rd_kafka_event_DescribeConfigs_result(const_cast<rd_kafka_event_t*>(event));
  const rd_kafka_ConfigResource_t** resources =
      rd_kafka_DescribeConfigs_result_resources(result, &count);
  for (const rd_kafka_ConfigResource_t* resource : std::span(resources, count)) {
    const std::string name = rd_kafka_ConfigResource_name(resource);
    if (rd_kafka_ConfigResource_error(resource)) {
      spdlog::warn("the limits of the topic '{}' cannot be read ({}); Kafka's defaults are assumed",
                   name, rd_kafka_ConfigResource_error_string(resource));
      continue;
    }
    std::size_t settings = 0;
    const rd_kafka_ConfigEntry_t** entries = rd_kafka_ConfigResource_configs(resource, &settings);
    for (const rd_kafka_ConfigEntry_t* entry : std::span(entries, settings))
      apply_setting(rd_kafka_ConfigEntry_name(entry), rd_kafka_ConfigEntry_value(entry),
                    limits[name]);
  }
}

}  // namespace wiredesk
