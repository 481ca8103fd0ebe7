// From our configuration to librdkafka's: defaults that work, the user's properties over them, and
// ours that nobody may change because a guarantee rests on them.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "daemon/config.h"
#include "daemon/kafka_handles.h"
#include "daemon/kafka_topics.h"

namespace wiredesk {

NamedValues default_common_properties();

/// Every property that librdkafka does not know or that is ours, at its place in the file.
void check_kafka_properties(const Config& config, std::vector<ConfigProblem>& problems);

/// `instance` is instance.id, or this start's own fresh id.
KafkaConf consumer_conf(const Config& config, int lane);
/// `limits` of our own topics, by name: a set of messages fits each of them.
KafkaConf producer_conf(const Config& config, int lane, std::string_view instance,
                        const std::map<std::string, TopicLimits>& limits);
/// The reader that tails the state topic: no group, committed records only, end of partition told.
KafkaConf state_reader_conf(const Config& config);
/// For admin requests and watermarks.
KafkaConf admin_conf(const Config& config);

/// Sets one property; throws std::runtime_error with librdkafka's words.
void set_property(rd_kafka_conf_t* conf, const std::string& name, const std::string& value);

}  // namespace wiredesk
