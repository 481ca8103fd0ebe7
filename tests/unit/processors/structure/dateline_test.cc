#include "processors/structure/dateline.h"

#include <gtest/gtest.h>

namespace wiredesk {
namespace {

struct Example {
  const char* dateline;
  std::vector<std::string> places;
  const char* agency;
  const char* date;
};

class DatelineTest : public testing::TestWithParam<Example> {};

TEST_P(DatelineTest, IsReadAtTheStart) {
  const Example& example = GetParam();
  const std::string line =
      std::string(example.dateline) +
      " The ferry terminal was opened on Friday after three years of work, officials said.";
  const auto match = match_dateline(line);
  ASSERT_TRUE(match);
  EXPECT_EQ(line.substr(0, match->end), example.dateline);
  EXPECT_EQ(match->places, example.places);
  EXPECT_EQ(match->agency, example.agency);
  EXPECT_EQ(match->date ? to_string(*match->date) : "", example.date);
}

INSTANTIATE_TEST_SUITE_P(
    Forms, DatelineTest,
    testing::Values(
        Example{"BEIJING, Dec. 15 (Xinhua) --", {"Beijing"}, "Xinhua", "--12-15"},
        Example{"HONG KONG, Nov. 7 (Xinhua) --", {"Hong Kong"}, "Xinhua", "--11-07"},
        Example{"LONDON, March 3 (Reuters) -", {"London"}, "Reuters", "--03-03"},
        Example{"LONDON/PARIS, March 3 (Reuters) -", {"London", "Paris"}, "Reuters", "--03-03"},
        Example{"WASHINGTON (AP) \xE2\x80\x94", {"Washington"}, "AP", ""},
        Example{"NAIROBI, Kenya (AP) --", {"Nairobi"}, "AP", ""},
        Example{"PARIS, Dec 15, 2021 (AFP) -", {"Paris"}, "AFP", "2021-12-15"},
        Example{"Berlin (dpa) -", {"Berlin"}, "dpa", ""},
        Example{"TOKYO, Dec. 15, Kyodo -", {"Tokyo"}, "Kyodo", "--12-15"},
        Example{"TOKYO (Kyodo) _", {"Tokyo"}, "Kyodo", ""},
        Example{"MOSCOW, December 15. /TASS/.", {"Moscow"}, "TASS", "--12-15"},
        Example{"SEOUL, Dec. 15 (Yonhap) --", {"Seoul"}, "Yonhap", "--12-15"},
        Example{"New Delhi [India], December 15 (ANI):", {"New Delhi"}, "ANI", "--12-15"},
        Example{"Chennai (Tamil Nadu) [India], October 15 (ANI):", {"Chennai"}, "ANI", "--10-15"},
        Example{"Madrid, 15 Dec (EFE).-", {"Madrid"}, "EFE", "--12-15"},
        Example{"New Delhi, Feb 7 (PTI)", {"New Delhi"}, "PTI", "--02-07"},
        Example{"ANKARA (AA) -", {"Ankara"}, "Anadolu", ""},
        Example{"MOSCOW. April 26 (Interfax) -", {"Moscow"}, "Interfax", "--04-26"},
        Example{"Tehran, IRNA -", {"Tehran"}, "IRNA", ""},
        Example{"NAIROBI, March 17 -", {"Nairobi"}, "", "--03-17"},
        Example{"RIO DE JANEIRO, March 17 (Reuters) -", {"Rio de Janeiro"}, "Reuters", "--03-17"},
        Example{"SINGAPORE \xE2\x80\x93", {"Singapore"}, "", ""}));

TEST(DatelineTest, LeavesSentencesAlone) {
  for (std::string_view line :
       {"The minister said on Friday - as he had before - that nothing would change in the years",
        "UPDATE - The ferry terminal was opened on Friday after three years of work, they said.",
        "On December 15 (a Friday) the ferry terminal was opened after three years of long work.",
        "\"BEIJING (AP) - is how it begins,\" the teacher told her class on Friday at the school.",
        "Reuters reported on Friday that the ferry terminal was opened after years of hard work.",
        "PRICES - DOWN", "", "-", "(", "(Xinhua)", "A", "AP -"})
    EXPECT_FALSE(match_dateline(line)) << line;
}

TEST(DatelineTest, IsFoundWhereALineBreakWasLost) {
  const std::string line =
      "People wait. REUTERS/Nell TarrantDUBLIN, March 4 (Reuters) - The ferry sailed again.";
  const auto match = find_glued_dateline(line);
  ASSERT_TRUE(match);
  EXPECT_EQ(line.substr(match->begin, match->end - match->begin), "DUBLIN, March 4 (Reuters) -");
}

}  // namespace
}  // namespace wiredesk
