// Reads all topics of the demo and pairs every record that went in with what came of it, in the
// order of the input. A record that bundles several articles is shown by the first of them.
//
// Owned by the demo command and used by its thread only. Fails by std::runtime_error when it is
// made.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>

#include "daemon/config.h"
#include "daemon/demo_view.h"
#include "daemon/kafka_handles.h"

namespace wiredesk {

struct DemoPair {
  std::string name;  // the record's key
  std::string value;
  RecordPlace place;
  DemoOutcome outcome;
};

class DemoReader {
 public:
  /// `topics`: name -> partitions, read from their beginning.
  DemoReader(const Config& config, const std::map<std::string, int>& topics);

  /// The next pair that is complete; waits at most `timeout` for it.
  std::optional<DemoPair> poll(std::chrono::milliseconds timeout);
  /// For how long the oldest record without an outcome has been waiting; zero: there is none.
  std::chrono::milliseconds waiting() const;

 private:
  using Clock = std::chrono::steady_clock;
  struct Input {
    std::string name;
    std::string value;
    Clock::time_point since;
  };
  struct Drop {
    DroppedArticle article;
    Clock::time_point since;
  };

  void take(const rd_kafka_message_t& message);
  void take_message(std::string value, RecordPlace place);
  void take_dead_letter(const rd_kafka_message_t& message, std::string value, RecordPlace place);
  void take_state(std::string_view key, std::string_view value, RecordPlace place);
  void settle_drops();
  std::optional<DemoPair> next_pair();

  std::string input_topic_, output_topic_, dead_topic_, state_topic_;
  KafkaHandle consumer_;
  std::map<RecordPlace, Input> inputs_;
  std::map<RecordPlace, DemoOutcome> outcomes_;
  std::map<RecordPlace, Drop> drops_;
};

}  // namespace wiredesk
