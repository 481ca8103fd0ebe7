// Any bytes through the whole default chain and the message's writer: what comes out is JSON.
#include <boost/json.hpp>

#include "processors/message/message_writer.h"
#include "tests/fuzz/fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace wiredesk;
  static const auto factory = fuzz::chain("dedupe: {max_bytes: 16MiB}");
  static const auto pipeline = factory->make();
  static MessageWriter writer([] {
    MessageOptions options;
    options.richtext = options.source = true;
    return options;
  }());
  static std::int64_t offset = 0;
  const Record record = fuzz::record_of(fuzz::view(data, size), ++offset);
  const PipelineResult result = pipeline->process(record);
  fuzz::require_told(result.outcome);
  for (const Article& article : result.articles) {
    std::string message;
    writer.write(article, message);
    boost::json::error_code error;
    const boost::json::value value = boost::json::parse(message, error);
    fuzz::require(!error, "the message is JSON");
    fuzz::require(value.at("wire").at("text").as_string() == article.source,
                  "the message holds the source");
  }
  pipeline->end_batch(true);
  return 0;
}
