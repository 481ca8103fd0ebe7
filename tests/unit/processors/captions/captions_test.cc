#include "processors/captions/captions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/fakes/read_article.h"

namespace wiredesk {
namespace {

using fakes::ReadArticle;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
using Kind = SegmentKind;

TEST(Captions, CapitalsWithACommaAreASubhead) {
  const ReadArticle read(
      "KUNMING, March 12 (Xinhua) -- The ducks took the train to the coast on Thursday.\n"
      "Duck keeper Bao Lin said that she had packed for all of them. \"They arrived dry,\" she "
      "said.\n"
      "SLOW DUCK, FAST TRAIN\n"
      "A return train is due on Sunday with the geese, the keeper said, and it will be louder.\n");
  EXPECT_THAT(read->captions, IsEmpty());
  EXPECT_THAT(read.all(Kind::subhead), ElementsAre("SLOW DUCK, FAST TRAIN"));
  EXPECT_THAT(read.all(Kind::paragraph), SizeIs(3));
}

TEST(Captions, AListOfNamesIsNoCredit) {
  const ReadArticle read(
      "The ducks will be shown in the capitals of Europe.\n"
      "They will be seen in the United States, Japan, West Germany, Britain, France, Italy and "
      "Canada.\n"
      "Payable April Three, May Six, June Five.\n");
  EXPECT_THAT(read->captions, IsEmpty());
  EXPECT_THAT(read.all(Kind::paragraph), SizeIs(3));
}

TEST(Captions, CreditBeginsBehindTheYear) {
  const ReadArticle read(
      "A duck crosses the harbour of Tromsoe, Norway, February 20, 2026. REUTERS/Jonas Elv\n"
      "OSLO, March 12 (Reuters) - The duck has crossed the harbour of Tromsoe, and it is back.\n"
      "A keeper shows the clock of the pond in Naples, Italy, 13 March 2026. ANSA/CIRO BUONF\n");
  ASSERT_THAT(read->captions, SizeIs(2));
  const Caption& first = read->captions[0];
  EXPECT_EQ(first.text, "A duck crosses the harbour of Tromsoe, Norway, February 20, 2026.");
  EXPECT_EQ(first.credit, "REUTERS/Jonas Elv");
  EXPECT_EQ(first.agency, "Reuters");
  EXPECT_THAT(first.photographers, ElementsAre("Jonas Elv"));
  EXPECT_EQ(to_string(*first.date), "2026-02-20");
  const Caption& second = read->captions[1];
  EXPECT_EQ(second.credit, "ANSA/CIRO BUONF");
  EXPECT_EQ(second.agency, "ANSA");
  EXPECT_EQ(to_string(*second.date), "2026-03-13");
}

TEST(Captions, CreditInBracketsIsNoEndMark) {
  const ReadArticle read(
      "NIIMI, Japan, March 13, Kyodo - The railway lends umbrellas to ducks, which is new.\n"
      "Photo shows a duck with an umbrella in Niimi on March 13, 2026. (Kyodo)\n\n==Kyodo\n");
  ASSERT_THAT(read->captions, SizeIs(1));
  EXPECT_EQ(read->captions[0].agency, "Kyodo");
  EXPECT_THAT(read.all(Kind::credit), ElementsAre("(Kyodo)"));
  EXPECT_THAT(read.all(Kind::endmark), ElementsAre("==Kyodo"));
}

TEST(Captions, StandFirstIsNoCaption) {
  const ReadArticle read(
      "Icebreaker crew rescues a duck\n"
      "The duck was hatched in Leningrad in 1961 and has wintered in the Arctic nine times\n"
      "© Arkady Bel/TASS\n"
      "MURMANSK, March 13. /TASS/. The crew of an icebreaker has lifted a duck from the ice.\n");
  ASSERT_THAT(read->captions, SizeIs(1));
  EXPECT_EQ(read->captions[0].text, "");
  EXPECT_EQ(read->captions[0].agency, "TASS");
  const ReadArticle picture(
      "Icebreaker crew rescues a duck\n"
      "Ducks at the harbour of Murmansk\n"
      "© Arkady Bel/TASS\n"
      "MURMANSK, March 13. /TASS/. The crew of an icebreaker has lifted a duck from the ice.\n");
  ASSERT_THAT(picture->captions, SizeIs(1));
  EXPECT_EQ(picture->captions[0].text, "Ducks at the harbour of Murmansk");
}

TEST(Captions, AreCutFromTheTextTheyAreGluedTo) {
  const ReadArticle read(
      "OSLO, March 12 (Reuters) - The ducks were counted on Thursday and none was missing.\n"
      "Nobody had expected that on Wednesday.Ducks wait to be counted in Oslo. (AP Photo/Ann Li)"
      "The keepers are looking for work now.\n");
  ASSERT_THAT(read->captions, SizeIs(1));
  EXPECT_EQ(read->captions[0].text, "Ducks wait to be counted in Oslo.");
  EXPECT_THAT(read.all(Kind::paragraph),
              ElementsAre("The ducks were counted on Thursday and none was missing.",
                          "Nobody had expected that on Wednesday.",
                          "The keepers are looking for work now."));
}

TEST(Captions, AreSignedByAnAgencyInBracketsBehindTheSentence) {
  const ReadArticle read(
      "OSLO, March 12 (Reuters) - The ducks were counted on Thursday and none was missing.\n"
      "The pond where the ducks have lived since 1986. (AAP)\n"
      "They have cost the town 60 kroner, its news agency said. (Xinhua)\n"
      "The keepers are looking for work now. (Reuters)\n"
      "Some of them may be found at the river.\n");
  ASSERT_THAT(read->captions, SizeIs(1));
  EXPECT_EQ(read->captions[0].agency, "AAP");
}

TEST(Captions, BeginWhereTheCreditOfTheNextLineEnds) {
  const ReadArticle read(
      "OSLO, March 12 (Reuters) - The ducks were counted on Thursday and none was missing.\n"
      "Nobody had expected that on Wednesday.Ducks wait to be counted\n"
      "REUTERS/Ann Li Purchase Licensing Rights, opens new tab\n"
      "The keepers are looking for work now.\n");
  ASSERT_THAT(read->captions, SizeIs(1));
  EXPECT_EQ(read->captions[0].text, "Ducks wait to be counted");
  EXPECT_EQ(read->captions[0].credit, "REUTERS/Ann Li");
  EXPECT_THAT(read.all(Kind::trailer), ElementsAre("Purchase Licensing Rights, opens new tab"));
  EXPECT_THAT(read.all(Kind::paragraph), SizeIs(3));
}

TEST(Captions, ACopyrightNoticeIsNoCredit) {
  const ReadArticle read(
      "OSLO (AP) — The ducks were counted on Thursday and none was missing, keepers said.\n"
      "The mayor was to visit them on Friday.\n"
      "Copyright 2018 Associated Press. All rights reserved.\n");
  EXPECT_THAT(read->captions, IsEmpty());
  EXPECT_THAT(read.all(Kind::trailer), SizeIs(1));
}

TEST(Captions, LeaveGluedSentencesWithoutACreditWhole) {
  const ReadArticle read(
      "OSLO, March 12 (Reuters) - The ducks were counted on Thursday.None of them was missing "
      "(and none had been \"missing\" before).The keepers are pleased with McDonald's bread.\n");
  EXPECT_THAT(read->captions, IsEmpty());
  EXPECT_THAT(read.all(Kind::paragraph), SizeIs(1));
}

}  // namespace
}  // namespace wiredesk
