// Bytes of a record, as any format: what is kept is well-formed text, what is not says why.
#include "processors/text/utf8.h"
#include "tests/fuzz/fuzz.h"

namespace {

using namespace wiredesk;

/// The first byte chooses what the content-type header says of the rest.
Record record_of_input(std::string_view input) {
  static constexpr std::string_view kTypes[] = {"", "application/json", "text/plain; charset=utf-8",
                                                "application/octet-stream"};
  const std::string_view type = kTypes[static_cast<unsigned char>(input[0]) % std::size(kTypes)];
  Record record = fuzz::record_of(input.substr(1));
  if (!type.empty()) record.headers.push_back({"content-type", type});
  return record;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const auto factory = fuzz::chain("processors: [decode]");
  static const auto pipeline = factory->make();
  if (size == 0) return 0;
  const Record record = record_of_input(fuzz::view(data, size));
  const PipelineResult result = pipeline->process(record);
  fuzz::require_told(result.outcome);
  fuzz::require(result.outcome.failed() == result.articles.empty(), "kept is at least one article");
  for (const Article& article : result.articles) {
    fuzz::require(utf8::first_invalid(article.source) == utf8::kValid, "the source is UTF-8");
    fuzz::require(utf8::first_invalid(article.uri()) == utf8::kValid, "the uri is UTF-8");
  }
  pipeline->end_batch(true);
  return 0;
}
