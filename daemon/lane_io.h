// The seams of a lane: where its records come from and where its results go. kafka_source and
// kafka_sink are the real ones; tests/fakes has others. Everything here is called by the lane's own
// thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "processors/record.h"

namespace wiredesk {

struct BatchLimits {
  std::chrono::milliseconds linger{20};
  std::size_t max_records = 5000;
  std::size_t max_bytes = std::size_t{16} << 20;
};

/// The next offset to read of one partition.
struct PartitionOffset {
  std::string topic;
  std::int32_t partition = 0;
  std::int64_t offset = 0;
};

class Source {
 public:
  virtual ~Source() = default;
  /// The next batch; empty when there is nothing now (it waits a fraction of a second). The records
  /// stay valid until the next call. Partitions come and go inside this call only.
  virtual std::span<const Record> poll(const BatchLimits& limits) = 0;
  /// Behind the last record of the batch, for each of its partitions.
  virtual std::vector<PartitionOffset> next_offsets() const = 0;
  /// The batch did not happen: the next poll gives its records again, as far as they are still
  /// ours.
  virtual void rewind() = 0;
};

/// One of our own topics.
enum class Channel : std::uint8_t { output, dead_letters, state };

struct OutputRecord {
  Channel channel = Channel::output;
  std::string_view key;
  std::string_view value;
  bool null_value = false;  // a tombstone that became a dead letter
  std::span<const Header> headers;
  Timestamp timestamp{};   // 0: the broker's or now
  std::size_t source = 0;  // index in the batch of the record it comes from
};

/// A record that the broker will not take, whatever is tried.
struct Refusal {
  std::size_t source = 0;
  std::string detail;
};

enum class CommitResult { committed, aborted };

/// begin, produce..., then commit or abort. Throws FatalKafkaError where only a restart helps.
class Sink {
 public:
  virtual ~Sink() = default;
  virtual void begin() = 0;
  /// Bytes are copied. "" or why the record cannot be taken at all (the rest of the batch goes on).
  virtual std::string produce(const OutputRecord& record) = 0;
  /// Results and offsets become visible together (exactly once) or results first (at least once).
  virtual CommitResult commit(const std::vector<PartitionOffset>& offsets) = 0;
  virtual void abort() = 0;
  /// What the broker refused for good in the batch that was just aborted.
  virtual std::vector<Refusal> take_refusals() = 0;
};

}  // namespace wiredesk
