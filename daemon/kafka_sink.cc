#include "daemon/kafka_sink.h"

#include <spdlog/spdlog.h>

namespace wiredesk {
namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

constexpr milliseconds kStep{2'000};       // one call into librdkafka waits no longer
constexpr milliseconds kPatience{60'000};  // then the outcome counts as unknown
constexpr milliseconds kForever{milliseconds::max()};
constexpr milliseconds kFlushPatience{60'000};

/// The broker will not take this record, however often it is sent.
bool is_refusal(rd_kafka_resp_err_t error) {
  return error == RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE ||
         error == RD_KAFKA_RESP_ERR_INVALID_TIMESTAMP ||
         error == RD_KAFKA_RESP_ERR_INVALID_RECORD || error == RD_KAFKA_RESP_ERR_INVALID_MSG_SIZE;
}

KafkaHeaders to_headers(std::span<const Header> headers) {
  KafkaHeaders list(rd_kafka_headers_new(headers.size()));
  for (const Header& header : headers)
    rd_kafka_header_add(list.get(), header.name.data(), static_cast<ssize_t>(header.name.size()),
                        header.value.data(), static_cast<ssize_t>(header.value.size()));
  return list;
}

void* to_opaque(std::size_t source) {
  return reinterpret_cast<void*>(source);
}
std::size_t to_source(void* opaque) {
  return reinterpret_cast<std::size_t>(opaque);
}

}  // namespace

KafkaSink::KafkaSink(MakeConf make_conf, OwnTopics topics, Waiting waiting)
    : make_conf_(std::move(make_conf)),
      topic_names_(std::move(topics)),
      waiting_(std::move(waiting)) {
  open_producer();
}

void KafkaSink::open_producer() {
  KafkaConf conf = make_conf_();
  rd_kafka_conf_set_opaque(conf.get(), this);
  rd_kafka_conf_set_dr_msg_cb(conf.get(), on_delivery);
  producer_ = make_handle(RD_KAFKA_PRODUCER, std::move(conf));
  const std::array names{&topic_names_.output, &topic_names_.dead_letters, &topic_names_.state};
  for (std::size_t i = 0; i < names.size(); ++i)
    topics_[i].reset(rd_kafka_topic_new(producer_.get(), names[i]->c_str(), nullptr));
}

void KafkaSink::close_producer() {
  for (KafkaTopic& topic : topics_) topic.reset();
  if (!producer_) return;
  rd_kafka_purge(producer_.get(), RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT);
  rd_kafka_poll(producer_.get(), 0);
  producer_.reset();
}

void KafkaSink::forget_deliveries() {
  failed_deliveries_ = 0;
  delivery_error_.clear();
}

std::vector<Refusal> KafkaSink::take_refusals() {
  return std::exchange(refusals_, {});
}

void KafkaSink::on_delivery(rd_kafka_t*, const rd_kafka_message_t* message, void* self) {
  if (message->err) static_cast<KafkaSink*>(self)->note_failure(*message);
}

void KafkaSink::note_failure(const rd_kafka_message_t& message) {
  ++failed_deliveries_;
  // A purge follows the failure that caused it; the cause is what helps.
  const bool purged = message.err == RD_KAFKA_RESP_ERR__PURGE_QUEUE ||
                      message.err == RD_KAFKA_RESP_ERR__PURGE_INFLIGHT;
  if (!purged || delivery_error_.empty())
    delivery_error_ =
        std::string(rd_kafka_topic_name(message.rkt)) + ": " + rd_kafka_err2str(message.err);
  if (is_refusal(message.err))
    refusals_.push_back({to_source(message._private), rd_kafka_err2str(message.err)});
}

std::string KafkaSink::produce(const OutputRecord& record) {
  const rd_kafka_topic_t* topic = topics_[static_cast<std::size_t>(record.channel)].get();
  KafkaHeaders headers = to_headers(record.headers);
  const void* value = record.null_value ? nullptr : record.value.data();
  while (true) {
    const rd_kafka_resp_err_t error = rd_kafka_producev(
        producer_.get(), RD_KAFKA_V_RKT(const_cast<rd_kafka_topic_t*>(topic)),
        RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY),
        RD_KAFKA_V_KEY(record.key.empty() ? nullptr : record.key.data(), record.key.size()),
        RD_KAFKA_V_VALUE(const_cast<void*>(value), record.null_value ? 0 : record.value.size()),
        RD_KAFKA_V_TIMESTAMP(record.timestamp.count()), RD_KAFKA_V_HEADERS(headers.get()),
        RD_KAFKA_V_OPAQUE(to_opaque(record.source)), RD_KAFKA_V_END);
    if (!error) {
      static_cast<void>(headers.release());  // owned by the message from now on
      return {};
    }
    if (error == RD_KAFKA_RESP_ERR__QUEUE_FULL) {
      rd_kafka_poll(producer_.get(), 100);
      waiting_.keep_alive();
      continue;
    }
    if (is_refusal(error)) return rd_kafka_err2str(error);
    // Anything else (a transaction that must be aborted, say) fails the batch as a whole.
    ++failed_deliveries_;
    delivery_error_ = rd_kafka_err2str(error);
    return {};
  }
}

TransactionalSink::TransactionalSink(MakeConf make_conf, OwnTopics topics, KafkaSource& source,
                                     Waiting waiting)
    : KafkaSink(std::move(make_conf), std::move(topics), std::move(waiting)), source_(source) {
  init_transactions();
}

TransactionalSink::~TransactionalSink() {
  close_producer();
}

/// Calls again while the error says that this may help, in steps that let the lane beat.
template <typename Call>
TransactionalSink::Step TransactionalSink::attempt(const char* what, milliseconds patience,
                                                   Call&& call) {
  const Clock::time_point start = Clock::now();
  bool told = false;
  while (true) {
    const KafkaError error(call(static_cast<int>(kStep.count())));
    waiting().keep_alive();
    if (!error) return Step::done;
    const std::string text = rd_kafka_error_string(error.get());
    if (rd_kafka_error_is_fatal(error.get()))
      throw FatalKafkaError(std::string(what) + ": " + text);
    if (rd_kafka_error_txn_requires_abort(error.get())) {
      spdlog::warn("{}: {}; the batch is taken back and tried again", what, text);
      return Step::abort;
    }
    if (!rd_kafka_error_is_retriable(error.get()))
      throw FatalKafkaError(std::string(what) + ": " + text);
    if (!std::exchange(told, true)) spdlog::warn("{}: {}; trying again", what, text);
    if (patience != kForever && Clock::now() - start > patience) return Step::timed_out;
    if (waiting().stopping()) return Step::timed_out;
  }
}

void TransactionalSink::init_transactions() {
  const Step step = attempt("waiting for the transaction coordinator", kForever,
                            [&](int ms) { return rd_kafka_init_transactions(producer(), ms); });
  if (step != Step::done) throw FatalKafkaError("stopped before the broker answered");
}

void TransactionalSink::begin() {
  forget_deliveries();
  if (attempt("begin of a transaction", kPatience,
              [&](int) { return rd_kafka_begin_transaction(producer()); }) != Step::done)
    throw FatalKafkaError("a transaction could not be begun");
}

CommitResult TransactionalSink::commit(const std::vector<PartitionOffset>& offsets) {
  if (!all_delivered()) {
    spdlog::warn("a result was not delivered ({}); the batch is taken back", delivery_error());
    abort();
    return CommitResult::aborted;
  }
  const KafkaPartitions list = to_list(offsets);
  const KafkaGroupMetadata group = source_.group_metadata();
  Step step = attempt("offsets of a transaction", kPatience, [&](int ms) {
    return rd_kafka_send_offsets_to_transaction(producer(), list.get(), group.get(), ms);
  });
  if (step == Step::done)
    step = attempt("commit of a transaction", kPatience,
                   [&](int ms) { return rd_kafka_commit_transaction(producer(), ms); });
  if (step == Step::done) return CommitResult::committed;
  if (step == Step::timed_out) return settle_unknown(offsets);
  abort();
  return CommitResult::aborted;
}

void TransactionalSink::abort() {
  const Step step = attempt("abort of a transaction", kPatience,
                            [&](int ms) { return rd_kafka_abort_transaction(producer(), ms); });
  if (step == Step::done) return;
  replace_producer();
}

/// A new producer with the same id fences the old one, and the broker ends its transaction.
void TransactionalSink::replace_producer() {
  close_producer();
  open_producer();
  init_transactions();
  waiting().client_restarted();
}

CommitResult TransactionalSink::settle_unknown(const std::vector<PartitionOffset>& offsets) {
  spdlog::warn("the outcome of a commit is not known; asking the broker");
  waiting().outcome_unknown();
  replace_producer();
  while (true) {
    if (const std::optional<bool> reached = source_.committed_reached(offsets))
      return *reached ? CommitResult::committed : CommitResult::aborted;
    waiting().keep_alive();
    if (waiting().stopping()) throw FatalKafkaError("stopped while a commit's outcome was unknown");
  }
}

AtLeastOnceSink::AtLeastOnceSink(MakeConf make_conf, OwnTopics topics, KafkaSource& source,
                                 Waiting waiting)
    : KafkaSink(std::move(make_conf), std::move(topics), std::move(waiting)), source_(source) {}

void AtLeastOnceSink::begin() {
  forget_deliveries();
}

CommitResult AtLeastOnceSink::commit(const std::vector<PartitionOffset>& offsets) {
  const Clock::time_point deadline = Clock::now() + kFlushPatience;
  while (rd_kafka_flush(producer(), static_cast<int>(kStep.count())) !=
             RD_KAFKA_RESP_ERR_NO_ERROR &&
         Clock::now() < deadline && !waiting().stopping())
    waiting().keep_alive();
  if (!all_delivered() || rd_kafka_outq_len(producer()) > 0) {
    spdlog::warn("results were not delivered ({}); the batch is tried again",
                 delivery_error().empty() ? "the broker does not answer" : delivery_error());
    abort();
    return CommitResult::aborted;
  }
  const std::string error = source_.commit(offsets);
  // The results are out: going back would only double them. The next commit covers these offsets.
  if (!error.empty()) spdlog::warn("offsets were not committed: {}", error);
  return CommitResult::committed;
}

void AtLeastOnceSink::abort() {
  rd_kafka_purge(producer(), RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT);
  rd_kafka_flush(producer(), static_cast<int>(kStep.count()));
}

}  // namespace wiredesk
