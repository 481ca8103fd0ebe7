// The seam of the wire formats: one Format takes the bytes of one record apart. Adding a format =
// one implementation + its name among the choices of decode.cc.
//
// Owned by a decoder, shared by nobody, called on its lane's thread; decode() keeps nothing between
// calls that an outcome could depend on. Fails by Outcome::fail, never by exception.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "processors/article.h"
#include "processors/outcome.h"
#include "processors/record.h"

namespace wiredesk {

/// What a format gets to read: never blank, well-formed UTF-8, without a byte-order mark.
struct Payload {
  const Record& record;
  std::string_view bytes;
  std::size_t offset = 0;  // of `bytes` in the record's value, for what people are told
};

class Format {
 public:
  virtual ~Format() = default;
  virtual std::string_view name() const = 0;  // what Metadata::format says
  /// Appends the articles with their source and the metadata that the format itself tells. The
  /// caller fills in what is the same for all formats: name, hash, supplier's form.
  virtual Outcome decode(const Payload& payload, std::vector<Article>& articles) = 0;
};

}  // namespace wiredesk
