#include "daemon/kafka_source.h"

#include <gmock/gmock.h>

#include "daemon/kafka_sink.h"
#include "tests/unit/daemon/kafka_fixture.h"

namespace wiredesk::kafka_test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;
using testing::SizeIs;

constexpr const char* kChain = "processors: [decode]";

Timestamp wall_clock() {
  return std::chrono::duration_cast<Timestamp>(std::chrono::system_clock::now().time_since_epoch());
}

struct FakeGate : StateGate {
  std::uint64_t request() override { return ++requests; }
  bool reached(std::uint64_t ticket) const override { return open && ticket <= requests; }
  std::uint64_t requests = 0;
  bool open = false;
};

class KafkaSourceTest : public KafkaTest {
 protected:
  std::unique_ptr<KafkaSource> open_source(const std::vector<std::string>& topics = {"wire.raw"},
                                           StateGate* gate = nullptr) {
    auto source = std::make_unique<KafkaSource>(
        consumer_conf(cluster_.config(kChain), 0),
        std::vector<std::string>{"wire.enriched", "wire.dead", "wiredesk.state"}, gate, observer_);
    source->subscribe(topics);
    return source;
  }

  /// The next batch, of so many records: it waits for them, however slow the machine is.
  std::span<const Record> next_batch(KafkaSource& source, std::size_t records) {
    BatchLimits limits;
    limits.linger = std::chrono::seconds(20);
    limits.max_records = records;
    std::span<const Record> batch;
    EXPECT_TRUE(eventually([&] { return !(batch = source.poll(limits)).empty(); }));
    return batch;
  }

  static std::vector<std::int64_t> offsets_of(std::span<const Record> records) {
    std::vector<std::int64_t> offsets;
    for (const Record& record : records) offsets.push_back(record.position.offset);
    return offsets;
  }
};

TEST_F(KafkaSourceTest, GivesRecordsAsTheyAre) {
  const Timestamp past(631152000000);
  const Timestamp future = wall_clock() + std::chrono::hours(24 * 365);
  cluster_.produce({{"wire.raw", 1, "k", "one", {{"a", "1"}, {"a", ""}}, past},
                    {"wire.raw", 1, std::nullopt, std::nullopt, {}, future},
                    {"wire.raw", 1, "", "", {}, past}});
  const auto source = open_source();
  const auto records = next_batch(*source, 3);
  ASSERT_THAT(records, SizeIs(3));
  EXPECT_EQ(records[0].position.topic, "wire.raw");
  EXPECT_EQ(records[0].position.partition, 1);
  EXPECT_THAT(offsets_of(records), ElementsAre(0, 1, 2));
  EXPECT_EQ(records[0].key, "k");
  EXPECT_EQ(records[0].value, "one");
  ASSERT_THAT(records[0].headers, SizeIs(2));
  EXPECT_EQ(records[0].headers[1].name, "a");
  EXPECT_EQ(records[0].headers[1].value, "");
  EXPECT_EQ(records[0].timestamp, past);
  EXPECT_EQ(records[0].time, past);
  EXPECT_EQ(records[1].key, std::nullopt);
  EXPECT_EQ(records[1].value, std::nullopt);
  EXPECT_EQ(records[1].timestamp, future);
  EXPECT_LE(records[1].time, wall_clock());
  EXPECT_GE(records[1].time, wall_clock() - std::chrono::minutes(5));
  EXPECT_EQ(observer_.future_timestamps, 1);
  EXPECT_EQ(records[2].value, "");
  EXPECT_EQ(observer_.partitions, 2u);
}

TEST_F(KafkaSourceTest, RewindGivesTheSameRecordsAgain) {
  std::vector<KafkaRecord> records;
  for (int i = 0; i < 5; ++i) records.push_back({"wire.raw", 0, "k", std::to_string(i)});
  cluster_.produce(records);
  const auto source = open_source();
  EXPECT_THAT(offsets_of(next_batch(*source, 2)), ElementsAre(0, 1));
  EXPECT_THAT(offsets_of(next_batch(*source, 2)), ElementsAre(2, 3));
  source->rewind();
  EXPECT_THAT(offsets_of(next_batch(*source, 1)), ElementsAre(2));
  source->rewind();
  EXPECT_THAT(offsets_of(next_batch(*source, 2)), ElementsAre(2, 3));
  EXPECT_THAT(offsets_of(next_batch(*source, 1)), ElementsAre(4));
  ASSERT_THAT(source->next_offsets(), SizeIs(1));
  EXPECT_EQ(source->next_offsets()[0].offset, 5);
}

