#include "processors/registry.h"

#include <algorithm>

#include "processors/captions/captions.h"
#include "processors/dedupe/dedupe.h"
#include "processors/entities/entities.h"
#include "processors/structure/structure.h"

namespace wiredesk {

const std::vector<ProcessorRow>& processor_rows() {
  static const std::vector<ProcessorRow> kRows{
      {"structure", "splits the text into headline, dateline, paragraphs, end mark and the like",
       make_structure_options},
      {"captions", "takes photo captions and their credits out of the body", make_captions_options},
      {"dedupe", "finds re-sends by their folded text and drops or tags them", make_dedupe_options},
      {"entities", "tags people, organisations, places, events and demonyms",
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
