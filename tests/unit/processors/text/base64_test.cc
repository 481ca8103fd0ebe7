#include "processors/text/base64.h"

#include <gtest/gtest.h>

namespace wiredesk {
namespace {

// RFC 4648, section 10, and bytes that need all of the alphabet's end.
TEST(Base64, FollowsTheStandardsVectors) {
  const std::pair<std::string_view, std::string_view> kTable[] = {{"", ""},
                                                                  {"f", "Zg=="},
                                                                  {"fo", "Zm8="},
                                                                  {"foo", "Zm9v"},
                                                                  {"foob", "Zm9vYg=="},
                                                                  {"fooba", "Zm9vYmE="},
                                                                  {"foobar", "Zm9vYmFy"},
                                                                  {"\xFB\xFF\xBF", "+/+/"}};
  for (const auto& [bytes, text] : kTable) {
    EXPECT_EQ(base64_encode(bytes), text);
    EXPECT_EQ(base64_decode(text), bytes);
  }
}

TEST(Base64, PaddingMayBeLeftOut) {
  EXPECT_EQ(base64_decode("Zg"), "f");
}

TEST(Base64, RefusesWhatIsNotBase64) {
  for (const std::string_view text : {"Z", "Zg===", "Z g=", "Zm9v\n", "Zm-v", "=Zg="})
    EXPECT_FALSE(base64_decode(text)) << text;
}

TEST(Base64, EveryByteComesBack) {
  std::string bytes;
  for (int i = 0; i < 256; ++i) bytes.push_back(static_cast<char>(i));
  EXPECT_EQ(base64_decode(base64_encode(bytes)), bytes);
}

}  // namespace
}  // namespace wiredesk
