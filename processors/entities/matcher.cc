#include "processors/entities/matcher.h"

#include <algorithm>

#include "processors/entities/words.h"
#include "processors/text/utf8.h"

namespace wiredesk::entities {
namespace {

constexpr std::size_t kMinShoutedLetters = 4;

bool is_ascii(std::string_view text) {
  for (char byte : text)
    if (static_cast<unsigned char>(byte) >= 0x80) return false;
  return true;
}

enum class Separator { none, space, hyphen, apostrophe, other };

struct SeparatorRun {
  Separator kind = Separator::none;
  char32_t code_point = 0;  // of `other`
  std::size_t end = 0;
};

/// The separator at `offset`; any run of white space without a blank line is one space.
SeparatorRun separator_at(std::string_view text, std::size_t offset) {
  std::size_t end = offset;
  int line_ends = 0;
  while (end < text.size()) {
    const utf8::Decoded decoded = utf8::decode(text, end);
    const char32_t c = decoded.code_point;
    if (c != ' ' && c != '\t' && c != '\n' && c != '\r' && c != 0xA0 && c != 0x202F) break;
    line_ends += c == '\n';
    end += decoded.size;
  }
  if (end > offset) return {line_ends > 1 ? Separator::other : Separator::space, 0, end};
  if (end == text.size()) return {};
  const utf8::Decoded decoded = utf8::decode(text, offset);
  end = offset + decoded.size;
  switch (decoded.code_point) {
    case '-':
    case 0x2010:
    case 0x2011:
      return {Separator::hyphen, 0, end};
    case '\'':
    case 0x2019:
      return {Separator::apostrophe, 0, end};
    default:
      return {Separator::other, decoded.code_point, end};
  }
}

struct Fit {
  bool fits = false;
  bool shouted = false;
  std::size_t end = 0;
};

/// Do two words, equal when folded, agree in what the name demands?
bool words_agree(std::string_view text, std::string_view name, bool exact, bool& shouted) {
  if (text == name) return true;
  // An accent may be missing in the text, but not stand where the name has none ("Über").
  if (!is_ascii(text) && composed(text) == composed(name)) return true;
  if (!exact && !is_ascii(name) && text == without_accents(name)) return true;
  if (exact || !is_all_capitals(text)) return false;
  shouted = true;
  return true;
}

/// Compares word by word and separator by separator; the chain of hashes has already agreed.
Fit fit(std::string_view text, std::size_t begin, const GazetteerName& name) {
  Fit result;
  std::size_t at = begin;
  bool plain = false;
  for (std::size_t in = 0; in < name.text.size();) {
    if (at >= text.size()) return {};
    const std::size_t name_end = word_end(name.text, in);
    const std::size_t text_end = word_end(text, at);
    if (name_end > in) {
      if (text_end == at) return {};
      bool shouted = false;
      const std::string_view word = text.substr(at, text_end - at);
      if (!words_agree(word, name.text.substr(in, name_end - in), name.exact, shouted)) return {};
      result.shouted |= shouted;
      plain |= !shouted && !is_all_capitals(word);
      in = name_end;
      at = text_end;
      continue;
    }
    const SeparatorRun wanted = separator_at(name.text, in);
    const SeparatorRun found = separator_at(text, at);
    if (wanted.kind != found.kind || wanted.code_point != found.code_point) return {};
    in = wanted.end;
    at = found.end;
  }
  result.end = at;
  result.fits = !(result.shouted && plain) &&
                (!result.shouted || utf8::count(name.text) >= kMinShoutedLetters);
  return result;
}

class Finder {
 public:
  Finder(const Gazetteer& gazetteer, std::string_view text, std::vector<Hit>& hits)
      : gazetteer_(gazetteer), text_(text), hits_(hits) {}

  void scan(std::size_t begin, std::size_t end) {
    for (std::size_t at = begin; at < end;) {
      if (word_character(text_, at) == 0) {
        at += class_of(text_[at]) == ByteClass::other ? 1 : utf8::decode(text_, at).size;
        continue;
      }
      Hit hit;
      if (begins_like_name(text_, at) && name_may_begin(text_, at) && longest(at, end, hit)) {
        hits_.push_back(hit);
        scan_inside(hit);
        at = hit.span.end;
        continue;
      }
      at = word_end(text_, at);
    }
  }

 private:
  /// The longest name at `begin` that ends at or before `end`.
  bool longest(std::size_t begin, std::size_t end, Hit& hit) {
    std::uint64_t key = 0;
    for (std::size_t at = begin; at < end;) {
      const std::size_t word = word_end(text_, at);
      key = chain_hash(key, folded_hash(text_.substr(at, word - at)));
      if (at == begin && !gazetteer_.may_begin(key)) break;
      const Gazetteer::Node* node = gazetteer_.find(key);
      if (!node) break;
      if (node->count > 0) collect(*node, begin, end, hit);
      if (!node->continues) break;
      at = next_word(word, end);
    }
    return hit.candidate_count > 0;
  }

