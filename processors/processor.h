// The contract of everything in the chain. One instance belongs to one lane and is called by that
// lane's thread only; what instances share (a gazetteer, the dedupe index) belongs to the factory.
//
// A processor has no metrics, no logging and no threads of its own: the pipeline wraps each one
// with counters, latency and the one catch for exceptions.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "processors/article.h"
#include "processors/outcome.h"
#include "processors/record.h"

namespace wiredesk {

/// Takes the bytes of a record apart into one article or, where the format bundles, several: all or
/// none.
class Decoder {
 public:
  virtual ~Decoder() = default;
  /// Appends to `articles`. keep or fail; after a fail what was appended is thrown away.
  virtual Outcome decode(const Record& record, std::vector<Article>& articles) = 0;
};

class Processor {
 public:
  virtual ~Processor() = default;
  virtual Outcome process(Article& article) = 0;

  // For processors that remember: what process() learnt counts only once its record was accepted as
  // a whole, and is shared with other lanes only once the batch's transaction was committed.
  virtual void end_record(bool /*accepted*/) {}
  virtual void end_batch(bool /*committed*/) {}
};

/// State that lives in the state topic: rebuilt from it at start, kept level by tailing it.
/// Called from the state reader's thread while lanes work: implementations lock.
class StateStore {
 public:
  virtual ~StateStore() = default;
  /// Takes in one record of the state topic. Twice the same is harmless.
  /// Throws std::runtime_error where the form is of a version that this program does not know.
  virtual void restore(std::string_view key, std::string_view value) = 0;
  /// How far back the state reaches; the state topic is kept somewhat longer.
  virtual std::chrono::milliseconds window() const = 0;
  virtual std::size_t entry_count() const = 0;
  virtual std::size_t byte_count() const = 0;
};

/// Made once per process from the processor's options; owns what its instances share.
class ProcessorFactory {
 public:
  virtual ~ProcessorFactory() = default;
  virtual std::unique_ptr<Processor> make() const = 0;
  virtual StateStore* state() const { return nullptr; }
  /// What the message's `processing` part names besides the program: "gazetteer" -> version. Empty:
  /// nothing.
  virtual std::vector<std::pair<std::string, std::string>> versions() const { return {}; }
};

class DecoderFactory {
 public:
  virtual ~DecoderFactory() = default;
  virtual std::unique_ptr<Decoder> make() const = 0;
};

}  // namespace wiredesk
