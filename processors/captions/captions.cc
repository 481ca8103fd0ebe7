#include "processors/captions/captions.h"

namespace wiredesk {

Outcome CaptionsProcessor::process(Article& article) {
  extractor_.apply(article);
  return Outcome::keep();
}

std::unique_ptr<Processor> CaptionsFactory::make() const {
  return std::make_unique<CaptionsProcessor>();
}

void CaptionsOptions::declare(OptionReader&) {}

std::unique_ptr<ProcessorFactory> CaptionsOptions::make_factory() const {
  return std::make_unique<CaptionsFactory>();
}

std::unique_ptr<ProcessorOptions> make_captions_options() {
  return std::make_unique<CaptionsOptions>();
}

}  // namespace wiredesk
