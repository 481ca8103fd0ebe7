// One article before and after, for people: the raw record, and beside it what came of it. Where
// the terminal is too narrow for two columns, one stands above the other.
//
// Pure functions; any thread. A message that is not of the expected form is shown as far as it
// goes: nothing here fails.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace wiredesk {

struct RecordPlace {
  std::string topic;
  std::int32_t partition = 0;
  std::int64_t offset = 0;

  friend auto operator<=>(const RecordPlace&, const RecordPlace&) = default;
};
/// "wire.raw [0] @ 42"
std::string to_string(const RecordPlace& place);

/// What went in.
struct DemoRecord {
  std::string_view name;
  std::string_view value;
  RecordPlace place;
};

// What came of it, each with where that is written.
struct PublishedMessage {
  std::string value;
  RecordPlace place;
};
struct BuriedRecord {
  std::string value;
  std::vector<std::pair<std::string, std::string>> headers;
  RecordPlace place;
};
struct DroppedArticle {
  std::string reason;
  std::string repeats;  // uri of the article that it is a copy of
  RecordPlace place;
};
using DemoOutcome = std::variant<PublishedMessage, BuriedRecord, DroppedArticle>;

struct ViewOptions {
  static constexpr int kSideBySideWidth = 110;

  int width = 100;
  bool colour = false;
  std::map<std::string, std::string> names;  // of articles that were shown before, by uri
};

std::string show_article(const DemoRecord& record, const DemoOutcome& outcome,
                         const ViewOptions& options);
/// What the colours mean; "" without colour, where names stand beside the text instead.
std::string show_legend(const ViewOptions& options);

}  // namespace wiredesk
