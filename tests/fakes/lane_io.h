// A Source and a Sink in memory: what a lane does to them can be looked at afterwards. Called by
// the test's one thread; a call that breaks the protocol of lane_io.h throws std::logic_error.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "daemon/lane_io.h"

namespace wiredesk::fakes {

struct InputRecord {
  std::optional<std::string> value;
  std::optional<std::string> key{};
  std::vector<std::pair<std::string, std::string>> headers{};
  std::int32_t partition = 0;
  Timestamp timestamp = std::chrono::hours(24 * 365 * 50);
};

class FakeSource : public Source {
 public:
  static constexpr std::string_view kTopic = "wire.raw";

  /// Gives the record's offset: each partition counts on its own.
  std::int64_t add(InputRecord record);

  std::span<const Record> poll(const BatchLimits& limits) override;
  std::vector<PartitionOffset> next_offsets() const override;
  void rewind() override { at_ = first_; }

  /// How many records each poll gave, empty ones left out.
  const std::vector<std::size_t>& batches() const { return batches_; }
  bool at_end() const { return at_ == records_.size(); }

 private:
  std::deque<InputRecord> storage_;  // a deque: what records_ points at must not move
  std::vector<Record> records_;
  std::map<std::int32_t, std::int64_t> next_;
  std::size_t first_ = 0;  // of the last batch
  std::size_t at_ = 0;
  std::vector<std::size_t> batches_;
};

/// An OutputRecord that owns its bytes.
struct Output {
  explicit Output(const OutputRecord& record);

  std::optional<std::string_view> header(std::string_view name) const;

  Channel channel;
  std::string key;
  std::optional<std::string> value;
  std::vector<std::pair<std::string, std::string>> headers;
  Timestamp timestamp;
  std::size_t source;
};

class FakeSink : public Sink {
 public:
  using Refuse = std::function<std::string(const Output&)>;

  /// What the broker will not take, found at the commit, as a real one does; "" takes it.
  void refuse(Refuse rule) { refuse_ = std::move(rule); }
  /// What the client itself will not take: the answer of produce().
  void refuse_at_once(Refuse rule) { refuse_at_once_ = std::move(rule); }
  /// The next so many commits are aborted for no fault of a record.
  void abort_next(int commits) { aborts_ = commits; }

  void begin() override;
  std::string produce(const OutputRecord& record) override;
  CommitResult commit(const std::vector<PartitionOffset>& offsets) override;
  void abort() override;
  std::vector<Refusal> take_refusals() override { return std::exchange(refusals_, {}); }

  std::vector<Output> committed(Channel channel) const;
  /// The next offset of each partition, as the group's committed offsets would say it.
  const std::map<std::int32_t, std::int64_t>& offsets() const { return offsets_; }

 private:
  Refuse refuse_;
  Refuse refuse_at_once_;
  int aborts_ = 0;
  bool open_ = false;
  std::vector<Output> batch_;
  std::vector<Output> committed_;
  std::vector<Refusal> refusals_;
  std::map<std::int32_t, std::int64_t> offsets_;
};

}  // namespace wiredesk::fakes
