#include "processors/message/message_writer.h"

namespace wiredesk {

void MessageWriter::write(const Article& article, std::string& out) {
  layout_.set(article);
  JsonWriter json(out);
  if (options_.ninjs_only) return write_item(article, json);
  json.begin_object().key("item");
  write_item(article, json);
  json.key("wire");
  write_wire(article, json);
  json.end_object();
}

}  // namespace wiredesk