TEST_F(KafkaSourceTest, PartitionsWaitForTheGate) {
  cluster_.produce({{"wire.raw", 0, "k", "text"}});
  FakeGate gate;
  const auto source = open_source({"wire.raw"}, &gate);
  ASSERT_TRUE(eventually([&] {
    EXPECT_THAT(source->poll({}), IsEmpty());
    return observer_.partitions == 2;
  }));
  EXPECT_TRUE(observer_.waiting);
  EXPECT_EQ(gate.requests, 1u);
  for (int i = 0; i < 5; ++i) EXPECT_THAT(source->poll({}), IsEmpty());
  gate.open = true;
  EXPECT_THAT(next_batch(*source, 1), SizeIs(1));
  EXPECT_FALSE(observer_.waiting);
}

TEST_F(KafkaSourceTest, ARegularExpressionLeavesOutOurOwnTopics) {
  cluster_.produce({{"wire.enriched", 0, "k", "our own"}, {"wire.raw", 0, "k", "theirs"}});
  const auto source = open_source({"^wire.*"});
  const auto records = next_batch(*source, 1);
  ASSERT_THAT(records, SizeIs(1));
  EXPECT_EQ(records[0].value, "theirs");
  EXPECT_EQ(observer_.partitions, 2u);
}

class AtLeastOnceTest : public KafkaSourceTest {
 protected:
  AtLeastOnceSink make_sink(KafkaSource& source) {
    const Config config = cluster_.config(std::string(kChain) + "\ndelivery: at_least_once");
    return AtLeastOnceSink([config] { return producer_conf(config, 0, "test", kLimits); },
                           {"wire.enriched", "wire.dead", "wiredesk.state"}, source,
                           {[] {}, [] { return false; }, [] {}, [] {}});
  }
};

TEST_F(AtLeastOnceTest, ResultsAndThenOffsetsAreThere) {
  cluster_.produce({{"wire.raw", 0, "k", "text"}});
  const auto source = open_source();
  next_batch(*source, 1);
  AtLeastOnceSink sink = make_sink(*source);
  sink.begin();
  const std::vector<Header> headers{{"a", "1"}, {"b", ""}};
  const Timestamp time(631152000000);
  EXPECT_EQ(sink.produce({.channel = Channel::output,
                          .key = "uri",
                          .value = "message",
                          .headers = headers,
                          .timestamp = time}),
            "");
  EXPECT_EQ(sink.produce({.channel = Channel::dead_letters,
                          .key = "",
                          .value = "",
                          .null_value = true,
                          .headers = {}}),
            "");
  EXPECT_EQ(sink.produce({.channel = Channel::state, .key = "s", .value = "", .headers = {}}), "");
  EXPECT_EQ(sink.commit(source->next_offsets()), CommitResult::committed);

  const std::vector<KafkaRecord> output = cluster_.read("wire.enriched");
  ASSERT_THAT(output, SizeIs(1));
  EXPECT_EQ(output[0].key, "uri");
  EXPECT_EQ(output[0].value, "message");
  EXPECT_THAT(output[0].headers, ElementsAre(Pair("a", "1"), Pair("b", "")));
  EXPECT_EQ(output[0].timestamp, time);
  const std::vector<KafkaRecord> dead = cluster_.read("wire.dead");
  ASSERT_THAT(dead, SizeIs(1));
  EXPECT_EQ(dead[0].value, std::nullopt);
  EXPECT_EQ(dead[0].key, std::nullopt);
  const std::vector<KafkaRecord> state = cluster_.read("wiredesk.state");
  ASSERT_THAT(state, SizeIs(1));
  EXPECT_EQ(state[0].value, "");
  EXPECT_EQ(source->committed_reached({{"wire.raw", 0, 1}}), true);
  EXPECT_EQ(source->committed_reached({{"wire.raw", 0, 2}}), false);
}

}  // namespace
}  // namespace wiredesk::kafka_test
