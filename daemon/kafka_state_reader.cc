#include "daemon/kafka_state_reader.h"

#include <spdlog/spdlog.h>

#include <algorithm>

namespace wiredesk {
namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

constexpr int kBrokerWaitMs = 5'000;
constexpr milliseconds kProgressInterval{2'000};

std::string_view bytes(const void* data, std::size_t size) {
  return data ? std::string_view(static_cast<const char*>(data), size) : std::string_view{};
}

}  // namespace

KafkaStateReader::KafkaStateReader(KafkaConf conf, KafkaConf watermark_conf, std::string topic,
                                   StateStore& store, OnFailure on_failure, OnProgress on_progress)
    : consumer_(make_handle(RD_KAFKA_CONSUMER, std::move(conf))),
      watermarks_(make_handle(RD_KAFKA_PRODUCER, std::move(watermark_conf))),
      topic_(std::move(topic)),
      store_(store),
      on_failure_(std::move(on_failure)),
      on_progress_(std::move(on_progress)) {
  rd_kafka_poll_set_consumer(consumer_.get());
  thread_ = std::thread([this] { run(); });
}

KafkaStateReader::~KafkaStateReader() {
  stopping_ = true;
  thread_.join();
}

std::uint64_t KafkaStateReader::request() {
  return ++requested_;
}

bool KafkaStateReader::reached(std::uint64_t ticket) const {
  return reached_ >= ticket;
}

void KafkaStateReader::run() {
  try {
    read();
  } catch (const std::exception& error) {
    on_failure_("the state topic '" + topic_ + "' cannot be read: " + error.what());
  }
}

void KafkaStateReader::read() {
  while (!stopping_ && !assign_all()) continue;
  while (!stopping_) {
    if (working_on_ == reached_ && requested_ != reached_) {
      const std::uint64_t wanted = requested_;
      if (ask_for_ends()) working_on_ = wanted;
    }
    const KafkaMessage message(rd_kafka_consumer_poll(consumer_.get(), 50));
    if (message) take(*message);
    settle_ticket();
  }
}

bool KafkaStateReader::assign_all() {
  const KafkaTopic topic(rd_kafka_topic_new(consumer_.get(), topic_.c_str(), nullptr));
  const rd_kafka_metadata_t* metadata = nullptr;
  if (rd_kafka_metadata(consumer_.get(), 0, topic.get(), &metadata, kBrokerWaitMs)) return false;
  const int partitions = metadata->topic_cnt ? metadata->topics[0].partition_cnt : 0;
  rd_kafka_metadata_destroy(metadata);
  if (partitions == 0) {
    std::this_thread::sleep_for(milliseconds(200));  // just created: not everywhere known
    return false;
  }
  KafkaPartitions list(rd_kafka_topic_partition_list_new(partitions));
  for (std::int32_t i = 0; i < partitions; ++i) {
    rd_kafka_topic_partition_list_add(list.get(), topic_.c_str(), i)->offset =
        RD_KAFKA_OFFSET_BEGINNING;
    positions_[i] = 0;
  }
  return rd_kafka_assign(consumer_.get(), list.get()) == RD_KAFKA_RESP_ERR_NO_ERROR;
}

void KafkaStateReader::take(const rd_kafka_message_t& message) {
  if (message.err == RD_KAFKA_RESP_ERR__PARTITION_EOF) {
    // Control records leave holes at the end; only this event says that they were passed.
    positions_[message.partition] = std::max(positions_[message.partition], message.offset);
  } else if (message.err) {
    spdlog::warn("state topic: {}", rd_kafka_message_errstr(&message));
  } else {
    store_.restore(bytes(message.key, message.key_len), bytes(message.payload, message.len));
    positions_[message.partition] = message.offset + 1;
  }
}

bool KafkaStateReader::ask_for_ends() {
  std::map<std::int32_t, std::int64_t> ends;
  for (const auto& [partition, position] : positions_) {
    std::int64_t low = 0;
    std::int64_t high = 0;
    const rd_kafka_resp_err_t error = rd_kafka_query_watermark_offsets(
        watermarks_.get(), topic_.c_str(), partition, &low, &high, kBrokerWaitMs);
    if (error) {
      spdlog::warn("state topic: its end cannot be asked ({}); trying again",
                   rd_kafka_err2str(error));
      return false;
    }
    // What retention has taken away can no longer be read.
    ends[partition] = high > low ? high : 0;
  }
  targets_ = std::move(ends);
  return true;
}

std::int64_t KafkaStateReader::remaining() const {
  std::int64_t sum = 0;
  for (const auto& [partition, target] : targets_)
    sum += std::max<std::int64_t>(target - positions_.at(partition), 0);
  return sum;
}

void KafkaStateReader::settle_ticket() {
  if (working_on_ == reached_) return;
  const std::int64_t left = remaining();
  if (left == 0) {
    targets_.clear();
    reached_ = working_on_;
    on_progress_(0);
    spdlog::info("state is level: {} entries, {} bytes", store_.entry_count(), store_.byte_count());
  } else if (Clock::now() >= next_progress_) {
    next_progress_ = Clock::now() + kProgressInterval;
    on_progress_(left);
    spdlog::info("restoring state: {} records to go", left);
  }
}

}  // namespace wiredesk
