#include "processors/registry.h"

#include <algorithm>

#include "processors/entities/entities.h"

namespace wiredesk {

const std::vector<ProcessorRow>& processor_rows() {
  static const std::vector<ProcessorRow> kRows{
      {"entities", "Tags people, organisations, places, events and demonyms",
       make_entities_options},
  };
  return kRows;
}

const ProcessorRow* find_processor(std::string_view name) {
  const auto& rows = processor_rows();
  const auto row = std::find_if(rows.begin(), rows.end(),
                                [&](const ProcessorRow& each) { return each.name == name; });
  return row == rows.end() ? nullptr : &*row;
}

}  // namespace wiredesk
