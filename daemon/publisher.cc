#include "daemon/publisher.h"

#include <algorithm>
#include <chrono>

#include "daemon/dead_letters.h"
#include "daemon/kafka_handles.h"
#include "daemon/wall_clock.h"

namespace wiredesk {
namespace {

constexpr std::string_view kPublish = "publish";  // the stage after the chain
constexpr std::size_t kRecordOverhead = 128;      // Kafka's own bytes of a batch with one record

std::size_t wire_size(std::string_view key, std::string_view value,
                      std::span<const Header> headers) {
  std::size_t size = kRecordOverhead + key.size() + value.size();
  for (const Header& header : headers) size += header.name.size() + header.value.size() + 10;
  return size;
}

/// After so many refusals of one record's results; the first is of its message.
Remains remains_after(int refusals) {
  if (refusals <= 1) return Remains::all;
  return refusals == 2 ? Remains::key_and_headers : Remains::position;
}

OutputRecord dead_letter_of(const Record& record, std::size_t index,
                            const DeadLetterHeaders& headers, Remains remains) {
  OutputRecord dead;
  dead.channel = Channel::dead_letters;
  dead.headers = remains == Remains::position ? headers.own() : headers.headers();
  dead.source = index;
  dead.null_value = !record.value || remains != Remains::all;
  if (!dead.null_value) dead.value = *record.value;
  if (remains != Remains::position) dead.key = record.key.value_or("");
  return dead;
}

}  // namespace

Publisher::Publisher(Pipeline& pipeline, Sink& sink, MessageWriter writer, PublisherOptions options,
                     LaneMetrics& metrics)
    : pipeline_(pipeline),
      sink_(sink),
      writer_(std::move(writer)),
      options_(std::move(options)),
      metrics_(metrics) {}

void Publisher::remember_refusal(const Record& record, std::string detail) {
  const SourcePosition& at = record.position;
  Refused& refused = refusals_[{std::string(at.topic), at.partition, at.offset}];
  refused.detail = std::move(detail);
  ++refused.times;
}

void Publisher::publish(const Record& record, std::size_t index) {
  if (has_refusals()) {
    const SourcePosition& at = record.position;
    const auto refused = refusals_.find({std::string(at.topic), at.partition, at.offset});
    if (refused != refusals_.end()) {
      if (refused->second.times > 3)
        throw FatalKafkaError("the broker refuses even the position of a dead letter: " +
                              refused->second.detail);
      bury(record, index, kPublish, Outcome::fail("output_refused", refused->second.detail),
           remains_after(refused->second.times));
      return;
    }
  }
  PipelineResult result = pipeline_.process(record);
  if (result.outcome.failed())
    bury(record, index, result.stage, result.outcome);
  else
    publish_articles(record, index, result.articles);
}

void Publisher::publish_articles(const Record& record, std::size_t index,
                                 std::span<Article> articles) {
  // All are written before the first is sent: a record's articles go out together or not at all.
  const Outcome outcome = write_messages(record, articles);
  if (outcome.failed()) {
    pipeline_.take_back_record();
    bury(record, index, kPublish, outcome);
    return;
  }
  for (std::size_t i = 0; i < articles.size(); ++i) {
    Article& article = articles[i];
    send_state(index, article);
    if (article.outcome.dropped()) {
      metrics_.dropped(article.outcome.reason);
      continue;
    }
    const std::string refused = send_message(record, index, article, buffers_[i]);
    if (!refused.empty())
      throw FatalKafkaError("a message of a checked size is refused: " + refused);
    metrics_.published();
  }
}

Outcome Publisher::write_messages(const Record& record, std::span<Article> articles) {
  if (buffers_.size() < articles.size()) buffers_.resize(articles.size());
  for (std::size_t i = 0; i < articles.size(); ++i) {
    if (articles[i].outcome.dropped()) continue;
    buffers_[i].clear();
    writer_.write(articles[i], buffers_[i]);
    set_headers(record, articles[i]);
    const std::size_t size = wire_size(articles[i].uri(), buffers_[i], headers_);
    if (size > options_.output.max_message_bytes)
      return Outcome::fail("output_too_large",
                           "the message has " + std::to_string(size) + " bytes, the topic takes " +
                               std::to_string(options_.output.max_message_bytes) +
                               " (max.message.bytes)");
  }
  return Outcome::keep();
}

void Publisher::set_headers(const Record& record, const Article& article) {
  headers_.clear();
  headers_.push_back({"content-type", "application/json"});
  headers_.push_back({"wiredesk-relation", to_string(article.duplicate.relation)});
  headers_.push_back({"wiredesk-lifecycle", to_string(article.lifecycle.kind)});
  for (const Header& header : record.headers) {
    const bool keep = header.name == "traceparent" ||
                      std::find(options_.keep_headers.begin(), options_.keep_headers.end(),
                                header.name) != options_.keep_headers.end();
    if (keep) headers_.push_back(header);
  }
}

std::string Publisher::send_message(const Record& record, std::size_t index, const Article& article,
                                    std::string_view value) {
  set_headers(record, article);
  return sink_.produce({.channel = Channel::output,
                        .key = article.uri(),
                        .value = value,
                        .headers = headers_,
                        .timestamp = output_timestamp(record),
                        .source = index});
}

void Publisher::send_state(std::size_t index, const Article& article) {
  for (const StateRecord& state : article.state) {
    const std::string refused = sink_.produce({.channel = Channel::state,
                                               .key = state.key,
                                               .value = state.value,
                                               .headers = {},
                                               .source = index});
    if (!refused.empty()) throw FatalKafkaError("a state record is refused: " + refused);
  }
}

void Publisher::bury(const Record& record, std::size_t index, std::string_view stage,
                     const Outcome& outcome, Remains remains) {
  DeadLetterHeaders headers(record, stage, outcome, wall_clock());
  if (remains != Remains::all) headers.add_size_and_hash();
  const OutputRecord dead = dead_letter_of(record, index, headers, remains);
  const bool least = remains == Remains::position;
  std::string refused = "it is larger than its topic takes";
  if (least ||
      wire_size(dead.key, dead.value, dead.headers) <= options_.dead_letters.max_message_bytes)
    refused = sink_.produce(dead);
  if (refused.empty())
    metrics_.dead_letter(stage, outcome.reason);
  else if (least)
    throw FatalKafkaError("a dead letter is refused: " + refused);
  else
    bury(record, index, stage, outcome,
         remains == Remains::all ? Remains::key_and_headers : Remains::position);
}

Timestamp Publisher::output_timestamp(const Record& record) const {
  // A message that its topic would refuse as too old, or expire at once, counts as of now.
  const Timestamp now = wall_clock();
  const bool too_old =
      options_.output.max_age != Timestamp::max() && record.time < now - options_.output.max_age;
  return too_old || record.time.count() <= 0 ? now : record.time;
}

}  // namespace wiredesk
