#include "tests/fakes/lane_io.h"

#include <algorithm>
#include <stdexcept>

namespace wiredesk::fakes {

std::int64_t FakeSource::add(InputRecord input) {
  const InputRecord& kept = storage_.emplace_back(std::move(input));
  Record record;
  record.position = {kTopic, kept.partition, next_[kept.partition]++, 0};
  record.key = kept.key;
  record.value = kept.value;
  record.timestamp = kept.timestamp;
  record.time = kept.timestamp;
  for (const auto& [name, value] : kept.headers) record.headers.push_back({name, value});
  records_.push_back(std::move(record));
  return records_.back().position.offset;
}

std::span<const Record> FakeSource::poll(const BatchLimits& limits) {
  first_ = at_;
  const std::size_t count = std::min(limits.max_records, records_.size() - at_);
  at_ += count;
  if (count > 0) batches_.push_back(count);
  return std::span<const Record>(records_).subspan(first_, count);
}

std::vector<PartitionOffset> FakeSource::next_offsets() const {
  std::map<std::int32_t, std::int64_t> next;
  for (std::size_t i = first_; i < at_; ++i)
    next[records_[i].position.partition] = records_[i].position.offset + 1;
  std::vector<PartitionOffset> offsets;
  for (const auto& [partition, offset] : next)
    offsets.push_back({std::string(kTopic), partition, offset});
  return offsets;
}

Output::Output(const OutputRecord& record)
    : channel(record.channel), key(record.key), timestamp(record.timestamp), source(record.source) {
  if (!record.null_value) value = record.value;
  for (const Header& header : record.headers) headers.emplace_back(header.name, header.value);
}

std::optional<std::string_view> Output::header(std::string_view name) const {
  for (const auto& [each, text] : headers)
    if (each == name) return text;
  return std::nullopt;
}

void FakeSink::begin() {
  if (std::exchange(open_, true)) throw std::logic_error("begin() of a batch inside a batch");
}

std::string FakeSink::produce(const OutputRecord& record) {
  if (!open_) throw std::logic_error("produce() outside of a batch");
  Output output(record);
  if (refuse_at_once_) {
    std::string reason = refuse_at_once_(output);
    if (!reason.empty()) return reason;
  }
  batch_.push_back(std::move(output));
  return {};
}

CommitResult FakeSink::commit(const std::vector<PartitionOffset>& offsets) {
  if (!open_) throw std::logic_error("commit() outside of a batch");
  for (const Output& output : batch_) {
    std::string reason = refuse_ ? refuse_(output) : "";
    if (!reason.empty()) refusals_.push_back({output.source, std::move(reason)});
  }
  if (!refusals_.empty() || aborts_ > 0) {
    aborts_ = std::max(aborts_ - 1, 0);
    abort();
    return CommitResult::aborted;
  }
  open_ = false;
  for (Output& output : batch_) committed_.push_back(std::move(output));
  batch_.clear();
  for (const PartitionOffset& each : offsets) offsets_[each.partition] = each.offset;
  return CommitResult::committed;
}

void FakeSink::abort() {
  open_ = false;
  batch_.clear();
}

std::vector<Output> FakeSink::committed(Channel channel) const {
  std::vector<Output> outputs;
  for (const Output& output : committed_)
    if (output.channel == channel) outputs.push_back(output);
  return outputs;
}

}  // namespace wiredesk::fakes
