#include "daemon/demo_reader.h"

#include <boost/json.hpp>
#include <charconv>
#include <utility>

#include "daemon/dead_letters.h"
#include "daemon/demo_columns.h"
#include "daemon/kafka_properties.h"
#include "processors/dedupe/state_record.h"

namespace wiredesk {
namespace {

using std::chrono::milliseconds;

// A copy that is published all the same (another supplier's) leaves a state record, too. Both are
// flushed together, so a message that has not come by then does not come.
constexpr milliseconds kMessageMayFollow{1'000};

KafkaConf reader_conf(const Config& config) {
  KafkaConf conf(rd_kafka_conf_new());
  set_property(conf.get(), "log_level", "3");
  for (const NamedValue& each : config.kafka.common)
    set_property(conf.get(), each.name, each.value);
  set_property(conf.get(), "group.id", "wiredesk-demo-reader");  // never joined: assign only
  set_property(conf.get(), "enable.auto.commit", "false");
  set_property(conf.get(), "fetch.wait.max.ms", "50");
  return conf;
}

KafkaPartitions all_partitions(const std::map<std::string, int>& topics) {
  KafkaPartitions list(rd_kafka_topic_partition_list_new(static_cast<int>(topics.size())));
  for (const auto& [name, partitions] : topics)
    for (int partition = 0; partition < partitions; ++partition)
      rd_kafka_topic_partition_list_add(list.get(), name.c_str(), partition)->offset =
          RD_KAFKA_OFFSET_BEGINNING;
  return list;
}

std::string bytes(const void* data, std::size_t size) {
  return data ? std::string(static_cast<const char*>(data), size) : std::string{};
}

using NamedTexts = std::vector<std::pair<std::string, std::string>>;

NamedTexts headers_of(const rd_kafka_message_t& message) {
  NamedTexts texts;
  rd_kafka_headers_t* headers = nullptr;
  if (rd_kafka_message_headers(&message, &headers)) return texts;
  const char* name = nullptr;
  const void* value = nullptr;
  std::size_t size = 0;
  for (std::size_t i = 0; !rd_kafka_header_get_all(headers, i, &name, &value, &size); ++i)
    texts.emplace_back(name, bytes(value, size));
  return texts;
}

// The last one counts: a record's own headers come before ours.
std::string text_of(const NamedTexts& headers, std::string_view name) {
  std::string text;
  for (const auto& [each, value] : headers)
    if (each == name) text = value;
  return text;
}

template <typename Number>
Number number_of(const NamedTexts& headers, std::string_view name) {
  const std::string text = text_of(headers, name);
  Number number = -1;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

}  // namespace

DemoReader::DemoReader(const Config& config, const std::map<std::string, int>& topics)
    : input_topic_(config.input.topics.front()),
      output_topic_(config.output.topic),
      dead_topic_(config.dead_letters.topic),
      state_topic_(config.state.topic),
      consumer_(make_handle(RD_KAFKA_CONSUMER, reader_conf(config))) {
  rd_kafka_poll_set_consumer(consumer_.get());
  const rd_kafka_resp_err_t error = rd_kafka_assign(consumer_.get(), all_partitions(topics).get());
  if (error)
    throw std::runtime_error(std::string("the demo cannot read its topics: ") +
                             rd_kafka_err2str(error));
}

std::optional<DemoPair> DemoReader::poll(milliseconds timeout) {
  if (auto pair = next_pair()) return pair;
  const KafkaMessage message(
      rd_kafka_consumer_poll(consumer_.get(), static_cast<int>(timeout.count())));
  if (message && !message->err) take(*message);
  settle_drops();
  return next_pair();
}

milliseconds DemoReader::waiting() const {
  if (inputs_.empty()) return milliseconds(0);
  return std::chrono::duration_cast<milliseconds>(Clock::now() - inputs_.begin()->second.since);
}

void DemoReader::take(const rd_kafka_message_t& message) {
  const std::string topic = rd_kafka_topic_name(message.rkt);
  RecordPlace place{topic, message.partition, message.offset};
  std::string value = bytes(message.payload, message.len);
  std::string key = bytes(message.key, message.key_len);
  if (topic == input_topic_)
    inputs_.try_emplace(place, Input{std::move(key), std::move(value), Clock::now()});
  else if (topic == output_topic_)
    take_message(std::move(value), std::move(place));
  else if (topic == dead_topic_)
    take_dead_letter(message, std::move(value), std::move(place));
  else
    take_state(key, value, std::move(place));
}

void DemoReader::take_message(std::string value, RecordPlace place) {
  boost::system::error_code error;
  const boost::json::value message = boost::json::parse(value, error);
  if (error) return;
  const RecordPlace source{std::string(text_at(message, "/wire/source/topic")),
                           static_cast<std::int32_t>(number_at(message, "/wire/source/partition")),
                           number_at(message, "/wire/source/offset")};
  drops_.erase(source);
  outcomes_.try_emplace(source, PublishedMessage{std::move(value), std::move(place)});
}

void DemoReader::take_dead_letter(const rd_kafka_message_t& message, std::string value,
                                  RecordPlace place) {
  BuriedRecord letter{std::move(value), headers_of(message), std::move(place)};
  const RecordPlace source{text_of(letter.headers, dead_letter_header::kTopic),
                           number_of<std::int32_t>(letter.headers, dead_letter_header::kPartition),
                           number_of<std::int64_t>(letter.headers, dead_letter_header::kOffset)};
  outcomes_.try_emplace(source, std::move(letter));
}

void DemoReader::take_state(std::string_view key, std::string_view value, RecordPlace place) {
  DedupeDecision decision;
  try {
    decision = parse_state_record(key, value);
  } catch (const std::runtime_error&) {
    return;  // the daemon itself refuses it, and says why
  }
  const RecordPlace source{decision.position.topic, decision.position.partition,
                           decision.position.offset};
  if (decision.relation != Relation::duplicate || outcomes_.contains(source)) return;
  DroppedArticle article{std::string(to_string(decision.relation)), decision.head_uri,
                         std::move(place)};
  drops_.try_emplace(source, Drop{std::move(article), Clock::now()});
}

void DemoReader::settle_drops() {
  for (auto drop = drops_.begin(); drop != drops_.end();) {
    if (Clock::now() - drop->second.since < kMessageMayFollow) {
      ++drop;
      continue;
    }
    outcomes_.try_emplace(drop->first, std::move(drop->second.article));
    drop = drops_.erase(drop);
  }
}

std::optional<DemoPair> DemoReader::next_pair() {
  if (inputs_.empty()) return std::nullopt;
  const auto input = inputs_.begin();
  const auto outcome = outcomes_.find(input->first);
  if (outcome == outcomes_.end()) return std::nullopt;
  DemoPair pair{std::move(input->second.name), std::move(input->second.value), input->first,
                std::move(outcome->second)};
  inputs_.erase(input);
  outcomes_.erase(outcome);
  return pair;
}

}  // namespace wiredesk
