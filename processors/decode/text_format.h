// Plain text: the bytes are the article, and nothing is copied.
#pragma once

#include "processors/decode/format.h"

namespace wiredesk {

class TextFormat : public Format {
 public:
  std::string_view name() const override { return "text"; }
  /// Fails "control_characters" where a NUL byte stands.
  Outcome decode(const Payload& payload, std::vector<Article>& articles) override;
};

}  // namespace wiredesk
