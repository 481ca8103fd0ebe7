#include "daemon/yaml_tree.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace wiredesk {
namespace {

using namespace std::string_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

std::string refusal(std::string_view text) {
  try {
    parse_yaml(text, "f.yaml");
  } catch (const ConfigError& error) {
    return error.what();
  }
  return "";
}

TEST(ParseYaml, KeepsOrderValuesAndPlaces) {
  const ConfigNode root = parse_yaml("b: 1\na:\n  - x\n  - y: z\nc: \"quoted: text\"\n", "f.yaml");
  ASSERT_EQ(root.entries.size(), 3u);
  EXPECT_EQ(root.entries[0].key, "b");
  EXPECT_EQ(root.entries[0].value.scalar, "1");
  const ConfigNode* list = root.find("a");
  ASSERT_TRUE(list && list->kind == ConfigNode::Kind::sequence);
  ASSERT_EQ(list->items.size(), 2u);
  EXPECT_EQ(list->items[0].scalar, "x");
  EXPECT_EQ(to_string(list->items[1].mark), "f.yaml:4:5");
  EXPECT_EQ(list->items[1].find("y")->scalar, "z");
  EXPECT_EQ(root.find("c")->scalar, "quoted: text");
  EXPECT_EQ(to_string(root.entries[2].mark), "f.yaml:5:1");
  EXPECT_EQ(root.find("d"), nullptr);
}

TEST(ParseYaml, NothingIsAnEmptyMap) {
  for (const char* text : {"", "\n\n", "# only a comment\n", "~", "{}"}) {
    const ConfigNode root = parse_yaml(text, "f.yaml");
    EXPECT_EQ(root.kind, ConfigNode::Kind::map) << text;
    EXPECT_THAT(root.entries, IsEmpty()) << text;
  }
}

TEST(ParseYaml, RefusesWithThePlace) {
  EXPECT_THAT(refusal("a: 1\nb: [1, 2\n"), StartsWith("f.yaml:3:1: not YAML: "));
  EXPECT_THAT(refusal("a: 1\n  b: 2\n"), StartsWith("f.yaml:2:"));
  EXPECT_EQ(refusal("a: 1\nb: 2\na: 3\n"), "f.yaml:3:1: the key 'a' stands twice");
  EXPECT_EQ(refusal("a: 1\n---\nb: 2\n"), "f.yaml:2:1: a second document begins here; one is read");
  EXPECT_EQ(refusal("? [1, 2]\n: 3\n"), "f.yaml:1:3: a key must be a plain word");
  EXPECT_EQ(refusal("a: 1\nb: x\0y\n"s), "f.yaml:2:5: not YAML: a NUL byte");
  EXPECT_THAT(refusal("- a\n- b\n"), HasSubstr("a configuration is a map of sections"));
  EXPECT_THAT(refusal("just words"), HasSubstr("a configuration is a map of sections"));
}

TEST(ParseYaml, RefusesEveryKeyThatStandsTwiceAtOnce) {
  EXPECT_EQ(refusal("a: 1\na: 2\nb:\n  c: 1\n  c: 2\n"),
            "f.yaml:2:1: the key 'a' stands twice\nf.yaml:5:3: the key 'c' stands twice");
}

TEST(ParseYaml, RefusesWhatIsNestedTooDeeply) {
  EXPECT_THAT(refusal("a: " + std::string(50, '[') + std::string(50, ']')),
              HasSubstr("nested too deeply"));
}

class SecretsTest : public testing::Test {
 protected:
  void SetUp() override {
    setenv("WIREDESK_TEST_VALUE", "from-env", 1);
    setenv("WIREDESK_TEST_EMPTY", "", 1);
    unsetenv("WIREDESK_TEST_UNSET");
  }
  void TearDown() override { std::filesystem::remove(path_); }

  std::string substituted(const std::string& value) {
    ConfigNode root = parse_yaml("key: '" + value + "'\n", "f.yaml");
    problems_.clear();
    substitute_secrets(root, problems_);
    return root.find("key")->scalar;
  }
  std::string problem() const { return problems_.empty() ? "" : problems_[0].message; }
  void write(const std::string& text) { std::ofstream(path_, std::ios::binary) << text; }

