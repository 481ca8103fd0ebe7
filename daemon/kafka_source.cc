#include "daemon/kafka_source.h"

#include <spdlog/spdlog.h>

#include <algorithm>

#include "daemon/wall_clock.h"

namespace wiredesk {
namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

constexpr milliseconds kIdleWait{100};
constexpr milliseconds kLagInterval{1000};
constexpr int kBrokerWaitMs = 5000;

std::span<rd_kafka_topic_partition_t> elements(rd_kafka_topic_partition_list_t* list) {
  if (!list) return {};
  return {list->elems, static_cast<std::size_t>(list->cnt)};
}

std::string names(rd_kafka_topic_partition_list_t* list) {
  std::string text;
  for (const rd_kafka_topic_partition_t& each : elements(list))
    text.append(text.empty() ? "" : ", ")
        .append(each.topic)
        .append("[")
        .append(std::to_string(each.partition))
        .append("]");
  return text.empty() ? "none" : text;
}

void read_headers(const rd_kafka_message_t& message, Record& record) {
  rd_kafka_headers_t* headers = nullptr;
  if (rd_kafka_message_headers(&message, &headers) != RD_KAFKA_RESP_ERR_NO_ERROR) return;
  const char* name = nullptr;
  const void* value = nullptr;
  std::size_t size = 0;
  for (std::size_t i = 0;
       rd_kafka_header_get_all(headers, i, &name, &value, &size) == RD_KAFKA_RESP_ERR_NO_ERROR; ++i)
    record.headers.push_back({name, {static_cast<const char*>(value), size}});
}

std::optional<std::string_view> bytes(const void* data, std::size_t size) {
  if (!data) return std::nullopt;
  return std::string_view(static_cast<const char*>(data), size);
}

}  // namespace

KafkaPartitions to_list(const std::vector<PartitionOffset>& offsets) {
  KafkaPartitions list(rd_kafka_topic_partition_list_new(static_cast<int>(offsets.size())));
  for (const PartitionOffset& each : offsets)
    rd_kafka_topic_partition_list_add(list.get(), each.topic.c_str(), each.partition)->offset =
        each.offset;
  return list;
}

KafkaSource::KafkaSource(KafkaConf conf, const std::vector<std::string>& excluded_topics,
                         StateGate* gate, SourceObserver& observer)
    : excluded_topics_(excluded_topics.begin(), excluded_topics.end()),
      gate_(gate),
      observer_(observer) {
  rd_kafka_conf_set_opaque(conf.get(), this);
  rd_kafka_conf_set_rebalance_cb(conf.get(), on_rebalance);
  consumer_ = make_handle(RD_KAFKA_CONSUMER, std::move(conf));
  rd_kafka_poll_set_consumer(consumer_.get());
}

void KafkaSource::subscribe(const std::vector<std::string>& topics) {
  const KafkaPartitions list(rd_kafka_topic_partition_list_new(static_cast<int>(topics.size())));
  for (const std::string& topic : topics)
    rd_kafka_topic_partition_list_add(list.get(), topic.c_str(), RD_KAFKA_PARTITION_UA);
  const rd_kafka_resp_err_t error = rd_kafka_subscribe(consumer_.get(), list.get());
  if (error) throw std::runtime_error(std::string("cannot subscribe: ") + rd_kafka_err2str(error));
}

KafkaSource::~KafkaSource() {
  records_.clear();
  messages_.clear();
  assignment_.reset();
  // Leaving the group is close()'s business; where it was not called or had no answer, do not wait
  // again.
  rd_kafka_destroy_flags(consumer_.release(), RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE);
}

void KafkaSource::close() {
  records_.clear();
  messages_.clear();
  const KafkaQueue queue(rd_kafka_queue_get_consumer(consumer_.get()));
  const KafkaError error(rd_kafka_consumer_close_queue(consumer_.get(), queue.get()));
  const Clock::time_point deadline = Clock::now() + milliseconds(kBrokerWaitMs);
  while (!rd_kafka_consumer_closed(consumer_.get()) && Clock::now() < deadline)
    KafkaMessage(rd_kafka_consumer_poll(consumer_.get(), 100));
}

