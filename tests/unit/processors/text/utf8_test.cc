#include "processors/text/utf8.h"

#include <gtest/gtest.h>

#include <ostream>
#include <random>

namespace wiredesk::utf8 {
namespace {

using namespace std::string_literals;

TEST(FirstInvalid, TakesEveryLengthOfSequence) {
  EXPECT_EQ(first_invalid(""), kValid);
  EXPECT_EQ(first_invalid("plain"), kValid);
  EXPECT_EQ(first_invalid("é€𝄞\U0010FFFF"), kValid);
  EXPECT_EQ(first_invalid("a\0b"s), kValid);
}

struct BadCase {
  std::string text;
  std::size_t at;
};

void PrintTo(const BadCase& value, std::ostream* out) {
  for (const char byte : value.text)
    *out << std::hex << std::uppercase << static_cast<int>(static_cast<unsigned char>(byte)) << ' ';
}

class FirstInvalidTest : public testing::TestWithParam<BadCase> {};

TEST_P(FirstInvalidTest, SaysWhereTheSequenceBegins) {
  EXPECT_EQ(first_invalid(GetParam().text), GetParam().at);
  // Long runs of ASCII are read in bigger steps.
  EXPECT_EQ(first_invalid(std::string(200, 'x') + GetParam().text), 200 + GetParam().at);
}

INSTANTIATE_TEST_SUITE_P(TableThreeSeven, FirstInvalidTest,
                         testing::Values(BadCase{"\xC0\x80", 0},            // overlong NUL
                                         BadCase{"a\xC1\xBF", 1},           // overlong, two bytes
                                         BadCase{"ab\xE0\x9F\xBF", 2},      // overlong, three bytes
                                         BadCase{"\xF0\x8F\xBF\xBF", 0},    // overlong, four bytes
                                         BadCase{"\xED\xA0\x80", 0},        // surrogate
                                         BadCase{"\xF4\x90\x80\x80", 0},    // above U+10FFFF
                                         BadCase{"\xF5\x80\x80\x80", 0},    // never a lead byte
                                         BadCase{"a\x80", 1},               // continuation alone
                                         BadCase{"\xE2\x82", 0},            // ends too early
                                         BadCase{"\xE2\x82z", 0},           // broken off
                                         BadCase{"gr\xFC\xDF"s + "e", 2},   // Latin-1
                                         BadCase{"\xEF\xBB\xBF\xFF", 3}));  // behind a BOM

TEST(Decode, ReadsWhatAppendWrote) {
  for (const char32_t code_point : {U'\0', U'a', U'\x7F', U'\x80', U'\x7FF', U'\x800', U'\xD7FF',
                                    U'\xE000', U'\xFFFF', U'\x10000', U'\x10FFFF'}) {
    std::string text = "<";
    append(text, code_point);
    const Decoded decoded = decode(text, 1);
    EXPECT_EQ(decoded.code_point, code_point);
    EXPECT_EQ(decoded.size, text.size() - 1);
    EXPECT_EQ(previous(text, text.size()), 1u);
    EXPECT_EQ(first_invalid(text), kValid);
    EXPECT_EQ(count(text), 2u);
  }
}

TEST(CodePointIndex, AgreesWithCountingAtEveryCharacter) {
  std::mt19937 random(7);  // fixed: a failure must come again
  for (int round = 0; round < 20; ++round) {
    std::string text;
    const bool ascii = round % 4 == 0;
    for (int i = 0; i < 500; ++i)
      append(text, static_cast<char32_t>(ascii || random() % 3 ? 'a' + random() % 26
                                                               : 0x80 + random() % 0x4000));
    const CodePointIndex index(text);
    std::uint32_t expected = 0;
    for (std::size_t at = 0; at < text.size(); at += decode(text, at).size)
      ASSERT_EQ(index.at(at), expected++) << "round " << round << " byte " << at;
    EXPECT_EQ(index.at(text.size()), expected);
    EXPECT_EQ(index.size(), expected);
  }
}

TEST(CodePointIndex, OfNothing) {
  EXPECT_EQ(CodePointIndex().size(), 0u);
  EXPECT_EQ(CodePointIndex("").at(0), 0u);
}

}  // namespace
}  // namespace wiredesk::utf8
