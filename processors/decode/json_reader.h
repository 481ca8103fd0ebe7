// One pass over a JSON document that picks the scalars at a few paths. Used by json_format.cc only.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "processors/decode/json_format.h"

namespace wiredesk {

/// A value at a pointer. `text` is kept apart from strings so that a number is never an article.
struct JsonScalar {
  std::string text;
  bool is_string = false;
};

struct JsonFields {
  enum class Error { none, syntax, too_deep };

  Error error = Error::none;
  std::string message;     // of the parser
  std::size_t offset = 0;  // where the error stands
  std::array<std::optional<JsonScalar>, JsonFormat::kFields> fields;
};

JsonFields read_json(std::string_view document, const JsonFormat::Paths& paths);

}  // namespace wiredesk
