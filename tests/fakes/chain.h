// Parts of a chain that do one thing a test wants to see: a decoder of bundles, processors that
// throw, fail, drop or write down what they were told.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "processors/processor.h"

namespace wiredesk::fakes {

/// One article a line, each its own id. A line "broken" fails the record; "throw" throws.
class LineDecoder : public Decoder {
 public:
  Outcome decode(const Record& record, std::vector<Article>& articles) override;
};

/// Does what the function says, and writes down how records and batches ended.
class ScriptedProcessor : public Processor {
 public:
  using Script = std::function<Outcome(Article&)>;
  struct Ends {
    std::vector<bool> records;
    std::vector<bool> batches;
  };

  explicit ScriptedProcessor(Script script, Ends* ends = nullptr)
      : script_(std::move(script)), ends_(ends) {}

  Outcome process(Article& article) override { return script_(article); }
  void end_record(bool accepted) override {
    if (ends_) ends_->records.push_back(accepted);
  }
  void end_batch(bool committed) override {
    if (ends_) ends_->batches.push_back(committed);
  }

 private:
  Script script_;
  Ends* ends_;
};

}  // namespace wiredesk::fakes
