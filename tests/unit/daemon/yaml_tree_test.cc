#include "daemon/yaml_tree.h"

#include <gtest/gtest.h>

#include <string>

namespace wiredesk {
namespace {

using namespace std::string_literals;

TEST(YamlTree, NulIsRefusedWithItsPlace) {
  try {
    parse_yaml("lanes: 1\ninput: '\0'"s, "a.yaml");
    FAIL() << "it was read";
  } catch (const ConfigError& error) {
    ASSERT_EQ(error.problems().size(), 1u);
    EXPECT_EQ(to_string(error.problems()[0].mark), "a.yaml:2:9");
  }
}

// yaml-cpp 0.7 looks for the end of this quoted text for ever.
TEST(YamlTree, NulInAnUnendedQuoteComesBack) {
  EXPECT_THROW(parse_yaml("\0,\n%'\0\0,\n"s, "a.yaml"), ConfigError);
}

}  // namespace
}  // namespace wiredesk
