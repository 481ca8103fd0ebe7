// Writes the published message of one article straight into a buffer: `item`, a valid IPTC ninjs
// 3.1 document, and `wire`, what ninjs has no place for. The form is config/schema/
// message.schema.json.
//
// One writer belongs to one lane and is called by its thread only; it keeps scratch memory between
// articles. It never fails: whatever the chain made of an article can be written.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "processors/article.h"
#include "processors/message/layout.h"
#include "processors/text/json_writer.h"

namespace wiredesk {

struct MessageOptions {
  bool ninjs_only = false;     // only the `item`, without the envelope
  bool richtext = false;       // a second body, XHTML
  bool source = false;         // the decoded source as wire.text
  bool write_dropped = false;  // wire.dropped: the reason, or null where the article is kept
  std::string program_version{};
  std::vector<std::pair<std::string, std::string>> versions{};  // PipelineFactory::versions()
};

class MessageWriter {
 public:
  explicit MessageWriter(MessageOptions options) : options_(std::move(options)) {}

  /// Appends one JSON object, without a line end.
  void write(const Article& article, std::string& out);

 private:
  void write_item(const Article& article, JsonWriter& json);
  void write_bodies(const Article& article, JsonWriter& json);
  void write_richtext(const Article& article, JsonWriter& json);
  void write_associations(const Article& article, JsonWriter& json);
  void write_wire(const Article& article, JsonWriter& json);
  void write_segments(const Article& article, JsonWriter& json) const;
  void write_entities(const Article& article, JsonWriter& json) const;
  void write_mention(const Article& article, const Mention& mention, JsonWriter& json) const;
  void write_processing(const Article& article, JsonWriter& json) const;

  MessageOptions options_;
  MessageLayout layout_;
  std::string scratch_;
};

}  // namespace wiredesk
