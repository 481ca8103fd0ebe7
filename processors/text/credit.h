// The grammar of picture credits: "(Xinhua/NAME)", "(Photo by NAME/AFP via Getty Images)",
// "REUTERS/NAME/File Photo", "Foto: NAME/dpa", "(c) NAME/TASS", "Photograph: NAME". Unknown
// agencies are taken by their form alone. Looks at the end of a line only, never further back than
// a few hundred bytes. Pure functions; any thread.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wiredesk {

/// What the inside of a credit says.
struct Credit {
  std::string line;  // normalised: without brackets and labels
  std::string agency;
  std::vector<std::string> photographers;
  bool label = false;  // "Photo by", "AP Photo": says itself that it is of a picture
  /// How sure it is from its form alone: 0.9 and more, a picture credit and nothing else; about
  /// 0.3, a form that texts carry, too ("(Xinhua)").
  double confidence = 0;
};

struct CreditMatch {
  std::size_t begin = 0;  // bytes of the line
  std::size_t end = 0;    // what follows, if anything, is neither caption nor credit: "(zwx)"
  Credit credit;
};

/// Reads the inside of a credit, without its brackets.
std::optional<Credit> parse_credit(std::string_view text);

/// The credit that ends `line` (a trimmed line or paragraph), which it may fill.
std::optional<CreditMatch> match_credit(std::string_view line);

/// Below it a credit needs other evidence beside itself.
inline constexpr double kCreditAlone = 0.6;

}  // namespace wiredesk