void KafkaSource::on_rebalance(rd_kafka_t* handle, rd_kafka_resp_err_t error,
                               rd_kafka_topic_partition_list_t* partitions, void* self) {
  auto& source = *static_cast<KafkaSource*>(self);
  if (error == RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS) {
    source.assign(partitions);
    return;
  }
  if (error != RD_KAFKA_RESP_ERR__REVOKE_PARTITIONS)
    source.observer_.consumer_error(error, rd_kafka_err2str(error));
  spdlog::info("partitions given back: {}", names(partitions));
  source.revoke();
  rd_kafka_assign(handle, nullptr);
}

void KafkaSource::assign(rd_kafka_topic_partition_list_t* partitions) {
  // A regular expression may match what we write ourselves.
  for (const std::string& topic : excluded_topics_)
    for (int i = partitions->cnt - 1; i >= 0; --i)
      if (topic == partitions->elems[i].topic)
        rd_kafka_topic_partition_list_del_by_idx(partitions, i);
  spdlog::info("partitions assigned: {}", names(partitions));
  note_failure("assign partitions", rd_kafka_assign(consumer_.get(), partitions));
  assignment_.reset(rd_kafka_topic_partition_list_copy(partitions));
  ticket_.reset();
  if (gate_ && partitions->cnt > 0) {
    // One that went on would be judged by a state that is not whole.
    note_failure("pause partitions", rd_kafka_pause_partitions(consumer_.get(), partitions));
    for (const rd_kafka_topic_partition_t& each : elements(partitions))
      note_failure("pause a partition", each.err);
    ticket_ = gate_->request();
  }
  observer_.assigned(static_cast<std::size_t>(partitions->cnt), ticket_.has_value());
}

void KafkaSource::note_failure(std::string_view what, rd_kafka_resp_err_t error) {
  if (error && failure_.empty())
    failure_ = "cannot " + std::string(what) + ": " + rd_kafka_err2str(error);
}

void KafkaSource::revoke() {
  messages_.clear();
  records_.clear();
  ranges_.clear();
  batch_bytes_ = 0;
  for (const rd_kafka_topic_partition_t& each : elements(assignment_.get()))
    observer_.lag(each.topic, each.partition, std::nullopt);
  assignment_.reset();
  ticket_.reset();
  observer_.assigned(0, false);
}

void KafkaSource::open_gate_when_level() {
  if (!ticket_ || !gate_->reached(*ticket_)) return;
  ticket_.reset();
  note_failure("resume partitions", rd_kafka_resume_partitions(consumer_.get(), assignment_.get()));
  observer_.restored();
}

std::span<const Record> KafkaSource::poll(const BatchLimits& limits) {
  records_.clear();
  messages_.clear();
  ranges_.clear();
  batch_bytes_ = 0;
  open_gate_when_level();
  gather(limits);
  if (!failure_.empty()) throw FatalKafkaError(failure_);
  tell_lag();
  return records_;
}

void KafkaSource::gather(const BatchLimits& limits) {
  Clock::time_point deadline = Clock::now() + kIdleWait;
  bool first = true;
  while (records_.size() < limits.max_records && batch_bytes_ < limits.max_bytes) {
    const auto left = std::chrono::ceil<milliseconds>(deadline - Clock::now());
    KafkaMessage message(rd_kafka_consumer_poll(
        consumer_.get(), static_cast<int>(std::max<milliseconds::rep>(left.count(), 0))));
    if (!message) {
      if (Clock::now() >= deadline) return;
      continue;
    }
    if (take(std::move(message)) && first) {
      first = false;
      deadline = Clock::now() + limits.linger;
    }
    // A full queue never makes poll wait, so it is here that the linger ends.
    if (!first && Clock::now() >= deadline) return;
  }
}

bool KafkaSource::take(KafkaMessage message) {
  if (message->err) {
    take_error(*message);
    return false;
  }
  Range& range = ranges_.try_emplace({message->rkt, message->partition}, Range{message->offset, 0})
                     .first->second;
  range.next = message->offset + 1;
  add_record(*message);
  messages_.push_back(std::move(message));
  return true;
}

