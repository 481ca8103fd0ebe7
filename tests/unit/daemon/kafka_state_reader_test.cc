#include "daemon/kafka_state_reader.h"

#include <gmock/gmock.h>

#include <atomic>
#include <map>
#include <mutex>
#include <stdexcept>

#include "tests/unit/daemon/kafka_fixture.h"

namespace wiredesk::kafka_test {
namespace {

using testing::HasSubstr;

class FakeStore : public StateStore {
 public:
  void restore(std::string_view key, std::string_view value) override {
    if (!value.starts_with('1')) throw std::runtime_error("a form of an unknown version");
    const std::lock_guard lock(mutex_);
    entries_[std::string(key)] = value;
  }
  milliseconds window() const override { return std::chrono::hours(72); }
  std::size_t entry_count() const override {
    const std::lock_guard lock(mutex_);
    return entries_.size();
  }
  std::size_t byte_count() const override { return 0; }

 private:
  mutable std::mutex mutex_;
  std::map<std::string, std::string> entries_;
};

class KafkaStateReaderTest : public KafkaTest {
 protected:
  void open() {
    const Config config = cluster_.config("processors: [decode]");
    reader_ = std::make_unique<KafkaStateReader>(
        state_reader_conf(config), admin_conf(config), "wiredesk.state", store_,
        [this](const std::string& text) {
          const std::lock_guard lock(mutex_);
          failure_ = text;
        },
        [this](std::int64_t remaining) { remaining_ = remaining; });
  }
  static void rest() { std::this_thread::sleep_for(milliseconds(10)); }
  bool reaches(std::uint64_t ticket) {
    return eventually([&] {
      rest();
      return reader_->reached(ticket);
    });
  }
  std::string failure() {
    const std::lock_guard lock(mutex_);
    return failure_;
  }
  void produce_state(int from, int to) {
    std::vector<KafkaRecord> records;
    for (int i = from; i < to; ++i)
      records.push_back({"wiredesk.state", i % 2, "wire.raw/0/" + std::to_string(i), "1 x"});
    cluster_.produce(records);
  }

  FakeStore store_;
  std::mutex mutex_;
  std::string failure_;
  std::atomic<std::int64_t> remaining_{-1};
  std::unique_ptr<KafkaStateReader> reader_;  // last: its thread uses the others
};

TEST_F(KafkaStateReaderTest, AnEmptyTopicIsLevelAtOnce) {
  open();
  EXPECT_FALSE(reader_->reached(1));
  EXPECT_TRUE(reaches(reader_->request()));
  EXPECT_EQ(remaining_, 0);
  EXPECT_EQ(store_.entry_count(), 0u);
}

TEST_F(KafkaStateReaderTest, ATicketIsReachedOnceEverythingBeforeItIsRestored) {
  produce_state(0, 200);
  open();
  const std::uint64_t ticket = reader_->request();
  ASSERT_TRUE(reaches(ticket));
  EXPECT_EQ(store_.entry_count(), 200u);
  EXPECT_FALSE(reader_->reached(ticket + 1));

  produce_state(200, 250);
  ASSERT_TRUE(reaches(reader_->request()));
  EXPECT_EQ(store_.entry_count(), 250u);
  EXPECT_EQ(failure(), "");
}

TEST_F(KafkaStateReaderTest, TailsTheTopicWithoutBeingAsked) {
  open();
  ASSERT_TRUE(reaches(reader_->request()));
  produce_state(0, 10);
  EXPECT_TRUE(eventually([&] {
    rest();
    return store_.entry_count() == 10;
  }));
}

TEST_F(KafkaStateReaderTest, AnUnknownVersionIsAFailureAndNoTicketIsReached) {
  produce_state(0, 2);
  cluster_.produce({{"wiredesk.state", 0, "wire.raw/0/9", "9 y"}});
  open();
  const std::uint64_t ticket = reader_->request();
  ASSERT_TRUE(eventually([&] {
    rest();
    return !failure().empty();
  }));
  EXPECT_THAT(failure(), HasSubstr("the state topic 'wiredesk.state' cannot be read: "));
  EXPECT_THAT(failure(), HasSubstr("a form of an unknown version"));
  EXPECT_FALSE(reader_->reached(ticket));
}

TEST_F(KafkaStateReaderTest, ManyTicketsAtOnceAreAllReached) {
  produce_state(0, 20);
  open();
  std::uint64_t last = 0;
  for (int i = 0; i < 10; ++i) last = reader_->request();
  EXPECT_TRUE(reaches(last));
}

}  // namespace
}  // namespace wiredesk::kafka_test
