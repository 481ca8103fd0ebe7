#include "processors/captions/glue.h"

#include <algorithm>

#include "processors/text/characters.h"
#include "processors/text/credit.h"

namespace wiredesk {
namespace {

constexpr std::size_t kMaxCredit = 160;
constexpr double kSure = 0.9;  // in the middle of a line only the clearest forms count

/// A sentence ends at `at` and the next one begins there without a space: "...said.A boat".
bool is_glue(std::string_view text, std::size_t at) {
  if (at < 3 || !is_ascii_upper(text[at])) return false;
  std::string_view before = text.substr(0, at);
  for (std::string_view quote : {"\"", "\xE2\x80\x9D"})
    if (before.ends_with(quote)) before.remove_suffix(quote.size());
  if (before.size() < 2) return false;
  const char last = before.back();
  const char letter = before[before.size() - 2];
  if (last != '.' && last != '!' && last != '?') return false;
  // Not "U.S.Army", not "e.g.A".
  return (is_ascii_lower(letter) || is_digit(letter)) &&
         (before.size() < 3 || before[before.size() - 3] != '.');
}

/// The last glue between `begin` and `end`, else 0.
std::size_t caption_begin(std::string_view text, std::size_t begin, std::size_t end) {
  for (std::size_t at = end; at-- > begin + 1;)
    if (is_glue(text, at)) return at;
  return 0;
}

bool is_initials(std::string_view text) {
  return text.size() <= 6 && text.starts_with('(') && text.ends_with(')');
}

/// End of the bracketed credit that opens at `open`, 0 where it is none.
std::size_t credit_end(std::string_view text, std::size_t open) {
  const char close = text[open] == '(' ? ')' : ']';
  const std::size_t end = text.substr(0, open + kMaxCredit).find(close, open + 1);
  if (end == std::string_view::npos) return 0;
  const auto credit = parse_credit(text.substr(open + 1, end - open - 1));
  return credit && credit->confidence >= kSure ? end + 1 : 0;
}

void add(std::vector<std::uint32_t>& cuts, std::size_t at, std::size_t after) {
  if (at > after && (cuts.empty() || cuts.back() < at))
    cuts.push_back(static_cast<std::uint32_t>(at));
}

}  // namespace

void find_cuts(std::string_view text, std::vector<std::uint32_t>& cuts) {
  std::size_t done = 0;    // up to here everything is cut
  std::size_t looked = 0;  // ... and up to here searched
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '(' && text[at] != '[') continue;
    const std::size_t end = credit_end(text, at);
    if (end == 0) continue;
    const std::string_view rest = trim_left(text.substr(end));
    add(cuts, caption_begin(text, std::max(done, looked), at), done);
    looked = at;
    at = end - 1;
    // Another credit, or the desk's initials, belong to this one.
    if (rest.empty() || rest[0] == '(' || rest[0] == '[' || is_initials(rest)) continue;
    if (!begins_upper(rest) && rest[0] != '"' && static_cast<unsigned char>(rest[0]) < 0x80)
      continue;
    if (rest.size() < 60 && match_credit(rest)) continue;
    done = end;
    looked = end;
    add(cuts, end, 0);
  }
  // A credit without brackets stands at the end of the line only.
  const auto match = match_credit(text.substr(done));
  if (match && match->credit.confidence >= kSure && done + match->begin < text.size())
    if (const std::size_t begin = caption_begin(text, done, done + match->begin);
        begin > done && (cuts.empty() || cuts.back() < begin))
      cuts.push_back(static_cast<std::uint32_t>(begin));
}

}  // namespace wiredesk
