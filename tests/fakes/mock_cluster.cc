#include "tests/fakes/mock_cluster.h"

#include <stdexcept>

#include "daemon/config_loader.h"
#include "daemon/kafka_properties.h"

namespace wiredesk::fakes {
namespace {

constexpr std::int32_t kBroker = 1;
constexpr int kTimeoutMs = 10'000;

KafkaConf quiet_conf() {
  KafkaConf conf(rd_kafka_conf_new());
  set_property(conf.get(), "log_level", "2");
  return conf;
}

void check(rd_kafka_resp_err_t error) {
  if (error) throw std::runtime_error(rd_kafka_err2str(error));
}

std::optional<std::string> bytes(const void* data, std::size_t size) {
  if (!data) return std::nullopt;
  return std::string(static_cast<const char*>(data), size);
}

KafkaRecord to_record(const rd_kafka_message_t& message) {
  KafkaRecord record{rd_kafka_topic_name(message.rkt), message.partition};
  record.key = bytes(message.key, message.key_len);
  record.value = bytes(message.payload, message.len);
  record.timestamp = Timestamp(rd_kafka_message_timestamp(&message, nullptr));
  rd_kafka_headers_t* headers = nullptr;
  if (rd_kafka_message_headers(&message, &headers)) return record;
  const char* name = nullptr;
  const void* value = nullptr;
  std::size_t size = 0;
  for (std::size_t i = 0; !rd_kafka_header_get_all(headers, i, &name, &value, &size); ++i)
    record.headers.emplace_back(name, bytes(value, size).value_or(""));
  return record;
}

void send(rd_kafka_t* producer, const KafkaRecord& record) {
  KafkaHeaders headers(rd_kafka_headers_new(record.headers.size()));
  for (const auto& [name, value] : record.headers)
    rd_kafka_header_add(headers.get(), name.data(), static_cast<ssize_t>(name.size()), value.data(),
                        static_cast<ssize_t>(value.size()));
  const auto data = [](const std::optional<std::string>& text) {
    return const_cast<char*>(text ? text->data() : nullptr);
  };
  const std::size_t key_size = record.key ? record.key->size() : 0;
  const std::size_t value_size = record.value ? record.value->size() : 0;
  check(rd_kafka_producev(
      producer, RD_KAFKA_V_TOPIC(record.topic.c_str()), RD_KAFKA_V_PARTITION(record.partition),
      RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY), RD_KAFKA_V_KEY(data(record.key), key_size),
      RD_KAFKA_V_VALUE(data(record.value), value_size),
      RD_KAFKA_V_TIMESTAMP(record.timestamp.count()), RD_KAFKA_V_HEADERS(headers.get()),
      RD_KAFKA_V_END));
  static_cast<void>(headers.release());  // the message owns them from now on
}

int partition_count(rd_kafka_t* client, const std::string& name) {
  const KafkaTopic topic(rd_kafka_topic_new(client, name.c_str(), nullptr));
  const rd_kafka_metadata_t* metadata = nullptr;
  check(rd_kafka_metadata(client, 0, topic.get(), &metadata, kTimeoutMs));
  const int count = metadata->topics[0].partition_cnt;
  rd_kafka_metadata_destroy(metadata);
  return count;
}

}  // namespace

MockCluster::MockCluster(const std::map<std::string, int>& topics)
    : owner_(make_handle(RD_KAFKA_PRODUCER, quiet_conf())),
      cluster_(rd_kafka_mock_cluster_new(owner_.get(), 1)) {
  if (!cluster_) throw std::runtime_error("the mock cluster cannot start");
  for (const auto& [name, partitions] : topics)
    check(rd_kafka_mock_topic_create(cluster_.get(), name.c_str(), partitions, 1));
}

Config MockCluster::config(const std::string& yaml) const {
  return parse_config(
      yaml, "test",
      {{"kafka.common.bootstrap.servers", rd_kafka_mock_cluster_bootstraps(cluster_.get())}});
}

void MockCluster::fail_next(Request request, std::vector<rd_kafka_resp_err_t> errors) {
  rd_kafka_mock_push_request_errors_array(cluster_.get(), static_cast<std::int16_t>(request),
                                          errors.size(), errors.data());
}

void MockCluster::delay_next(Request request, std::chrono::milliseconds delay) {
  check(rd_kafka_mock_broker_push_request_error_rtts(
      cluster_.get(), kBroker, static_cast<std::int16_t>(request), std::size_t{1},
      RD_KAFKA_RESP_ERR_NO_ERROR, static_cast<int>(delay.count())));
}

void MockCluster::set_up(bool up) {
  check(up ? rd_kafka_mock_broker_set_up(cluster_.get(), kBroker)
           : rd_kafka_mock_broker_set_down(cluster_.get(), kBroker));
}

void MockCluster::produce(const std::vector<KafkaRecord>& records) {
  KafkaConf conf = quiet_conf();
  set_property(conf.get(), "bootstrap.servers", rd_kafka_mock_cluster_bootstraps(cluster_.get()));
  set_property(conf.get(), "linger.ms", "0");
  const KafkaHandle producer = make_handle(RD_KAFKA_PRODUCER, std::move(conf));
  for (const KafkaRecord& record : records) send(producer.get(), record);
  check(rd_kafka_flush(producer.get(), kTimeoutMs));
}

std::vector<KafkaRecord> MockCluster::read(const std::string& topic) const {
  KafkaConf conf = quiet_conf();
  set_property(conf.get(), "bootstrap.servers", rd_kafka_mock_cluster_bootstraps(cluster_.get()));
  set_property(conf.get(), "group.id", "test-reader");
  set_property(conf.get(), "enable.partition.eof", "true");
  const KafkaHandle consumer = make_handle(RD_KAFKA_CONSUMER, std::move(conf));
  const int partitions = partition_count(consumer.get(), topic);
  const KafkaPartitions list(rd_kafka_topic_partition_list_new(partitions));
  for (std::int32_t i = 0; i < partitions; ++i)
    rd_kafka_topic_partition_list_add(list.get(), topic.c_str(), i)->offset =
        RD_KAFKA_OFFSET_BEGINNING;
  check(rd_kafka_assign(consumer.get(), list.get()));
  std::map<std::int32_t, std::vector<KafkaRecord>> read;
  for (int ends = 0; ends < partitions;) {
    const KafkaMessage message(rd_kafka_consumer_poll(consumer.get(), kTimeoutMs));
    if (!message) throw std::runtime_error("the end of " + topic + " was not reached");
    if (message->err == RD_KAFKA_RESP_ERR__PARTITION_EOF)
      ++ends;
    else if (!message->err)
      read[message->partition].push_back(to_record(*message));
  }
  std::vector<KafkaRecord> records;
  for (auto& [partition, some] : read)
    for (KafkaRecord& record : some) records.push_back(std::move(record));
  return records;
}

}  // namespace wiredesk::fakes
