// Any bytes as lines of `kcat -J`: each is a record or is told, in order, and reading ends.
#include <algorithm>
#include <sstream>

#include "daemon/records_file.h"
#include "processors/text/utf8.h"
#include "tests/fuzz/fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace wiredesk;
  const std::string_view text = fuzz::view(data, size);
  std::istringstream in{std::string(text)};
  RecordsFile file(in, 4096);
  const auto lines = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) + 1;
  std::size_t last = 0;
  while (const auto line = file.next()) {
    fuzz::require(line->line > last && line->line <= lines, "lines come in order, each once");
    last = line->line;
    fuzz::require(utf8::first_invalid(line->problem) == utf8::kValid, "a problem can be printed");
    if (!line->problem.empty()) continue;
    const Record record = line->record.view(Timestamp{1'700'000'000'000});
    fuzz::require(record.time <= Timestamp{1'700'000'000'000}, "no time is in the future");
  }
  return 0;
}
