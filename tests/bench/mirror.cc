// A bare mirror, the measure of tests/bench/kafka: one thread that polls a batch, produces each
// record unchanged to another topic, commits, and polls again, as a lane of the daemon does but
// without the chain. Runs until SIGTERM. Any error of Kafka ends it with status 1: a bench has
// nothing to recover.
#include <librdkafka/rdkafka.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace wiredesk {
namespace {

using Clock = std::chrono::steady_clock;

volatile std::sig_atomic_t stop_requested = 0;

struct Options {
  std::string brokers;
  std::string input;
  std::string output;
  std::string group = "mirror";
  std::vector<std::string> consumer;  // name=value
  std::vector<std::string> producer;
  std::size_t max_records = 5000;
  std::size_t max_bytes = std::size_t{16} << 20;
  int linger_ms = 20;
  bool no_transactions = false;
};

[[noreturn]] void die(const std::string& what) {
  std::fprintf(stderr, "wiredesk_mirror: %s\n", what.c_str());
  std::exit(1);
}

void check(rd_kafka_resp_err_t error, const char* what) {
  if (error) die(std::string(what) + ": " + rd_kafka_err2str(error));
}

void check(rd_kafka_error_t* error, const char* what) {
  if (error) die(std::string(what) + ": " + rd_kafka_error_string(error));
}

void set(rd_kafka_conf_t* conf, const std::string& name, const std::string& value) {
  char why[256];
  if (rd_kafka_conf_set(conf, name.c_str(), value.c_str(), why, sizeof why) != RD_KAFKA_CONF_OK)
    die(why);
}

rd_kafka_t* make_handle(rd_kafka_type_t type, const std::vector<std::string>& properties) {
  rd_kafka_conf_t* conf = rd_kafka_conf_new();
  for (const std::string& property : properties) {
    const auto equals = property.find('=');
    if (equals == std::string::npos) die("not name=value: " + property);
    set(conf, property.substr(0, equals), property.substr(equals + 1));
  }
  char why[256];
  rd_kafka_t* handle = rd_kafka_new(type, conf, why, sizeof why);
  if (!handle) die(why);
  return handle;
}

struct HandleDeleter {
  void operator()(rd_kafka_t* handle) const { rd_kafka_destroy(handle); }
};
struct MessageDeleter {
  void operator()(rd_kafka_message_t* message) const { rd_kafka_message_destroy(message); }
};
struct ListDeleter {
  void operator()(rd_kafka_topic_partition_list_t* list) const {
    rd_kafka_topic_partition_list_destroy(list);
  }
};
using Handle = std::unique_ptr<rd_kafka_t, HandleDeleter>;
using Message = std::unique_ptr<rd_kafka_message_t, MessageDeleter>;
using PartitionList = std::unique_ptr<rd_kafka_topic_partition_list_t, ListDeleter>;
using Batch = std::vector<Message>;

class Mirror {
 public:
  explicit Mirror(const Options& options)
      : options_(options), consumer_(make_consumer()), producer_(make_producer()) {
    rd_kafka_poll_set_consumer(consumer_.get());
    if (!options_.no_transactions)
      check(rd_kafka_init_transactions(producer_.get(), 30'000), "init_transactions");
    PartitionList topics(rd_kafka_topic_partition_list_new(1));
    rd_kafka_topic_partition_list_add(topics.get(), options_.input.c_str(), RD_KAFKA_PARTITION_UA);
    check(rd_kafka_subscribe(consumer_.get(), topics.get()), "subscribe");
  }

  void run() {
    while (!stop_requested) {
      const Batch batch = poll_batch();
      if (!batch.empty()) forward(batch);
    }
    check(rd_kafka_consumer_close(consumer_.get()), "close");
  }

 private:
  Handle make_consumer() const {
    std::vector<std::string> properties{"bootstrap.servers=" + options_.brokers,
                                        "group.id=" + options_.group,
                                        "enable.auto.commit=false",
                                        "auto.offset.reset=earliest",
                                        "isolation.level=read_committed",
                                        "socket.nagle.disable=true"};
    properties.insert(properties.end(), options_.consumer.begin(), options_.consumer.end());
    return Handle(make_handle(RD_KAFKA_CONSUMER, properties));
  }

  Handle make_producer() const {
    std::vector<std::string> properties{"bootstrap.servers=" + options_.brokers,
                                        "enable.idempotence=true", "socket.nagle.disable=true"};
    if (!options_.no_transactions) properties.push_back("transactional.id=" + options_.group);
    properties.insert(properties.end(), options_.producer.begin(), options_.producer.end());
    return Handle(make_handle(RD_KAFKA_PRODUCER, properties));
  }

  // The first record opens the batch; it closes when it is full or linger has passed.
  Batch poll_batch() {
    Batch batch;
    std::size_t bytes = 0;
    auto deadline = Clock::now() + std::chrono::milliseconds(100);
    while (batch.size() < options_.max_records && bytes < options_.max_bytes) {
      const auto left =
          std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now());
      Message message(
          rd_kafka_consumer_poll(consumer_.get(), static_cast<int>(std::max(left.count(), 0L))));
      if (!message) break;
      check(message->err, "poll");
      if (batch.empty()) deadline = Clock::now() + std::chrono::milliseconds(options_.linger_ms);
      bytes += message->len;
      batch.push_back(std::move(message));
    }
    return batch;
  }

  void forward(const Batch& batch) {
    if (!options_.no_transactions)
      check(rd_kafka_begin_transaction(producer_.get()), "begin_transaction");
    std::map<std::int32_t, std::int64_t> next;
    for (const Message& message : batch) {
      produce(*message);
      next[message->partition] = message->offset + 1;
    }
    commit(next);
  }

  // The batch outlives the delivery, so nothing is copied.
  void produce(const rd_kafka_message_t& message) {
    rd_kafka_headers_t* headers = nullptr;
    if (rd_kafka_message_headers(&message, &headers) == RD_KAFKA_RESP_ERR_NO_ERROR)
      headers = rd_kafka_headers_copy(headers);
    else
      headers = rd_kafka_headers_new(0);
    check(rd_kafka_producev(producer_.get(), RD_KAFKA_V_TOPIC(options_.output.c_str()),
                            RD_KAFKA_V_KEY(message.key, message.key_len),
                            RD_KAFKA_V_VALUE(message.payload, message.len),
                            RD_KAFKA_V_HEADERS(headers), RD_KAFKA_V_END),
          "produce");
  }

  void commit(const std::map<std::int32_t, std::int64_t>& next) {
    PartitionList offsets(rd_kafka_topic_partition_list_new(static_cast<int>(next.size())));
    for (const auto& [partition, offset] : next)
      rd_kafka_topic_partition_list_add(offsets.get(), options_.input.c_str(), partition)->offset =
          offset;
    if (options_.no_transactions) {
      check(rd_kafka_flush(producer_.get(), 30'000), "flush");
      check(rd_kafka_commit(consumer_.get(), offsets.get(), 0), "commit");
      return;
    }
    std::unique_ptr<rd_kafka_consumer_group_metadata_t,
                    decltype(&rd_kafka_consumer_group_metadata_destroy)>
        group(rd_kafka_consumer_group_metadata(consumer_.get()),
              &rd_kafka_consumer_group_metadata_destroy);
    check(rd_kafka_send_offsets_to_transaction(producer_.get(), offsets.get(), group.get(), 30'000),
          "send_offsets_to_transaction");
    check(rd_kafka_commit_transaction(producer_.get(), 30'000), "commit_transaction");
  }

  const Options& options_;
  Handle consumer_;
  Handle producer_;
};

}  // namespace
}  // namespace wiredesk

int main(int argc, char** argv) {
  wiredesk::Options options;
  CLI::App app{"Copies one topic to another, batch by batch: the measure of tests/bench/kafka"};
  app.add_option("--brokers", options.brokers)->required();
  app.add_option("--input", options.input)->required();
  app.add_option("--output", options.output)->required();
  app.add_option("--group", options.group, "also the transactional id");
  app.add_option("--consumer", options.consumer, "name=value of librdkafka, may be repeated");
  app.add_option("--producer", options.producer, "name=value of librdkafka, may be repeated");
  app.add_option("--max-records", options.max_records);
  app.add_option("--max-bytes", options.max_bytes);
  app.add_option("--linger-ms", options.linger_ms);
  app.add_flag("--no-transactions", options.no_transactions, "flush, then commit the offsets");
  CLI11_PARSE(app, argc, argv);
  for (int signal : {SIGTERM, SIGINT})
    std::signal(signal, [](int) { wiredesk::stop_requested = 1; });
  wiredesk::Mirror(options).run();
}
