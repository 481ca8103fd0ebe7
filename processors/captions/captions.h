// captions: takes photo captions and their credits out of the body. Reads the segments that
// structure made, splits them where a credit begins, and fills Article::captions. Resolves the
// dateline's year from a caption's date. Never fails, and never takes more than half of a story:
// then it takes nothing.
#pragma once

#include <memory>

#include "processors/captions/extractor.h"
#include "processors/registry.h"

namespace wiredesk {

class CaptionsProcessor : public Processor {
 public:
  Outcome process(Article& article) override;

 private:
  CaptionExtractor extractor_;
};

class CaptionsFactory : public ProcessorFactory {
 public:
  std::unique_ptr<Processor> make() const override;
};

class CaptionsOptions : public ProcessorOptions {
 public:
  void declare(OptionReader& in) override;
  std::unique_ptr<ProcessorFactory> make_factory() const override;
};

std::unique_ptr<ProcessorOptions> make_captions_options();

}  // namespace wiredesk
