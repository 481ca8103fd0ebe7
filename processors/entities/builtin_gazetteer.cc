#include <string>

#include "processors/entities/gazetteer.h"
#include "processors/text/embed.h"

WIREDESK_EMBED(wiredesk_gazetteer, WIREDESK_CONFIG_DIR "/gazetteer.tsv");

namespace wiredesk::entities {

std::shared_ptr<const Gazetteer> Gazetteer::builtin() {
  return parse("config/gazetteer.tsv",
               std::string(embedded_view(wiredesk_gazetteer_begin, wiredesk_gazetteer_end)));
}

}  // namespace wiredesk::entities
