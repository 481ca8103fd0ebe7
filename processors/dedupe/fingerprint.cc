#include "processors/dedupe/fingerprint.h"

#include <xxhash.h>

#include <charconv>
#include <new>

#include "processors/dedupe/fold.h"

namespace wiredesk {
namespace {

constexpr std::size_t kHexDigits = 16;  // of one half
constexpr XXH64_hash_t kSourceSeed = 1;

class HashSink : public FoldSink {
 public:
  explicit HashSink(XXH3_state_t& state) : state_(state) {}
  void take(std::string_view bytes) override {
    XXH3_128bits_update(&state_, bytes.data(), bytes.size());
  }

 private:
  XXH3_state_t& state_;
};

Fingerprint from(XXH128_hash_t hash) {
  return {hash.high64, hash.low64};
}

void append_hex(std::string& out, std::uint64_t value) {
  for (int shift = 60; shift >= 0; shift -= 4)
    out.push_back("0123456789abcdef"[value >> shift & 15]);
}

bool parse_half(std::string_view hex, std::uint64_t& value) {
  const char* end = hex.data() + hex.size();
  return std::from_chars(hex.data(), end, value, 16).ptr == end;
}

void gather_body(const Article& article, std::vector<std::string_view>& parts) {
  for (const Segment& segment : article.segments)
    if (segment.in_body()) parts.push_back(article.text(segment));
}

void gather_headline(const Article& article, std::vector<std::string_view>& parts) {
  if (!article.meta.headline.empty()) return parts.push_back(article.meta.headline);
  for (const Segment& segment : article.segments)
    if (segment.kind == SegmentKind::headline) parts.push_back(article.text(segment));
}

void fold_parts(std::vector<std::string_view>& parts, Folder& folder) {
  trim_punctuation(parts);
  for (std::string_view part : parts) folder.add(part);
  folder.finish();
}

}  // namespace

std::string to_hex(const Fingerprint& fingerprint) {
  std::string hex;
  hex.reserve(2 * kHexDigits);
  append_hex(hex, fingerprint.high);
  append_hex(hex, fingerprint.low);
  return hex;
}

bool parse_fingerprint(std::string_view hex, Fingerprint& fingerprint) {
  return hex.size() == 2 * kHexDigits && parse_half(hex.substr(0, kHexDigits), fingerprint.high) &&
         parse_half(hex.substr(kHexDigits), fingerprint.low);
}

void Fingerprinter::FreeState::operator()(XXH3_state_s* state) const {
  XXH3_freeState(state);
}

Fingerprinter::Fingerprinter() : state_(XXH3_createState()) {
  if (!state_) throw std::bad_alloc();
}

Fingerprinter::~Fingerprinter() = default;

Fingerprinter::Result Fingerprinter::of(const Article& article) {
  XXH3_128bits_reset(state_.get());
  HashSink sink(*state_);
  Folder folder(sink);
  parts_.clear();
  gather_body(article, parts_);
  fold_parts(parts_, folder);
  if (folder.letters() < kTinyBody)
    return {from(XXH3_128bits_withSeed(article.source.data(), article.source.size(), kSourceSeed)),
            "source_hash"};
  if (folder.letters() >= kShortBody) return {digest(), "body_hash"};

  sink.take("\n");  // which folded text never holds
  parts_.clear();
  gather_headline(article, parts_);
  fold_parts(parts_, folder);
  return {digest(), "headline_body_hash"};
}

Fingerprint Fingerprinter::digest() const {
  return from(XXH3_128bits_digest(state_.get()));
}

}  // namespace wiredesk
