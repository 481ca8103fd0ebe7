#include "processors/text/dates.h"

#include <gtest/gtest.h>

namespace wiredesk {
namespace {

std::string at_start(std::string_view text) {
  const auto match = match_date(text, 0);
  return match ? to_string(match->date) + "|" + std::string(text.substr(match->end)) : "";
}

TEST(DatesTest, ReadsTheFormsOfWireCopy) {
  EXPECT_EQ(at_start("Dec. 15, 2021. (X"), "2021-12-15|. (X");
  EXPECT_EQ(at_start("Dec 06 (APP)"), "--12-06| (APP)");
  EXPECT_EQ(at_start("December 15."), "--12-15|.");
  EXPECT_EQ(at_start("DECEMBER 9, X"), "--12-09|, X");
  EXPECT_EQ(at_start("9th December, 2023 (W"), "2023-12-09| (W");
  EXPECT_EQ(at_start("16. September 2024 –"), "2024-09-16| –");
  EXPECT_EQ(at_start("21 ene (EFE)"), "--01-21| (EFE)");
  EXPECT_EQ(at_start("8 de marzo de 2024,"), "2024-03-08|,");
  EXPECT_EQ(at_start("4 août 2020"), "2020-08-04|");
  EXPECT_EQ(at_start("2021-12-15T"), "2021-12-15|T");
  EXPECT_EQ(at_start("25/04/2022  -"), "2022-04-25|  -");
}

TEST(DatesTest, LeavesWhatIsNoDateAlone) {
  for (std::string_view text : {"", "Dec", "December", "Feb. 30", "May be", "Mars landing", "15",
                                "1.5", "99 Dec", "2021", "15:04", "March 100", "12/2021"})
    EXPECT_EQ(at_start(text), "") << text;
  EXPECT_EQ(at_start("Feb. 29"), "--02-29|");
  EXPECT_EQ(at_start("Feb. 29, 2023"), "");
}

TEST(DatesTest, FindsTheDateWithAYearFirst) {
  const auto match = find_date("On May 3 they met, as on June 4, 2019, in Oslo");
  ASSERT_TRUE(match);
  EXPECT_EQ(to_string(match->date), "2019-06-04");
  EXPECT_FALSE(find_date("no date in here, 4,000 people, 15 of them"));
}

TEST(DatesTest, TakesTheLatestYearThatIsNotAhead) {
  const Timestamp january_2(1672617600000);  // 2 January 2023
  EXPECT_EQ(latest_year({0, 12, 30}, january_2), 2022);
  EXPECT_EQ(latest_year({0, 1, 2}, january_2), 2023);
  EXPECT_EQ(latest_year({0, 6, 1}, january_2), 2022);
  EXPECT_EQ(latest_year({0, 2, 29}, january_2), 2020);
}

}  // namespace
}  // namespace wiredesk
