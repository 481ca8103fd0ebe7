// What an article says, in 16 bytes: equal for two articles that a reader would call the same text.
//
// It is made of the body (paragraphs and sub-heads) after folding: letter case, accents written in
// one or two characters, compatibility forms, runs of white space, line and paragraph borders,
// kinds of quotation marks and dashes make no difference, nor do control characters or punctuation
// at both ends. Words, numbers, symbols and inner punctuation do.
//
// A short body says too little: below kShortBody letters the headline counts, too (alerts share
// "More details were not immediately available"), and below kTinyBody letters (galleries, kill
// notices) only the whole decoded source does, byte for byte.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "processors/article.h"

struct XXH3_state_s;

namespace wiredesk {

struct Fingerprint {
  std::uint64_t high = 0;
  std::uint64_t low = 0;

  friend bool operator==(const Fingerprint&, const Fingerprint&) = default;
};

/// 32 lower-case hexadecimal digits.
std::string to_hex(const Fingerprint& fingerprint);
/// False where the text is not of that form.
bool parse_fingerprint(std::string_view hex, Fingerprint& fingerprint);

/// One belongs to each lane: it keeps the hash's state, so that an article costs no allocation.
class Fingerprinter {
 public:
  static constexpr std::size_t kTinyBody = 20;
  static constexpr std::size_t kShortBody = 200;

  struct Result {
    Fingerprint fingerprint;
    std::string_view basis;  // "body_hash", "headline_body_hash", "source_hash"
  };

  Fingerprinter();
  ~Fingerprinter();

  Result of(const Article& article);

 private:
  struct FreeState {
    void operator()(XXH3_state_s* state) const;
  };

  Fingerprint digest() const;

  std::unique_ptr<XXH3_state_s, FreeState> state_;
  std::vector<std::string_view> parts_;
};

}  // namespace wiredesk
