// Life-cycle marks at the head of a story: what it does to an earlier version. "UPDATE 2-",
// "1st Ld-Writethru:", "CORRECTED-UPDATE 1-", "URGENT", "KILL KILL KILL", "(2nd Lead)",
// "BC-AF--Zimbabwe-Cholera,3rd Ld-Writethru,410".
// Pure functions; any thread.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "processors/article.h"

namespace wiredesk {

struct LifecycleMatch {
  std::size_t begin = 0;
  std::size_t end = 0;  // the separator behind the mark belongs to it
  LifecycleKind kind = LifecycleKind::fresh;
  std::optional<int> sequence;
};

/// Marks that `line` begins with, stacked ones together; they may fill it.
std::optional<LifecycleMatch> match_lifecycle(std::string_view line);

/// A mark in brackets behind a headline: "... wins two seats (Lead)".
std::optional<LifecycleMatch> match_trailing_lifecycle(std::string_view headline);

/// "China Focus" of "China Focus: Typhoon lashes Hainan"; empty where the headline names no series.
std::string_view headline_series(std::string_view headline);

/// Kind, mark and sequence of one more mark of the article; the gravest kind wins.
void add_mark(const LifecycleMatch& match, std::string_view line, Lifecycle& lifecycle);

}  // namespace wiredesk
