// The chain: decode, then each processor in order. One Pipeline belongs to one lane and is called
// by its thread only; a PipelineFactory belongs to the process and owns what the lanes share.
//
// The one place where exceptions of processors end: they become Outcome::fail("internal_error").
#pragma once

#include <chrono>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "processors/processor.h"

namespace wiredesk {

/// Told of every stage of every article; the daemon turns it into metrics. Called on the lane's
/// thread.
class PipelineObserver {
 public:
  virtual ~PipelineObserver() = default;
  /// `stage` counts from 0, which is decode.
  virtual void stage_done(std::size_t stage, const Outcome& outcome,
                          std::chrono::nanoseconds duration) = 0;
};

/// What became of one record. `outcome` is keep or fail; a kept record's articles each say keep or
/// drop.
struct PipelineResult {
  std::span<Article> articles;  // valid until the next call; empty when the record failed
  Outcome outcome;
  std::string_view stage;  // where it failed
};

class Pipeline {
 public:
  struct Stage {
    std::string_view name;
    std::unique_ptr<Processor> processor;
  };

  Pipeline(std::unique_ptr<Decoder> decoder, std::vector<Stage> stages, bool identity_from_key);

  void set_observer(PipelineObserver* observer) { observer_ = observer; }
  /// Dropped articles go through the rest of the chain all the same (`process --keep-dropped`).
  void set_keep_dropped(bool keep) { keep_dropped_ = keep; }

  PipelineResult process(const Record& record);
  /// The record that was processed last could not be published: what it taught is forgotten.
  /// Without this call it counts as accepted from the next process() or end_batch() on.
  void take_back_record() { close_record(false); }
  /// Every record of the batch was processed; `committed` says whether its transaction was.
  void end_batch(bool committed);

 private:
  template <typename Call>
  Outcome run_stage(std::size_t stage, Article* article, Call&& call);
  Outcome decode(const Record& record);
  Outcome run_chain(Article& article, std::string_view& stage);
  void identify(Article& article) const;
  void close_record(bool accepted);

  std::unique_ptr<Decoder> decoder_;
  std::vector<Stage> stages_;
  bool identity_from_key_;
  bool keep_dropped_ = false;
  PipelineObserver* observer_ = nullptr;
  std::vector<Article> articles_;
  bool record_open_ = false;
};

class PipelineFactory {
 public:
  PipelineFactory(std::unique_ptr<DecoderFactory> decoder,
                  std::vector<std::pair<std::string_view, std::unique_ptr<ProcessorFactory>>> chain,
                  bool identity_from_key);

  std::unique_ptr<Pipeline> make() const;
  /// "decode" and the processors, in order.
  std::vector<std::string_view> stage_names() const;
  /// The stores of the processors that keep state; empty for a chain without any.
  std::vector<StateStore*> states() const;
  const std::vector<std::pair<std::string, std::string>>& versions() const { return versions_; }

 private:
  std::unique_ptr<DecoderFactory> decoder_;
  std::vector<std::pair<std::string_view, std::unique_ptr<ProcessorFactory>>> chain_;
  bool identity_from_key_;
  std::vector<std::pair<std::string, std::string>> versions_;
};

}  // namespace wiredesk
