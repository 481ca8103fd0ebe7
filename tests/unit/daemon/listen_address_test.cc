#include "daemon/listen_address.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

namespace wiredesk {
namespace {

using testing::HasSubstr;
using testing::ThrowsMessage;

TEST(ListenAddress, TakesHostsAndAddresses) {
  const auto ipv4 = parse_listen_address("127.0.0.1:8080");
  ASSERT_TRUE(ipv4);
  EXPECT_EQ(ipv4->host, "127.0.0.1");
  EXPECT_EQ(ipv4->port, 8080);
  EXPECT_EQ(parse_listen_address("localhost:0")->port, 0);
  EXPECT_EQ(parse_listen_address("[::1]:65535")->host, "::1");
}

TEST(ListenAddress, IsWrittenAsItIsRead) {
  for (const char* text : {"127.0.0.1:8080", "[::1]:8080", "localhost:0"})
    EXPECT_EQ(to_string(*parse_listen_address(text)), text);
}

TEST(ListenAddress, OffIsNone) {
  EXPECT_FALSE(parse_listen_address(""));
  EXPECT_FALSE(parse_listen_address("off"));
}

class BadListenAddress : public testing::TestWithParam<std::pair<const char*, const char*>> {};

TEST_P(BadListenAddress, SaysWhatIsWrongAndHowToMendIt) {
  const char* const text = GetParam().first;
  const char* const what = GetParam().second;
  const auto parse = [&] { parse_listen_address(text); };
  EXPECT_THAT(parse, ThrowsMessage<std::invalid_argument>(HasSubstr(what)));
  EXPECT_THAT(parse, ThrowsMessage<std::invalid_argument>(HasSubstr("write host:port")));
}

INSTANTIATE_TEST_SUITE_P(
    All, BadListenAddress,
    testing::Values(std::pair{"8080", "there is no port"}, std::pair{"localhost", "no port"},
                    std::pair{"[::1]", "there is no port"}, std::pair{":8080", "there is no host"},
                    std::pair{"::1:8080", "needs brackets"}, std::pair{"[::1:8080", "bracket"},
                    std::pair{"a:", "the port is not"}, std::pair{"a:-1", "the port is not"},
                    std::pair{"a:65536", "the port is not"}, std::pair{"a:80x", "the port is not"},
                    std::pair{"a:99999999999", "the port is not"}));

}  // namespace
}  // namespace wiredesk
