// Folds text for comparison and hands the result on in small blocks, so that no copy of the text is
// made. What folding makes equal is said in fingerprint.h.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>
#include <vector>

namespace wiredesk {

/// Takes white space and punctuation off both ends of a text that lies in several parts.
void trim_punctuation(std::vector<std::string_view>& parts);

/// Takes the blocks of folded bytes.
class FoldSink {
 public:
  virtual ~FoldSink() = default;
  virtual void take(std::string_view bytes) = 0;
};

class Folder {
 public:
  explicit Folder(FoldSink& sink) : sink_(sink) {}

  /// Between two calls there is a white space.
  void add(std::string_view text);
  void finish();
  /// Letters and digits so far.
  std::size_t letters() const { return letters_; }

 private:
  enum class Last { nothing, dash, quote, other };

  /// Takes what stands at the front and needs no closer look; the number of bytes.
  std::size_t add_plain(std::string_view text);
  void add_one(char32_t code_point, std::string_view bytes);
  void put_space();
  void put_dash();
  void put_quote();
  void put(std::string_view bytes);
  void flush();

  FoldSink& sink_;
  std::array<char, 1024> buffer_;
  std::size_t used_ = 0;
  std::size_t letters_ = 0;
  bool space_ = false;
  Last last_ = Last::nothing;
};

}  // namespace wiredesk
