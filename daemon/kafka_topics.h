// What we need of the cluster before lanes start: our own topics exist, and what they accept.
// Used by the main thread at start. Waits for the broker and says so.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "daemon/config.h"
#include "daemon/kafka_handles.h"

namespace wiredesk {

/// What a topic takes; the defaults are Kafka's own.
struct TopicLimits {
  std::size_t max_message_bytes = 1'048'588;
  /// A record that is older than this would be refused or expire at once.
  std::chrono::milliseconds max_age = std::chrono::milliseconds::max();
};

/// A topic is missing or may not be used; the text names it and the mend.
class TopicError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

class KafkaTopics {
 public:
  using Stopping = std::function<bool()>;

  explicit KafkaTopics(const Config& config);

  /// Creates what is missing of ours (topics.create), else throws TopicError. Topics of the input
  /// are never created: a warning names those that are not there yet. `state_window` 0: no state
  /// topic. false: asked to stop while the broker did not answer.
  bool prepare(std::chrono::milliseconds state_window, const Stopping& stopping);

  /// Limits by topic name; a topic whose configuration may not be read has the defaults, with a
  /// warning.
  std::map<std::string, TopicLimits> limits() const;

 private:
  struct NewTopic {
    std::string name;
    int partitions;
    std::vector<std::pair<std::string, std::string>> settings;
  };

  std::vector<NewTopic> own_topics(std::chrono::milliseconds state_window) const;
  bool list_topics(const Stopping& stopping);
  void warn_of_missing_input() const;
  void create(const NewTopic& topic) const;
  void read_limits(const rd_kafka_event_t* event, std::map<std::string, TopicLimits>& limits) const;

  const Config& config_;
  KafkaHandle client_;
  std::map<std::string, int> existing_;  // name -> partitions
  std::vector<std::string> own_;
};

}  // namespace wiredesk
