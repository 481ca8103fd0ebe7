// Any plain text through structure and captions: the segments partition the source, in order, with
// nothing but white space between them, and captions point at caption and credit segments.
#include "processors/text/characters.h"
#include "tests/fuzz/fuzz.h"

namespace {

using namespace wiredesk;

bool is_all_space(std::string_view text) {
  std::size_t offset = 0;
  while (offset < text.size()) {
    const std::size_t size = space_at(text, offset);
    if (size == 0) return false;
    offset += size;
  }
  return true;
}

void check_segments(const Article& article) {
  std::uint32_t end = 0;
  for (const Segment& segment : article.segments) {
    const Span span = segment.span;
    fuzz::require(span.begin >= end && span.begin < span.end, "segments are in order");
    fuzz::require(span.end <= article.source.size(), "segments lie within the source");
    fuzz::require(is_all_space(article.text({end, span.begin})),
                  "only white space between segments");
    const std::string_view text = article.text(segment);
    fuzz::require(space_at(text, 0) == 0, "begins with a character");
    fuzz::require(space_before(text, text.size()) == 0, "ends with a character");
    end = span.end;
  }
  const auto size = static_cast<std::uint32_t>(article.source.size());
  fuzz::require(is_all_space(article.text({end, size})), "only white space after the last segment");
}

void check_captions(const Article& article) {
  for (const Caption& caption : article.captions) {
    fuzz::require(!caption.segments.empty(), "a caption has segments");
    for (const std::uint32_t index : caption.segments) {
      fuzz::require(index < article.segments.size(), "a caption's segments exist");
      const SegmentKind kind = article.segments[index].kind;
      fuzz::require(kind == SegmentKind::caption || kind == SegmentKind::credit,
                    "a caption's segments are captions and credits");
    }
  }
  if (!article.gallery) return;
  for (const Segment& segment : article.segments)
    fuzz::require(!segment.in_body(), "a gallery has no body");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const auto factory =
      fuzz::chain("decode: {format: text}\nprocessors: [decode, structure, captions]");
  static const auto pipeline = factory->make();
  const Record record = fuzz::record_of(fuzz::view(data, size));
  const PipelineResult result = pipeline->process(record);
  fuzz::require_told(result.outcome);
  for (const Article& article : result.articles) {
    check_segments(article);
    check_captions(article);
  }
  pipeline->end_batch(true);
  return 0;
}
