#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

#include "tests/fakes/read_article.h"

namespace wiredesk {
namespace {

using fakes::ReadArticle;
using testing::ElementsAre;
using testing::IsEmpty;
using Kind = SegmentKind;

Timestamp day(int year, unsigned month, unsigned day_of_month) {
  return std::chrono::sys_days(std::chrono::year{year} / std::chrono::month{month} /
                               std::chrono::day{day_of_month})
      .time_since_epoch();
}

constexpr std::string_view kPlain =
    "OSLO, March 12 (Reuters) - The harbour of Oslo counted its ducks on Thursday and found that\n";

TEST(DatelineYear, IsTheLatestThatIsNotAfterTheRecord) {
  const ReadArticle in_autumn(kPlain, day(2026, 11, 24));
  ASSERT_TRUE(in_autumn->dateline);
  EXPECT_EQ(to_string(*in_autumn->dateline->date), "2026-03-12");
  EXPECT_EQ(in_autumn->dateline->year_from, "record");
  EXPECT_EQ(ReadArticle(kPlain, day(2027, 1, 2))->dateline->date->year, 2026);
}

TEST(DatelineYear, AllowsOneDayForTimeZones) {
  EXPECT_EQ(ReadArticle(kPlain, day(2026, 3, 11))->dateline->date->year, 2026);
  EXPECT_EQ(ReadArticle(kPlain, day(2026, 3, 10))->dateline->date->year, 2025);
}

TEST(DatelineYear, OfALeapDayIsALeapYear) {
  const ReadArticle read("OSLO, Feb 29 (Reuters) - The ducks have a day more than last year.\n",
                         day(2027, 6, 1));
  EXPECT_EQ(read->dateline->date->year, 2024);
}

TEST(DatelineYear, StaysUnknownWithoutARecordTime) {
  const ReadArticle read(kPlain);
  EXPECT_EQ(read->dateline->date->year, 0);
  EXPECT_EQ(read->dateline->year_from, "");
}

TEST(Dateline, BeginsWithTheAgency) {
  const ReadArticle read(
      "(ANSA) - NAPLES, MAR 13 - Restorers found a fork in the town clock.\n"
      "The fork has been sent to Rome. (ANSA).\n");
  EXPECT_THAT(read.all(Kind::dateline), ElementsAre("(ANSA) - NAPLES, MAR 13 -"));
  EXPECT_THAT(read->dateline->places, ElementsAre("Naples"));
  EXPECT_EQ(read->dateline->agency, "ANSA");
  EXPECT_EQ(to_string(*read->dateline->date), "--03-13");
  EXPECT_THAT(read.all(Kind::endmark), ElementsAre("(ANSA)."));
}

TEST(Dateline, IsTheAgencyAloneWhereNoPlaceFollows) {
  const ReadArticle read("(RTTNews) - Duck Holdings - the maker of ducks - sold more of them.\n");
  EXPECT_THAT(read.all(Kind::dateline), ElementsAre("(RTTNews) -"));
}

TEST(Dateline, OfEveryStoryOfADigest) {
  const ReadArticle read(
      "OSLO, Norway (AP) — The ducks were counted on Thursday and none was missing.\n"
      "ROME (AP) — The geese were counted as well, and one had come home.\n"
      "SKA (St. Anna) - Dinamo Duck (Oslo) - 1:4\n");
  EXPECT_THAT(read.all(Kind::dateline), ElementsAre("OSLO, Norway (AP) —", "ROME (AP) —"));
  EXPECT_THAT(read->dateline->places, ElementsAre("Oslo"));
}

TEST(Dateline, BeginsBehindACreditThatIsGluedToIt) {
  const ReadArticle read(
      "Ducks swim in Kathmandu, Nepal, April 24, 2017. REUTERS/Ann LiuKATHMANDU, April 25 "
      "(Reuters) - The ducks of Kathmandu swam on Tuesday as they always do.\n");
  EXPECT_THAT(read.all(Kind::dateline), ElementsAre("KATHMANDU, April 25 (Reuters) -"));
  EXPECT_THAT(read.all(Kind::credit), ElementsAre("REUTERS/Ann Liu"));
}

TEST(Boilerplate, StandsWithinTheStoryToo) {
  const ReadArticle read(
      "OSLO, Norway (AP) — The ducks were counted on Thursday and none was missing.\n"
      "Advertisement\n2 of 5\nThe geese were counted as well, and one had come home.\n");
  EXPECT_THAT(read.all(Kind::boilerplate), ElementsAre("Advertisement", "2 of 5"));
}

TEST(Lifecycle, StandsInBracketsBeforeTheHeadline) {
  const ReadArticle lead("(LEAD) Seoul counts its ducks\nSEOUL, March 13 (Yonhap) -- They swim.\n");
  EXPECT_THAT(lead.all(Kind::lifecycle), ElementsAre("(LEAD)"));
  EXPECT_THAT(lead.all(Kind::headline), ElementsAre("Seoul counts its ducks"));
  EXPECT_EQ(lead->lifecycle.kind, LifecycleKind::update);
  const ReadArticle second(
      "(2nd LD) Seoul counts its ducks\nSEOUL, March 13 (Yonhap) -- They swim.\n");
  EXPECT_EQ(second->lifecycle.sequence, 2);
}

TEST(Lifecycle, IsNotEveryWordInBrackets) {
  const ReadArticle read("(Un)happy ducks of Seoul\nSEOUL, March 13 (Yonhap) -- They swim.\n");
  EXPECT_THAT(read.all(Kind::lifecycle), IsEmpty());
}

TEST(Trailer, IsAMailAddressOrTheAgencyAlone) {
  const ReadArticle read(
      "SEOUL, March 13 (Yonhap) -- The ducks swim.\nThey do so often.\n"
      "hana@duck.example\n(END)\n");
  EXPECT_THAT(read.all(Kind::trailer), ElementsAre("hana@duck.example"));
  EXPECT_THAT(read.all(Kind::endmark), ElementsAre("(END)"));
  const ReadArticle kill(
      "KILL\nOSLO (AP) — Members are asked to kill the story of the ducks.\n"
      "A substitute will move.\nThe AP\n");
  EXPECT_THAT(kill.all(Kind::trailer), ElementsAre("The AP"));
}

}  // namespace
}  // namespace wiredesk
