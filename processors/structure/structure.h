// structure: splits the decoded source into segments that partition it, and reads dateline and
// life-cycle mark. Never fails: what it does not know is a paragraph.
#pragma once

#include <memory>

#include "processors/registry.h"
#include "processors/structure/layout.h"

namespace wiredesk {

class StructureProcessor : public Processor {
 public:
  Outcome process(Article& article) override;

 private:
  Layout layout_;
};

class StructureFactory : public ProcessorFactory {
 public:
  std::unique_ptr<Processor> make() const override;
};

class StructureOptions : public ProcessorOptions {
 public:
  void declare(OptionReader& in) override;
  std::unique_ptr<ProcessorFactory> make_factory() const override;
};

std::unique_ptr<ProcessorOptions> make_structure_options();

}  // namespace wiredesk
