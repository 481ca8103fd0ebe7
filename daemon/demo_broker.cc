#include "daemon/demo_broker.h"

#include "daemon/kafka_properties.h"

namespace wiredesk {
namespace {

constexpr int kFlushTimeoutMs = 10'000;

KafkaConf client_conf(const std::string& bootstrap_servers) {
  KafkaConf conf(rd_kafka_conf_new());
  // Notices are of no use here, and one of them would be about the broker's owner having no broker.
  set_property(conf.get(), "log_level", "3");
  if (!bootstrap_servers.empty()) set_property(conf.get(), "bootstrap.servers", bootstrap_servers);
  return conf;
}

}  // namespace

DemoBroker::DemoBroker(const std::map<std::string, int>& topics)
    : owner_(make_handle(RD_KAFKA_PRODUCER, client_conf(""))),
      cluster_(rd_kafka_mock_cluster_new(owner_.get(), 1)) {
  if (!cluster_)
    throw std::runtime_error("the embedded broker cannot start: no free port on 127.0.0.1?");
  for (const auto& [name, partitions] : topics) {
    const rd_kafka_resp_err_t error =
        rd_kafka_mock_topic_create(cluster_.get(), name.c_str(), partitions, 1);
    if (error)
      throw std::runtime_error("the embedded broker refuses the topic '" + name +
                               "': " + rd_kafka_err2str(error));
  }
}

std::string DemoBroker::bootstrap_servers() const {
  return rd_kafka_mock_cluster_bootstraps(cluster_.get());
}

DemoFeed::DemoFeed(const std::string& bootstrap_servers, std::string topic,
                   const std::vector<DemoSample>& samples, std::chrono::milliseconds pace)
    : producer_(make_handle(RD_KAFKA_PRODUCER, client_conf(bootstrap_servers))),
      topic_(std::move(topic)),
      samples_(samples),
      pace_(pace),
      thread_([this] { run(); }) {}

DemoFeed::~DemoFeed() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  thread_.join();
  rd_kafka_purge(producer_.get(), RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT);
}

std::string DemoFeed::failure() const {
  const std::lock_guard lock(mutex_);
  return failure_;
}

void DemoFeed::run() {
  for (std::size_t i = 0; i < samples_.size(); ++i) {
    if (i > 0 && !wait_a_moment()) return;
    send(samples_[i]);
    if (!failure().empty()) return;
  }
}

void DemoFeed::send(const DemoSample& sample) {
  KafkaHeaders headers(rd_kafka_headers_new(1));
  if (!sample.supplier.empty())
    rd_kafka_header_add(headers.get(), "wiredesk-supplier", -1, sample.supplier.data(),
                        static_cast<ssize_t>(sample.supplier.size()));
  // librdkafka takes pointers that are not const, but copies the bytes.
  rd_kafka_resp_err_t error = rd_kafka_producev(
      producer_.get(), RD_KAFKA_V_TOPIC(topic_.c_str()),
      RD_KAFKA_V_KEY(sample.name.data(), sample.name.size()),
      RD_KAFKA_V_VALUE(const_cast<char*>(sample.value.data()), sample.value.size()),
      RD_KAFKA_V_HEADERS(headers.get()), RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY), RD_KAFKA_V_END);
  if (!error) {
    static_cast<void>(headers.release());  // the message owns them from now on
    error = rd_kafka_flush(producer_.get(), kFlushTimeoutMs);
  }
  if (!error) return;
  const std::lock_guard lock(mutex_);
  failure_ = "cannot send " + std::string(sample.name) + ": " + rd_kafka_err2str(error);
}

/// false: it is time to end.
bool DemoFeed::wait_a_moment() {
  std::unique_lock lock(mutex_);
  return !wake_.wait_for(lock, pace_, [this] { return stopping_; });
}

}  // namespace wiredesk
