#include "daemon/kafka_properties.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <array>

namespace wiredesk {
namespace {

struct OwnProperty {
  std::string_view name;
  std::string_view mend;
};

constexpr std::array<OwnProperty, 7> kOwnProperties{{
    {"enable.auto.commit", "offsets are committed with their batch"},
    {"enable.auto.offset.store", "offsets are committed with their batch"},
    {"enable.partition.eof", "the state reader alone needs it"},
    {"enable.idempotence", "both kinds of delivery need it"},
    {"transactional.id", "set 'instance.id'"},
    {"group.instance.id", "set 'instance.id'"},
    {"message.max.bytes", "what a topic takes, its own max.message.bytes says"},
}};

spdlog::level::level_enum to_level(int syslog_level) {
  if (syslog_level <= 4) return spdlog::level::warn;  // what needs an operator, we say ourselves
  return syslog_level <= 6 ? spdlog::level::info : spdlog::level::debug;
}

void on_log(const rd_kafka_t* handle, int level, const char* facility, const char* text) {
  spdlog::log(to_level(level), "kafka {}: {}: {}", handle ? rd_kafka_name(handle) : "", facility,
              text);
}

void set_all(rd_kafka_conf_t* conf, const NamedValues& values) {
  for (const NamedValue& each : values) set_property(conf, each.name, each.value);
}

KafkaConf base_conf() {
  KafkaConf conf(rd_kafka_conf_new());
  rd_kafka_conf_set_log_cb(conf.get(), on_log);
  set_property(conf.get(), "client.id", "wiredesk");
  set_property(conf.get(), "socket.nagle.disable", "true");
  set_property(conf.get(), "reconnect.backoff.max.ms", "1000");
  set_property(conf.get(), "log.connection.close", "false");
  return conf;
}

const NamedValue* find(const NamedValues& values, std::string_view name) {
  const auto found = std::find_if(values.begin(), values.end(),
                                  [&](const NamedValue& each) { return each.name == name; });
  return found == values.end() ? nullptr : &*found;
}

void check_one(const NamedValue& property, rd_kafka_conf_t* scratch,
               std::vector<ConfigProblem>& problems) {
  for (const OwnProperty& own : kOwnProperties)
    if (own.name == property.name)
      problems.push_back({property.mark, "'" + property.name +
                                             "' is not for you to set: " + std::string(own.mend)});
  if (property.name == "partition.assignment.strategy" &&
      property.value.find("cooperative") != std::string::npos)
    problems.push_back({property.mark,
                        "cooperative assignment is refused (faulty before librdkafka 2.6.1, and it "
                        "must not mix with eager in one group); use roundrobin or range"});
  char text[512];
  if (rd_kafka_conf_set(scratch, property.name.c_str(), property.value.c_str(), text,
                        sizeof text) != RD_KAFKA_CONF_OK)
    problems.push_back({property.mark, "'" + property.name + "': " + text});
}

/// A quarter of the budget may be on its way in one response, the rest waits in the queue. The
/// queue must hold twice what is read a second, since librdkafka before 2.2 pauses for a second
/// once it is full.
void bound_fetching(rd_kafka_conf_t* conf, std::size_t budget) {
  const std::size_t response = std::min<std::size_t>(budget / 4, std::size_t{50} << 20);
  const std::size_t queue_kbytes = std::max<std::size_t>((budget - response) >> 10, 1);
  set_property(conf, "fetch.max.bytes", std::to_string(response));
  set_property(conf, "receive.message.max.bytes",
               std::to_string(std::max<std::size_t>(2 * response, 100'000'000)));
  set_property(conf, "queued.max.messages.kbytes", std::to_string(queue_kbytes));
  set_property(conf, "queued.min.messages", "1000000");
}

/// A topic's limit holds for a whole message set: one of small messages must fit the strictest
/// topic.
void bound_message_sets(rd_kafka_conf_t* conf, const std::map<std::string, TopicLimits>& limits) {
  std::size_t bytes = 1'000'000;
  for (const auto& [topic, limit] : limits) bytes = std::min(bytes, limit.max_message_bytes);
  set_property(conf, "batch.size", std::to_string(std::max<std::size_t>(bytes, 1)));
}

}  // namespace

void set_property(rd_kafka_conf_t* conf, const std::string& name, const std::string& value) {
  char text[512];
  if (rd_kafka_conf_set(conf, name.c_str(), value.c_str(), text, sizeof text) != RD_KAFKA_CONF_OK)
    throw std::runtime_error(text);
}

NamedValues default_common_properties() {
  return {{"bootstrap.servers", "localhost:9092", {}}};
}

void check_kafka_properties(const Config& config, std::vector<ConfigProblem>& problems) {
  const KafkaConf scratch(rd_kafka_conf_new());
  for (const NamedValues* section :
       {&config.kafka.common, &config.kafka.consumer, &config.kafka.producer})
    for (const NamedValue& property : *section) check_one(property, scratch.get(), problems);
}

KafkaConf consumer_conf(const Config& config, int lane) {
  KafkaConf conf = base_conf();
  set_property(conf.get(), "group.id", "wiredesk");
  set_property(conf.get(), "auto.offset.reset", "earliest");
  set_property(conf.get(), "isolation.level", "read_committed");
  set_property(conf.get(), "partition.assignment.strategy", "roundrobin");
  set_property(conf.get(), "session.timeout.ms", "10000");
  set_property(conf.get(), "topic.metadata.refresh.interval.ms", "30000");
  bound_fetching(conf.get(), config.fetch.max_bytes / static_cast<std::size_t>(config.lanes));
  set_all(conf.get(), config.kafka.common);
  set_all(conf.get(), config.kafka.consumer);
  set_property(conf.get(), "enable.auto.commit", "false");
  set_property(conf.get(), "enable.auto.offset.store", "false");
  if (!config.instance.id.empty())
    set_property(conf.get(), "group.instance.id", config.instance.id + "-" + std::to_string(lane));
  return conf;
}

KafkaConf producer_conf(const Config& config, int lane, std::string_view instance,
                        const std::map<std::string, TopicLimits>& limits) {
  KafkaConf conf = base_conf();
  set_property(conf.get(), "compression.type", "lz4");
  set_property(conf.get(), "queue.buffering.max.messages", "1000000");
  bound_message_sets(conf.get(), limits);
  if (config.delivery == Delivery::exactly_once)
    set_property(conf.get(), "transaction.timeout.ms", "15000");
  set_all(conf.get(), config.kafka.common);
  set_all(conf.get(), config.kafka.producer);
  set_property(conf.get(), "enable.idempotence", "true");
  // librdkafka's own limit, 1 MB, lies below Kafka's for a topic: it would refuse what the topic
  // takes.
  set_property(conf.get(), "message.max.bytes", "1000000000");
  if (config.delivery == Delivery::exactly_once) {
    const NamedValue* group = find(config.kafka.consumer, "group.id");
    if (!group) group = find(config.kafka.common, "group.id");
    set_property(conf.get(), "transactional.id",
                 (group ? group->value : "wiredesk") + "-" + std::string(instance) + "-" +
                     std::to_string(lane));
  }
  return conf;
}

KafkaConf state_reader_conf(const Config& config) {
  KafkaConf conf = base_conf();
  set_all(conf.get(), config.kafka.common);
  set_property(conf.get(), "group.id", "wiredesk-state-reader");  // demanded, never used
  set_property(conf.get(), "enable.auto.commit", "false");
  set_property(conf.get(), "isolation.level", "read_committed");
  set_property(conf.get(), "auto.offset.reset", "earliest");
  set_property(conf.get(), "enable.partition.eof", "true");
  set_property(conf.get(), "queued.max.messages.kbytes", "16384");
  return conf;
}

KafkaConf admin_conf(const Config& config) {
  KafkaConf conf = base_conf();
  set_all(conf.get(), config.kafka.common);
  return conf;
}

}  // namespace wiredesk
