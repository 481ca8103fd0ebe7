#include "daemon/terminal_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace wiredesk {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string plain(const StyledText& text, int width, int indent = 0) {
  return render(text.wrap(width, indent), false);
}

TEST(TerminalText, BreaksAtSpacesAndIndentsWhatContinues) {
  EXPECT_EQ(plain(StyledText("one two three\nfour"), 7), "one two\nthree\nfour\n");
  EXPECT_EQ(plain(StyledText("one two three\nfour five"), 7, 2),
            "one two\n  three\nfour\n  five\n");
}

TEST(TerminalText, CutsWordsThatAreLongerThanTheLine) {
  EXPECT_EQ(plain(StyledText("abcdefgh ij"), 3), "abc\ndef\ngh\nij\n");
  EXPECT_EQ(plain(StyledText("\u9244"), 1), "\u9244\n") << "too wide for any line, but not lost";
}

TEST(TerminalText, CountsWideCharactersTwiceAndCombiningOnesNotAtAll) {
  EXPECT_EQ(plain(StyledText("\u9244\u9053\u9244\u9053"), 4), "\u9244\u9053\n\u9244\u9053\n");
  const auto lines = StyledText("e\u0301a\u0308 \u9244").wrap(10);
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_EQ(width_of(lines[0]), 5);
}

TEST(TerminalText, EmptyLinesStay) {
  EXPECT_EQ(plain(StyledText("a\n\nb\r\nc"), 10), "a\n\nb\nc\n");
}

TEST(TerminalText, ControlCharactersBecomeVisible) {
  const std::string shown = plain(StyledText("a\x1b[2Jb\x7f\rc\xc2\x9b"
                                             "31m\u202Ed"),
                                  80);
  EXPECT_EQ(shown, "a\u241B[2Jb\u2421\u240Dc<U+009B>31m<U+202E>d\n");
}

TEST(TerminalText, NoByteOfAnyKindReachesTheTerminalRaw) {
  std::string bytes;
  for (int first = 0; first < 256; ++first)
    for (int second = 0; second < 256; ++second) {
      bytes.push_back(static_cast<char>(first));
      bytes.push_back(static_cast<char>(second));
    }
  std::string shown = plain(StyledText(bytes), 40);
  std::erase(shown, '\n');
  for (const char each : shown)
    ASSERT_TRUE(static_cast<unsigned char>(each) >= 0x20 && each != '\x7f');
  EXPECT_THAT(shown, Not(HasSubstr("\xc2\x9b")));
}

TEST(TerminalText, BytesThatAreNotUtf8AreShownAsNumbers) {
  EXPECT_EQ(plain(StyledText("espa\xf1"
                             "a"),
                  80),
            "espa<F1>a\n");
}

TEST(TerminalText, ShortensTheMiddleAndCountsItsWords) {
  const auto lines = shorten(StyledText("a b\nc\nd e f\ng\nh i").wrap(20), 3);
  EXPECT_EQ(render(lines, false),
            "a b\n\u00b7\u00b7\u00b7 5 words left out here \u00b7\u00b7\u00b7\nh i\n");
  EXPECT_EQ(shorten(StyledText("a\nb\nc").wrap(20), 3).size(), 3u);
}

TEST(TerminalText, ColoursOnlyWhenAsked) {
  const auto lines = StyledText("x", Style::caption).add("y").wrap(9);
  EXPECT_EQ(render(lines, true), "\x1b[32mx\x1b[0my\n");
  EXPECT_EQ(render(lines, false), "xy\n");
}

TEST(TerminalText, ColumnsStandInLine) {
  const auto left = StyledText("\u9244a\nb").wrap(5);
  const auto right = StyledText("1\n2\n3").wrap(5);
  EXPECT_EQ(render_side_by_side(left, right, 13, false),
            "\u9244a   \u2502 1\nb     \u2502 2\n      \u2502 3\n");
}

}  // namespace
}  // namespace wiredesk
