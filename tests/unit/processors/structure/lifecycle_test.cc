#include "processors/structure/lifecycle.h"

#include <gtest/gtest.h>

namespace wiredesk {
namespace {

struct Example {
  const char* line;
  const char* mark;
  LifecycleKind kind;
  int sequence;  // 0: none
};

class LifecycleTest : public testing::TestWithParam<Example> {};

TEST_P(LifecycleTest, IsReadAtTheStart) {
  const Example& example = GetParam();
  const std::string line = example.line;
  const auto match = match_lifecycle(line);
  ASSERT_TRUE(match);
  EXPECT_EQ(line.substr(match->begin, match->end - match->begin), example.mark);
  EXPECT_EQ(match->kind, example.kind);
  EXPECT_EQ(match->sequence.value_or(0), example.sequence);
}

using Kind = LifecycleKind;
INSTANTIATE_TEST_SUITE_P(
    Forms, LifecycleTest,
    testing::Values(Example{"UPDATE 2-Ferry line reopens", "UPDATE 2-", Kind::update, 2},
                    Example{"CORRECTED-UPDATE 1-Ferry line", "CORRECTED-UPDATE 1-",
                            Kind::correction, 1},
                    Example{"1st Ld-Writethru: Ferry line", "1st Ld-Writethru:", Kind::update, 1},
                    Example{"2ND LEAD Ferry line reopens", "2ND LEAD", Kind::update, 2},
                    Example{"Urgent: Ferry line reopens", "Urgent:", Kind::fresh, 0},
                    Example{"URGENT", "URGENT", Kind::fresh, 0},
                    Example{"KILL KILL KILL", "KILL KILL KILL", Kind::kill, 0},
                    Example{"HOLD HOLD HOLD", "HOLD HOLD HOLD", Kind::withhold, 0},
                    Example{"+++ LEAD +++", "+++ LEAD +++", Kind::update, 0},
                    Example{"STORY WITHDRAWN - Ferry line", "STORY WITHDRAWN -", Kind::kill, 0},
                    Example{"REFILE-Ferry line", "REFILE-", Kind::correction, 0},
                    Example{"RPT-UPDATE 3-Ferry line", "RPT-UPDATE 3-", Kind::update, 3},
                    Example{"(Berichtigung)", "(Berichtigung)", Kind::correction, 0},
                    Example{"BC-EU--Ferry-Line, 2nd Ld-Writethru,0240",
                            "BC-EU--Ferry-Line, 2nd Ld-Writethru,0240", Kind::update, 2},
                    Example{"WRAPUP 1-Ferry lines reopen", "WRAPUP 1-", Kind::roundup, 1}));

TEST(LifecycleTest, LeavesHeadlinesAlone) {
  for (std::string_view line :
       {"Lead prices fall in London", "Update on the ferry line", "Hold the line, says minister",
        "Killing of the dragon: a review", "Correctional officers strike", "Urgent care for all",
        "2nd bridge opens", "Alert driver stops train", "", "-", ":", "1st"})
    EXPECT_FALSE(match_lifecycle(line)) << line;
}

TEST(LifecycleTest, ReadsAMarkBehindTheHeadline) {
  const auto match = match_trailing_lifecycle("Ferry line reopens (2nd Lead)");
  ASSERT_TRUE(match);
  EXPECT_EQ(match->sequence, 2);
  EXPECT_FALSE(match_trailing_lifecycle("Ferry line reopens (Friday)"));
}

TEST(LifecycleTest, NamesTheSeries) {
  EXPECT_EQ(headline_series("China Focus: Storm nears"), "China Focus");
  EXPECT_EQ(headline_series("Minister: nothing is lost"), "");
}

}  // namespace
}  // namespace wiredesk
