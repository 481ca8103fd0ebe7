#include "daemon/kafka_sink.h"

#include <gmock/gmock.h>

#include <ostream>

#include "tests/unit/daemon/kafka_fixture.h"

namespace wiredesk::kafka_test {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr const char* kChain = "processors: [decode]\n";

class KafkaSinkTest : public KafkaTest {
 protected:
  // The source never subscribes: the sink asks it for the group's name and offsets only.
  KafkaSinkTest() : source_(consumer_conf(cluster_.config(kChain), 0), {}, nullptr, observer_) {}

  Waiting waiting() {
    return {.keep_alive = [this] { ++beats_; },
            .stopping = [this] { return stopping_; },
            .outcome_unknown = [this] { on_unknown_(); },
            .client_restarted = [this] { ++restarts_; }};
  }
  OwnTopics topics() const { return {"wire.enriched", "wire.dead", "wiredesk.state"}; }

  void open_transactional() {
    const Config config = cluster_.config(kChain);
    sink_ = std::make_unique<TransactionalSink>(
        [config] { return producer_conf(config, 0, "test", kLimits); }, topics(), source_,
        waiting());
  }
  void open_at_least_once() {
    const Config config = cluster_.config(std::string(kChain) + "delivery: at_least_once\n");
    sink_ = std::make_unique<AtLeastOnceSink>(
        [config] { return producer_conf(config, 0, "test", kLimits); }, topics(), source_,
        waiting());
  }

  void produce(std::string_view value = "message", std::size_t source = 0) {
    EXPECT_EQ(sink_->produce({.channel = Channel::output,
                              .key = "uri",
                              .value = value,
                              .headers = {},
                              .source = source}),
              "");
  }
  /// A whole batch; its offset is `next`.
  CommitResult batch(std::int64_t next) {
    sink_->begin();
    produce();
    return sink_->commit({{"wire.raw", 0, next}});
  }
  bool is_committed(std::int64_t next) {
    return source_.committed_reached({{"wire.raw", 0, next}}).value();
  }