  void collect(const Gazetteer::Node& node, std::size_t begin, std::size_t end, Hit& hit) {
    for (const GazetteerName& name : gazetteer_.names(node)) {
      const Fit found = fit(text_, begin, name);
      if (!found.fits || found.end > end) continue;
      if (name.word && in_shouted_line(begin)) continue;
      if (found.end < hit.span.end || !name_may_end(text_, found.end)) continue;
      if (found.end > hit.span.end) hit.candidate_count = 0;
      if (hit.candidate_count == 0) {
        hit.span = {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(found.end)};
        hit.shouted = found.shouted;
        hit.common = false;
      }
      hit.common |= name.common;
      if (hit.candidate_count < Hit::kMaxCandidates)
        hit.candidates[hit.candidate_count++] = name.entry;
    }
  }

  /// Looks at every line once only: a line may be the whole article.
  bool in_shouted_line(std::size_t at) {
    if (at < line_.begin || at >= line_.end) {
      const std::size_t before = text_.rfind('\n', at);
      line_.begin = before == std::string_view::npos ? 0 : static_cast<std::uint32_t>(before + 1);
      line_.end = static_cast<std::uint32_t>(std::min(text_.find('\n', at), text_.size()));
      line_is_shouted_ = is_all_capitals(text_.substr(line_.begin, line_.size()));
    }
    return line_is_shouted_;
  }

  std::size_t next_word(std::size_t at, std::size_t end) const {
    constexpr std::size_t kMaxGap = 4;
    const std::size_t limit = std::min(end, at + kMaxGap);
    while (at < limit && word_character(text_, at) == 0) at += utf8::decode(text_, at).size;
    return at < limit ? at : end;
  }

  void scan_inside(const Hit& outer) {
    const EntityType type = gazetteer_.entry(outer.candidates[0]).type;
    if (type != EntityType::organisation && type != EntityType::event) return;
    for (std::size_t at = outer.span.begin; at < outer.span.end;) {
      // What begins with the outer name must be shorter than it.
      const std::size_t limit = outer.span.end - (at == outer.span.begin ? 1 : 0);
      Hit hit;
      if (may_be_nested(at, limit, hit)) {
        hit.nested = true;
        hits_.push_back(hit);
        at = hit.span.end;
        continue;
      }
      const std::size_t end = word_end(text_, at);
      at = end > at ? end : at + utf8::decode(text_, at).size;
    }
  }

  bool may_be_nested(std::size_t begin, std::size_t limit, Hit& hit) {
    if (!begins_like_name(text_, begin) || !name_may_begin(text_, begin)) return false;
    if (!longest(begin, limit, hit)) return false;
    const EntityType type = gazetteer_.entry(hit.candidates[0]).type;
    return !hit.common && type != EntityType::person && type != EntityType::event;
  }

  const Gazetteer& gazetteer_;
  std::string_view text_;
  std::vector<Hit>& hits_;
  Span line_;  // the one that was looked at last
  bool line_is_shouted_ = false;
};

bool is_joined(char byte) {
  return byte == '@' || byte == '_';
}

}  // namespace

bool name_may_begin(std::string_view text, std::size_t offset) {
  if (offset == 0) return true;
  if (is_joined(text[offset - 1]) || text[offset - 1] == '<' || word_before(text, offset))
    return false;
  const std::size_t before = utf8::previous(text, offset);
  return apostrophe(text, before) == 0 || !word_before(text, before);
}

bool name_may_end(std::string_view text, std::size_t offset) {
  if (offset >= text.size()) return true;
  if (is_joined(text[offset]) || text[offset] == '$') return false;
  if (word_before(text, offset) && word_character(text, offset) > 0) return false;
  const auto is_lower = [&](std::size_t at) {
    return at < text.size() && word_character(text, at) > 0 && !begins_like_name(text, at);
  };
  if (text[offset] == '.') return !is_lower(offset + 1);
  const std::uint32_t mark = apostrophe(text, offset);
  if (mark == 0 || offset + mark >= text.size() || word_character(text, offset + mark) == 0)
    return true;
  const char after = text[offset + mark];
  return (after == 's' || after == 'S') && word_end(text, offset + mark) == offset + mark + 1;
}

void find_names(const Gazetteer& gazetteer, std::string_view text, Span range,
                std::vector<Hit>& hits) {
  // Cut at the range's end, so that no name runs on into the next segment.
  Finder(gazetteer, text.substr(0, range.end), hits).scan(range.begin, range.end);
}

}  // namespace wiredesk::entities
