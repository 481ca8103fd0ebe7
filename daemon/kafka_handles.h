// Owning pointers to librdkafka's handles, and its errors as values.
#pragma once

#include <librdkafka/rdkafka.h>

#include <memory>
#include <stdexcept>
#include <string>

namespace wiredesk {

template <auto Destroy>
struct Destroyer {
  template <typename Handle>
  void operator()(Handle* handle) const {
    Destroy(handle);
  }
};

using KafkaConf = std::unique_ptr<rd_kafka_conf_t, Destroyer<rd_kafka_conf_destroy>>;
using KafkaHandle = std::unique_ptr<rd_kafka_t, Destroyer<rd_kafka_destroy>>;
using KafkaTopic = std::unique_ptr<rd_kafka_topic_t, Destroyer<rd_kafka_topic_destroy>>;
using KafkaQueue = std::unique_ptr<rd_kafka_queue_t, Destroyer<rd_kafka_queue_destroy>>;
using KafkaEvent = std::unique_ptr<rd_kafka_event_t, Destroyer<rd_kafka_event_destroy>>;
using KafkaMessage = std::unique_ptr<rd_kafka_message_t, Destroyer<rd_kafka_message_destroy>>;
using KafkaError = std::unique_ptr<rd_kafka_error_t, Destroyer<rd_kafka_error_destroy>>;
using KafkaHeaders = std::unique_ptr<rd_kafka_headers_t, Destroyer<rd_kafka_headers_destroy>>;
using KafkaPartitions = std::unique_ptr<rd_kafka_topic_partition_list_t,
                                        Destroyer<rd_kafka_topic_partition_list_destroy>>;
using KafkaGroupMetadata = std::unique_ptr<rd_kafka_consumer_group_metadata_t,
                                           Destroyer<rd_kafka_consumer_group_metadata_destroy>>;

/// Nothing more can be done with these clients: the process ends and its supervisor starts it
/// again.
class FatalKafkaError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Takes the configuration over. Throws std::runtime_error with librdkafka's words.
inline KafkaHandle make_handle(rd_kafka_type_t type, KafkaConf conf) {
  char text[512];
  rd_kafka_t* handle = rd_kafka_new(type, conf.get(), text, sizeof text);
  if (!handle) throw std::runtime_error(text);
  static_cast<void>(conf.release());  // the handle owns it from now on
  return KafkaHandle(handle);
}

}  // namespace wiredesk