  KafkaSource source_;
  bool stopping_ = false;
  int beats_ = 0;
  int restarts_ = 0;
  std::function<void()> on_unknown_ = [] {};
  std::unique_ptr<KafkaSink> sink_;
};

TEST_F(KafkaSinkTest, OneTransactionFollowsTheOther) {
  open_transactional();
  EXPECT_EQ(batch(7), CommitResult::committed);
  EXPECT_EQ(batch(9), CommitResult::committed);
  EXPECT_THAT(cluster_.read("wire.enriched"), SizeIs(2));
  EXPECT_GT(beats_, 0);
}

TEST_F(KafkaSinkTest, ATransactionMayHoldOffsetsAlone) {
  open_transactional();
  sink_->begin();
  EXPECT_EQ(sink_->commit({{"wire.raw", 0, 3}}), CommitResult::committed);
}

TEST_F(KafkaSinkTest, AfterAnAbortTheNextBatchWorks) {
  open_transactional();
  sink_->begin();
  produce();
  sink_->abort();
  EXPECT_EQ(batch(1), CommitResult::committed);
  EXPECT_EQ(restarts_, 0);
}

struct ErrorCase {
  const char* name;
  Request request;
  std::vector<rd_kafka_resp_err_t> errors;
};
void PrintTo(const ErrorCase& value, std::ostream* out) {
  *out << value.name;
}
std::string name_of(const testing::TestParamInfo<ErrorCase>& info) {
  return info.param.name;
}

class RetriableTest : public KafkaSinkTest, public testing::WithParamInterface<ErrorCase> {};

TEST_P(RetriableTest, IsTriedAgainUntilItIsCommitted) {
  open_transactional();
  cluster_.fail_next(GetParam().request, GetParam().errors);
  EXPECT_EQ(batch(1), CommitResult::committed);
  EXPECT_EQ(restarts_, 0);
}

INSTANTIATE_TEST_SUITE_P(Errors, RetriableTest,
                         testing::Values(ErrorCase{"EndTxn",
                                                   Request::end_txn,
                                                   {RD_KAFKA_RESP_ERR_COORDINATOR_LOAD_IN_PROGRESS,
                                                    RD_KAFKA_RESP_ERR_NOT_COORDINATOR}},
                                         ErrorCase{"TxnOffsetCommit",
                                                   Request::txn_offset_commit,
                                                   {RD_KAFKA_RESP_ERR_COORDINATOR_LOAD_IN_PROGRESS,
                                                    RD_KAFKA_RESP_ERR_NOT_COORDINATOR}},
                                         ErrorCase{"AddPartitionsToTxn",
                                                   Request::add_partitions_to_txn,
                                                   {RD_KAFKA_RESP_ERR_COORDINATOR_LOAD_IN_PROGRESS,
                                                    RD_KAFKA_RESP_ERR_NOT_COORDINATOR}},
                                         ErrorCase{"AddOffsetsToTxn",
                                                   Request::add_offsets_to_txn,
                                                   {RD_KAFKA_RESP_ERR_COORDINATOR_LOAD_IN_PROGRESS,
                                                    RD_KAFKA_RESP_ERR_NOT_COORDINATOR}},
                                         ErrorCase{"Produce",
                                                   Request::produce,
                                                   {RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION}}),
                         name_of);

class AbortableTest : public KafkaSinkTest, public testing::WithParamInterface<ErrorCase> {};

TEST_P(AbortableTest, TheBatchIsAbortedAndTheNextOneWorks) {
  open_transactional();
  cluster_.fail_next(GetParam().request, GetParam().errors);
  EXPECT_EQ(batch(1), CommitResult::aborted);
  EXPECT_THAT(sink_->take_refusals(), IsEmpty());
  EXPECT_EQ(batch(1), CommitResult::committed);
  EXPECT_EQ(restarts_, 0);
}

INSTANTIATE_TEST_SUITE_P(Errors, AbortableTest,
                         testing::Values(ErrorCase{"AddPartitionsToTxn",
                                                   Request::add_partitions_to_txn,
                                                   {RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED}},
                                         ErrorCase{"TxnOffsetCommit",
                                                   Request::txn_offset_commit,
                                                   {RD_KAFKA_RESP_ERR_ILLEGAL_GENERATION}},
                                         ErrorCase{"AddOffsetsToTxn",
                                                   Request::add_offsets_to_txn,
                                                   {RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED}}),
                         name_of);

class FatalTest : public KafkaSinkTest, public testing::WithParamInterface<ErrorCase> {};

TEST_P(FatalTest, OnlyARestartHelps) {
  open_transactional();
  cluster_.fail_next(GetParam().request, GetParam().errors);
  EXPECT_THROW(batch(1), FatalKafkaError);
}

INSTANTIATE_TEST_SUITE_P(
    Errors, FatalTest,
    testing::Values(
        ErrorCase{"FencedAtEndTxn", Request::end_txn, {RD_KAFKA_RESP_ERR_INVALID_PRODUCER_EPOCH}},
        ErrorCase{"FencedAtEndTxnByName", Request::end_txn, {RD_KAFKA_RESP_ERR_PRODUCER_FENCED}},
        ErrorCase{"FencedAtAddPartitionsToTxn",
                  Request::add_partitions_to_txn,
                  {RD_KAFKA_RESP_ERR_PRODUCER_FENCED}},
        ErrorCase{"NotAuthorized",
                  Request::end_txn,
                  {RD_KAFKA_RESP_ERR_TRANSACTIONAL_ID_AUTHORIZATION_FAILED}}),
    name_of);

TEST_F(KafkaSinkTest, ARecordThatTheBrokerRefusesAbortsItsBatchAndIsNamed) {
  open_transactional();
  cluster_.fail_next(Request::produce, {RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE});
  sink_->begin();
  produce("too large, says the broker", 4);
  EXPECT_EQ(sink_->commit({{"wire.raw", 0, 1}}), CommitResult::aborted);
  const std::vector<Refusal> refusals = sink_->take_refusals();
  ASSERT_THAT(refusals, SizeIs(1));
  EXPECT_EQ(refusals[0].source, 4u);
  EXPECT_THAT(refusals[0].detail, HasSubstr("too large"));
  // librdkafka may find a gap in its sequence numbers first, and aborts once more to mend it.
  EXPECT_TRUE(batch(1) == CommitResult::committed || batch(1) == CommitResult::committed);
}

TEST_F(KafkaSinkTest, ACommitWhoseAnswerWasLostIsFoundToBeCommitted) {
  open_transactional();
  int unknown = 0;
  on_unknown_ = [&] {
    ++unknown;
    stopping_ = false;
    // A real broker has them from the transaction.
    EXPECT_EQ(source_.commit({{"wire.raw", 0, 5}}), "");
  };
  stopping_ = true;  // ends the patience at once; the broker's answer counts all the same
  cluster_.delay_next(Request::end_txn, milliseconds(6000));
  EXPECT_EQ(batch(5), CommitResult::committed);
  EXPECT_EQ(unknown, 1);
  EXPECT_EQ(restarts_, 1);
  EXPECT_EQ(batch(6), CommitResult::committed);
}

TEST_F(KafkaSinkTest, ACommitThatNeverReachedTheBrokerIsFoundToBeAborted) {
  open_transactional();
  on_unknown_ = [&] {
    cluster_.set_up(true);
    stopping_ = false;
  };
  sink_->begin();
  produce();
  cluster_.set_up(false);
  stopping_ = true;
  EXPECT_EQ(sink_->commit({{"wire.raw", 0, 5}}), CommitResult::aborted);
  EXPECT_EQ(restarts_, 1);
  EXPECT_EQ(batch(5), CommitResult::committed);
}

TEST_F(KafkaSinkTest, WaitingForABrokerEndsWhenTheProcessIsAskedTo) {
  cluster_.set_up(false);
  stopping_ = true;
  EXPECT_THROW(open_transactional(), FatalKafkaError);
  EXPECT_GT(beats_, 0);
}

// librdkafka's own limit is 1,000,000 bytes, Kafka's default for a topic is a little more.
TEST_F(KafkaSinkTest, WhatATopicTakesIsNotRefusedByTheClient) {
  open_at_least_once();
  const std::string large(1'500'000, 'x');
  sink_->begin();
  produce(large);
  EXPECT_EQ(sink_->commit({{"wire.raw", 0, 1}}), CommitResult::committed);
  const std::vector<KafkaRecord> output = cluster_.read("wire.enriched");
  ASSERT_THAT(output, SizeIs(1));
  EXPECT_EQ(output[0].value, large);
}

TEST_F(KafkaSinkTest, AtLeastOnceARefusedRecordIsNamedToo) {
  open_at_least_once();
  cluster_.fail_next(Request::produce, {RD_KAFKA_RESP_ERR_INVALID_TIMESTAMP});
  sink_->begin();
  produce("of the year 2100", 2);
  EXPECT_EQ(sink_->commit({{"wire.raw", 0, 1}}), CommitResult::aborted);
  const std::vector<Refusal> refusals = sink_->take_refusals();
  ASSERT_THAT(refusals, SizeIs(1));
  EXPECT_EQ(refusals[0].source, 2u);
  EXPECT_FALSE(is_committed(1));
  EXPECT_EQ(batch(1), CommitResult::committed);
  EXPECT_TRUE(is_committed(1));
}

}  // namespace
}  // namespace wiredesk::kafka_test
