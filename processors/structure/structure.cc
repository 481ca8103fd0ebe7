#include "processors/structure/structure.h"

namespace wiredesk {

Outcome StructureProcessor::process(Article& article) {
  layout_.apply(article);
  return Outcome::keep();
}

std::unique_ptr<Processor> StructureFactory::make() const {
  return std::make_unique<StructureProcessor>();
}

void StructureOptions::declare(OptionReader&) {}

std::unique_ptr<ProcessorFactory> StructureOptions::make_factory() const {
  return std::make_unique<StructureFactory>();
}

std::unique_ptr<ProcessorOptions> make_structure_options() {
  return std::make_unique<StructureOptions>();
}

}  // namespace wiredesk