void KafkaSource::take_error(const rd_kafka_message_t& message) {
  const char* text = rd_kafka_message_errstr(&message);
  if (message.err == RD_KAFKA_RESP_ERR__FATAL) {
    char reason[512];
    rd_kafka_fatal_error(consumer_.get(), reason, sizeof reason);
    throw FatalKafkaError(std::string("the consumer cannot go on: ") + reason);
  }
  observer_.consumer_error(message.err, text ? text : rd_kafka_err2str(message.err));
}

void KafkaSource::add_record(const rd_kafka_message_t& message) {
  Record& record = records_.emplace_back();
  record.position = {rd_kafka_topic_name(message.rkt), message.partition, message.offset, 0};
  record.key = bytes(message.key, message.key_len);
  record.value = bytes(message.payload, message.len);
  read_headers(message, record);
  rd_kafka_timestamp_type_t type{};
  record.timestamp = Timestamp(rd_kafka_message_timestamp(&message, &type));
  const Timestamp now = wall_clock();
  const bool none = type == RD_KAFKA_TIMESTAMP_NOT_AVAILABLE;
  record.time = none ? now : std::min(record.timestamp, now);
  if (!none && record.timestamp > now) observer_.future_timestamp();
  batch_bytes_ += message.len + message.key_len;
}

std::vector<PartitionOffset> KafkaSource::next_offsets() const {
  std::vector<PartitionOffset> offsets;
  offsets.reserve(ranges_.size());
  for (const auto& [key, range] : ranges_)
    offsets.push_back({rd_kafka_topic_name(key.first), key.second, range.next});
  return offsets;
}

void KafkaSource::rewind() {
  // All that came before the batch is committed, so its first offsets are the committed ones.
  std::vector<PartitionOffset> offsets;
  for (const auto& [key, range] : ranges_)
    offsets.push_back({rd_kafka_topic_name(key.first), key.second, range.first});
  if (offsets.empty()) return;
  const KafkaPartitions list = to_list(offsets);
  const KafkaError error(rd_kafka_seek_partitions(consumer_.get(), list.get(), kBrokerWaitMs));
  if (error)
    throw FatalKafkaError(std::string("cannot go back to the last committed offsets: ") +
                          rd_kafka_error_string(error.get()));
  for (const rd_kafka_topic_partition_t& each : elements(list.get()))
    if (each.err && each.err != RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION &&
        each.err != RD_KAFKA_RESP_ERR__STATE)
      throw FatalKafkaError(std::string("cannot go back to the last committed offset of ") +
                            each.topic + ": " + rd_kafka_err2str(each.err));
}

KafkaGroupMetadata KafkaSource::group_metadata() const {
  return KafkaGroupMetadata(rd_kafka_consumer_group_metadata(consumer_.get()));
}

std::string KafkaSource::commit(const std::vector<PartitionOffset>& offsets) {
  const KafkaPartitions list = to_list(offsets);
  const rd_kafka_resp_err_t error = rd_kafka_commit(consumer_.get(), list.get(), 0);
  return error ? rd_kafka_err2str(error) : "";
}

std::optional<bool> KafkaSource::committed_reached(const std::vector<PartitionOffset>& offsets) {
  const KafkaPartitions list = to_list(offsets);
  if (rd_kafka_committed(consumer_.get(), list.get(), kBrokerWaitMs)) return std::nullopt;
  for (std::size_t i = 0; i < offsets.size(); ++i)
    if (elements(list.get())[i].offset < offsets[i].offset) return false;
  return true;
}

void KafkaSource::tell_lag() {
  if (!assignment_ || Clock::now() < next_lag_) return;
  next_lag_ = Clock::now() + kLagInterval;
  const KafkaPartitions positions(rd_kafka_topic_partition_list_copy(assignment_.get()));
  if (rd_kafka_position(consumer_.get(), positions.get())) return;
  for (const rd_kafka_topic_partition_t& each : elements(positions.get())) {
    std::int64_t low = 0;
    std::int64_t high = 0;
    if (rd_kafka_get_watermark_offsets(consumer_.get(), each.topic, each.partition, &low, &high) ||
        high < 0 || each.offset < 0)
      continue;
    observer_.lag(each.topic, each.partition, std::max<std::int64_t>(high - each.offset, 0));
  }
}

}  // namespace wiredesk
