#include "processors/text/lines.h"

#include <gtest/gtest.h>

namespace wiredesk {
namespace {

std::string joined(std::string_view text) {
  std::vector<Line> lines;
  split_lines(text, lines);
  std::string out;
  for (const Line& line : lines)
    out.append(line.after_blank ? "~" : "|").append(text.substr(line.span.begin, line.span.size()));
  return out;
}

TEST(LinesTest, EndsAtEveryKindOfLineEnd) {
  EXPECT_EQ(joined("one\ntwo\r\nthree\rfour"), "|one|two|three|four");
  EXPECT_EQ(joined("one\n\ntwo\r\n \r\nthree\r\rfour\n"), "|one~two~three~four");
}

TEST(LinesTest, TrimsUnicodeWhiteSpace) {
  EXPECT_EQ(joined("\xC2\xA0 one \xE3\x80\x80\n\xE2\x80\xA8two"), "|one|two");
}

TEST(LinesTest, HasNoneWhereThereIsOnlyWhiteSpace) {
  EXPECT_EQ(joined(""), "");
  EXPECT_EQ(joined(" \n\t\r\n\xC2\xA0"), "");
}

}  // namespace
}  // namespace wiredesk
