#include "processors/text/credit.h"

#include <gtest/gtest.h>

#include <string>

namespace wiredesk {
namespace {

struct Example {
  const char* line;
  const char* credit;
  const char* credit_line;
  const char* agency;
  const char* photographer;
};

class CreditTest : public testing::TestWithParam<Example> {};

TEST_P(CreditTest, IsFoundAtTheEndOfTheLine) {
  const Example& example = GetParam();
  const std::string line = example.line;
  const auto match = match_credit(line);
  ASSERT_TRUE(match) << line;
  EXPECT_GE(match->credit.confidence, kCreditAlone);
  EXPECT_EQ(line.substr(match->begin, match->end - match->begin), example.credit);
  EXPECT_EQ(match->credit.line, example.credit_line);
  EXPECT_EQ(match->credit.agency, example.agency);
  EXPECT_EQ(match->credit.photographers.empty() ? "" : match->credit.photographers.front(),
            example.photographer);
}

INSTANTIATE_TEST_SUITE_P(
    Forms, CreditTest,
    testing::Values(
        Example{"A boat leaves. (Xinhua/Qiu Manli)", "(Xinhua/Qiu Manli)", "Xinhua/Qiu Manli",
                "Xinhua", "Qiu Manli"},
        Example{"A boat leaves. (Photo by Tao Weiyan/Xinhua)", "(Photo by Tao Weiyan/Xinhua)",
                "Tao Weiyan/Xinhua", "Xinhua", "Tao Weiyan"},
        Example{"A boat leaves. [Photo/IC]", "[Photo/IC]", "IC", "IC", ""},
        Example{"A boat leaves. (AP Photo/Corin Hale, File)", "(AP Photo/Corin Hale, File)",
                "AP Photo/Corin Hale, File", "AP", "Corin Hale"},
        Example{"A boat leaves. (Corin Hale/Ellison Courier via AP)",
                "(Corin Hale/Ellison Courier via AP)", "Corin Hale/Ellison Courier via AP", "AP",
                "Corin Hale"},
        Example{"A boat leaves. (Photo by Luc TESSIER / AFP)", "(Photo by Luc TESSIER / AFP)",
                "Luc TESSIER/AFP", "AFP", "Luc TESSIER"},
        Example{"A boat leaves. (Photo by Luc TESSIER / AFP) (Photo by LUC TESSIER/AFP via Getty "
                "Images)",
                "(Photo by Luc TESSIER / AFP) (Photo by LUC TESSIER/AFP via Getty Images)",
                "Luc TESSIER/AFP", "AFP", "Luc TESSIER"},
        Example{"A boat leaves. REUTERS/Nell Tarrant/File Photo", "REUTERS/Nell Tarrant/File Photo",
                "REUTERS/Nell Tarrant/File Photo", "Reuters", "Nell Tarrant"},
        Example{"A boat leaves © Ilya Zemtsov/TASS", "© Ilya Zemtsov/TASS", "Ilya Zemtsov/TASS",
                "TASS", "Ilya Zemtsov"},
        Example{"Ein Boot. Foto: Jorid Ammen/dpa", "Foto: Jorid Ammen/dpa", "Jorid Ammen/dpa",
                "dpa", "Jorid Ammen"},
        Example{"A boat. Photograph: Hal Bright/The Guardian",
                "Photograph: Hal Bright/The Guardian", "Hal Bright/The Guardian", "The Guardian",
                "Hal Bright"},
        Example{"A boat leaves the pier. /CFP", "/CFP", "CFP", "CFP", ""},
        Example{"A boat leaves Baihe. EPA-EFE/MARA QUINDE", "EPA-EFE/MARA QUINDE",
                "EPA-EFE/MARA QUINDE", "EPA", "MARA QUINDE"},
        Example{"A boat leaves. (Nell Tarrant/Harbour News)", "(Nell Tarrant/Harbour News)",
                "Nell Tarrant/Harbour News", "Harbour News", "Nell Tarrant"}));

TEST(CreditTest, LeavesTextAlone) {
  for (std::string_view line :
       {"The minister spoke on Friday. (Xinhua)", "The minister spoke on Friday. (ANI)",
        "He may apply online and/or by letter", "The party leads by four points (Reuters/Ipsos)",
        "Reuters reported", "Getty sued", "She liked the photo by the door.",
        "Work begins in 2023/24.", "It uses the protocol (TCP/IP)", "The photo: the minister wept.",
        "He said the picture, sold to Getty Images, was his.", "It was 3/4 full.", "/", "()", "(/)",
        "\xC2\xA9", "Photo:", "Photo by"}) {
    const auto match = match_credit(line);
    EXPECT_TRUE(!match || match->credit.confidence < kCreditAlone) << line;
  }
}

}  // namespace
}  // namespace wiredesk