  std::string path_ = testing::TempDir() + "wiredesk_secret_" +
                      testing::UnitTest::GetInstance()->current_test_info()->name();
  std::vector<ConfigProblem> problems_;
};

TEST_F(SecretsTest, ComeFromTheEnvironment) {
  EXPECT_EQ(substituted("<${env:WIREDESK_TEST_VALUE}>"), "<from-env>");
  EXPECT_EQ(substituted("${env:WIREDESK_TEST_VALUE:-other}"), "from-env");
  EXPECT_EQ(substituted("${env:WIREDESK_TEST_EMPTY:-other}"), "");
  EXPECT_EQ(substituted("${env:WIREDESK_TEST_UNSET:-a:-b}"), "a:-b");
  EXPECT_EQ(substituted("${env:WIREDESK_TEST_UNSET:-}"), "");
  EXPECT_THAT(problems_, IsEmpty());
}

TEST_F(SecretsTest, AVariableThatIsNotSetIsAProblem) {
  substituted("${env:WIREDESK_TEST_UNSET}");
  EXPECT_EQ(problem(),
            "the environment variable 'WIREDESK_TEST_UNSET' is not set; set it, or give a default "
            "as in ${env:WIREDESK_TEST_UNSET:-value}");
  EXPECT_EQ(to_string(problems_[0].mark), "f.yaml:1:6");
}

TEST_F(SecretsTest, ComeFromFilesWithoutTheLastLineEnd) {
  for (const char* text : {"s3cret", "s3cret\n", "s3cret\r\n"}) {
    write(text);
    EXPECT_EQ(substituted("${file:" + path_ + "}"), "s3cret");
  }
  write("two\nlines\n\n");
  EXPECT_EQ(substituted("a ${file:" + path_ + "} b"), "a two\nlines\n b");
  EXPECT_THAT(problems_, IsEmpty());
}

TEST_F(SecretsTest, AFileThatCannotBeReadIsAProblem) {
  substituted("${file:/nowhere/at/all}");
  EXPECT_EQ(problem(), "cannot read the file '/nowhere/at/all' that this value names");
}

TEST_F(SecretsTest, ADirectoryIsNoSecret) {
  substituted("${file:" + testing::TempDir() + "}");
  EXPECT_THAT(problem(), HasSubstr("cannot read the file"));
}

TEST_F(SecretsTest, OtherDollarsStay) {
  EXPECT_EQ(substituted("pa$$word"), "pa$word");
  EXPECT_EQ(substituted("$${env:HOME}"), "${env:HOME}");
  EXPECT_EQ(substituted("cost: 5$"), "cost: 5$");
  EXPECT_EQ(substituted("^wire[.].*$"), "^wire[.].*$");
  EXPECT_EQ(substituted("${env:OPEN"), "${env:OPEN");
  EXPECT_THAT(problems_, IsEmpty());
}

TEST_F(SecretsTest, WhatIsNeitherKindIsAProblem) {
  substituted("${vault:x}");
  EXPECT_EQ(problem(), "'${vault:x}' is neither ${env:NAME} nor ${file:PATH}");
}

TEST_F(SecretsTest, ASecretIsNotLookedIntoAgain) {
  write("${env:WIREDESK_TEST_VALUE} $$");
  EXPECT_EQ(substituted("${file:" + path_ + "}"), "${env:WIREDESK_TEST_VALUE} $$");
}

TEST_F(SecretsTest, AreFoundInListsAndDeepMaps) {
  ConfigNode root = parse_yaml(
      "a: [\"${env:WIREDESK_TEST_VALUE}\"]\nb: {c: \"${env:WIREDESK_TEST_UNSET}\"}\n", "f.yaml");
  substitute_secrets(root, problems_);
  EXPECT_EQ(root.find("a")->items[0].scalar, "from-env");
  ASSERT_EQ(problems_.size(), 1u);
  EXPECT_EQ(to_string(problems_[0].mark), "f.yaml:2:8");
}

// yaml-cpp 0.7 reads the second and the third of these for ever.
TEST(ParseYaml, ComesBackFromStrayCharacters) {
  EXPECT_EQ(refusal("lanes: 1\ninput: '\0'"s), "f.yaml:2:9: not YAML: a NUL byte");
  EXPECT_EQ(refusal("\0,\n%'\0\0,\n"s), "f.yaml:1:1: not YAML: a NUL byte");
  EXPECT_THAT(refusal("\n,compression"), StartsWith("f.yaml:2:1: "));
}

}  // namespace
}  // namespace wiredesk
