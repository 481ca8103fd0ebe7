// JSON: one object a record; the fields are the user's, found by JSON pointers (RFC 6901). The
// document is read in one pass without building a tree: memory and time are bounded by the value's
// size whatever it holds.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "processors/decode/format.h"

namespace wiredesk {

class OptionReader;

/// Where each field stands; "" means that it is not read.
struct JsonPointers {
  std::string text = "/text";
  std::string id = "/id";
  std::string headline = "/headline";
  std::string supplier = "/supplier";
  std::string version = "/version";
  std::string time = "/time";
  std::string language = "/language";
  std::string slug = "/slug";

  void declare(OptionReader& in);
};

/// The reference tokens of a pointer, unescaped: "/a~1b/0" -> "a/b", "0".
std::vector<std::string> pointer_tokens(std::string_view pointer);

/// Strings and numbers are taken (a number as it is written); null, true, false, objects and
/// arrays at a pointer count as absent. Of a repeated key the last one counts.
///
/// Fails: "not_json" with the byte offset (also for lone surrogates), "too_deep" beyond 32 levels,
/// "no_text" where the text is absent or not a string, "empty" where it is blank,
/// "control_characters" where any field holds U+0000.
class JsonFormat : public Format {
 public:
  static constexpr std::size_t kMaxDepth = 32;

  /// In the order of JsonPointers.
  enum Field { text, id, headline, supplier, version, time, language, slug, kFields };
  using Paths = std::array<std::vector<std::string>, kFields>;

  explicit JsonFormat(const JsonPointers& pointers);

  std::string_view name() const override { return "json"; }
  Outcome decode(const Payload& payload, std::vector<Article>& articles) override;

 private:
  std::string text_pointer_;
  Paths paths_;
};

}  // namespace wiredesk
