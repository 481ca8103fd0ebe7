// Takes one record through the chain and gives what comes of it to the sink: messages, state
// records, a dead letter. Nothing that came in leaves without one of these (or its drop, which is a
// state record).
//
// Owned by a lane, called by its thread only. Throws FatalKafkaError where even the position of a
// record cannot be kept.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "daemon/kafka_topics.h"
#include "daemon/lane_io.h"
#include "daemon/metrics.h"
#include "processors/message/message_writer.h"
#include "processors/pipeline.h"

namespace wiredesk {

/// What a dead letter holds of its record: less where its topic does not take more.
enum class Remains : std::uint8_t { all, key_and_headers, position };

struct PublisherOptions {
  TopicLimits output;
  TopicLimits dead_letters;
  std::vector<std::string> keep_headers;  // input headers that are passed on, besides traceparent
};

class Publisher {
 public:
  Publisher(Pipeline& pipeline, Sink& sink, MessageWriter writer, PublisherOptions options,
            LaneMetrics& metrics);

  /// `index` of the record in its batch.
  void publish(const Record& record, std::size_t index);

  /// The broker refused what came of this record; from now on it is a dead letter, and each time
  /// that is refused, too, one that holds less.
  void remember_refusal(const Record& record, std::string detail);
  /// The batch was committed: what was refused before is settled.
  void forget_refusals() { refusals_.clear(); }
  bool has_refusals() const { return !refusals_.empty(); }

 private:
  using Position = std::tuple<std::string, std::int32_t, std::int64_t>;
  struct Refused {
    std::string detail;
    int times = 0;
  };

  void publish_articles(const Record& record, std::size_t index, std::span<Article> articles);
  Outcome write_messages(const Record& record, std::span<Article> articles);
  void set_headers(const Record& record, const Article& article);
  std::string send_message(const Record& record, std::size_t index, const Article& article,
                           std::string_view value);
  void send_state(std::size_t index, const Article& article);
  void bury(const Record& record, std::size_t index, std::string_view stage, const Outcome& outcome,
            Remains remains = Remains::all);
  Timestamp output_timestamp(const Record& record) const;

  Pipeline& pipeline_;
  Sink& sink_;
  MessageWriter writer_;
  PublisherOptions options_;
  LaneMetrics& metrics_;
  std::vector<std::string> buffers_;  // one message each, kept for their capacity
  std::vector<Header> headers_;
  std::map<Position, Refused> refusals_;
};

}  // namespace wiredesk
