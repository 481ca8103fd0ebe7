#include "daemon/lane_worker.h"

#include <spdlog/spdlog.h>

#include <memory>

#include "daemon/kafka_properties.h"
#include "daemon/version.h"

namespace wiredesk {

LaneWorker::LaneWorker(int number, const LaneSetup& setup, OnEnd on_end)
    : number_(number),
      setup_(setup),
      on_end_(std::move(on_end)),
      metrics_(setup.metrics, number),
      thread_([this] { run(); }) {}

LaneWorker::~LaneWorker() {
  stop();
  thread_.join();
}

void LaneWorker::stop() {
  stopping_ = true;
}

void LaneWorker::run() {
  std::string fatal;
  try {
    work();
  } catch (const std::exception& error) {
    fatal = error.what();
  }
  // Once we were asked to end, a broker that does not answer is no failure of ours: the transaction
  // that was open is ended by its coordinator.
  if (!fatal.empty() && stopping_) {
    spdlog::warn("lane {}: {}", number_, fatal);
    fatal.clear();
  }
  if (!fatal.empty()) setup_.health.set_state(number_, LaneState::fatal, fatal);
  on_end_(fatal);
}

void LaneWorker::work() {
  const Config& config = setup_.config;
  const OwnTopics own{config.output.topic, config.dead_letters.topic, config.state.topic};
  KafkaSource source(consumer_conf(config, number_), {own.output, own.dead_letters, own.state},
                     setup_.gate, *this);
  setup_.health.set_state(number_, LaneState::waiting_for_broker);
  const auto make_conf = [&] {
    return producer_conf(config, number_, setup_.instance, setup_.limits);
  };
  std::unique_ptr<Sink> sink;
  if (config.delivery == Delivery::exactly_once)
    sink = std::make_unique<TransactionalSink>(make_conf, own, source, waiting());
  else
    sink = std::make_unique<AtLeastOnceSink>(make_conf, own, source, waiting());
  setup_.health.set_state(number_, LaneState::starting);
  source.subscribe(config.input.topics);

  const std::unique_ptr<Pipeline> pipeline = config.pipeline->make();
  pipeline->set_observer(&metrics_);
  Publisher publisher(*pipeline, *sink, MessageWriter(message_options()), publisher_options(),
                      metrics_);
  Lane lane(
      {source, *sink, *pipeline, publisher, metrics_, [this] { setup_.health.beat(number_); }},
      {config.batch.linger, static_cast<std::size_t>(config.batch.max_records),
       config.batch.max_bytes});
  while (!stopping_) lane.step();
  source.close();
}

Waiting LaneWorker::waiting() {
  return {.keep_alive = [this] { setup_.health.beat(number_); },
          .stopping = [this] { return stopping_.load(); },
          .outcome_unknown = [this] { metrics_.transaction(TransactionResult::unknown); },
          .client_restarted = [this] { metrics_.client_restart(); }};
}

PublisherOptions LaneWorker::publisher_options() const {
  const Config& config = setup_.config;
  PublisherOptions options;
  const auto limits_of = [&](const std::string& topic) {
    const auto found = setup_.limits.find(topic);
    return found == setup_.limits.end() ? TopicLimits{} : found->second;
  };
  options.output = limits_of(config.output.topic);
  options.dead_letters = limits_of(config.dead_letters.topic);
  options.keep_headers = config.output.keep_headers;
  return options;
}

MessageOptions LaneWorker::message_options() const {
  const Config& config = setup_.config;
  return {.ninjs_only = config.output.format == OutputFormat::ninjs,
          .richtext = config.output.richtext,
          .source = config.output.source,
          .program_version = std::string(program_version()),
          .versions = config.pipeline->versions()};
}

void LaneWorker::assigned(std::size_t partitions, bool restoring) {
  metrics_.assigned_partitions(partitions);
  metrics_.rebalance();
  setup_.health.set_state(number_, restoring ? LaneState::restoring : LaneState::ready);
}

void LaneWorker::restored() {
  setup_.health.set_state(number_, LaneState::ready);
}

void LaneWorker::lag(const std::string& topic, std::int32_t partition,
                     std::optional<std::int64_t> records) {
  if (records)
    setup_.metrics.set_lag(topic, partition, *records);
  else
    setup_.metrics.remove_lag(topic, partition);
}

void LaneWorker::future_timestamp() {
  metrics_.future_timestamp();
}

void LaneWorker::consumer_error(rd_kafka_resp_err_t error, const std::string& text) {
  setup_.metrics.librdkafka_error(rd_kafka_err2name(error));
  spdlog::warn("lane {}: {}", number_, text);
}

}  // namespace wiredesk
