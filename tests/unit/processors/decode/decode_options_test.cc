#include <gtest/gtest.h>

#include <vector>

#include "processors/decode/decode.h"

namespace wiredesk {
namespace {

TEST(DecodeOptionsTest, WrongPointersAreProblems) {
  DecodeOptions options;
  options.json.text = "";
  options.json.id = "id";
  options.json.slug = "/a~2";
  options.json.headline = "";
  std::vector<ConfigProblem> problems;
  OptionReader::read(nullptr, "decode", problems, [&](OptionReader& in) { options.declare(in); });
  ASSERT_EQ(problems.size(), 3u);
  EXPECT_NE(problems[0].message.find("'text'"), std::string::npos);
  EXPECT_NE(problems[1].message.find("'id'"), std::string::npos);
  EXPECT_NE(problems[2].message.find("~0"), std::string::npos);
}

TEST(DecodeOptionsTest, EveryOptionIsDocumented) {
  DecodeOptions options;
  const auto docs =
      OptionReader::describe("decode", [&](OptionReader& in) { options.declare(in); });
  ASSERT_EQ(docs.size(), 11u);
  EXPECT_EQ(docs[0].name, "decode.format");
  EXPECT_EQ(docs[0].default_value, "auto");
  EXPECT_EQ(docs[3].name, "decode.json.text");
}

}  // namespace
}  // namespace wiredesk
