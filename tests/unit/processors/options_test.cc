#include "processors/options.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/yaml_tree.h"

namespace wiredesk {
namespace {

using std::chrono::milliseconds;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

enum class Mode { slow, fast };

struct Options {
  std::string name = "north";
  bool loud = false;
  int lanes = 2;
  std::int64_t count = 7;
  std::size_t size = 1024;
  milliseconds wait{20};
  std::vector<std::string> topics{"one", "two"};
  NamedValues extra{{"known", "1", {}}};
  Mode mode = Mode::slow;
  int depth = 1;

  void declare(OptionReader& in) {
    in.text("name", name, "a name");
    in.flag("loud", loud, "whether it shouts");
    in.integer("lanes", lanes, 1, 8, "threads");
    in.integer("count", count, -10, 10'000'000'000, "how many");
    in.bytes("size", size, 1, std::size_t{1} << 40, "how large");
    in.duration("wait", wait, milliseconds(0), milliseconds(24LL * 3'600'000), "how long");
    in.list("topics", topics, "names");
    in.named_values("extra", extra, "others' names");
    in.choice<Mode>("mode", mode, {{"slow", Mode::slow}, {"fast", Mode::fast}}, "how");
    in.section("inner", "a section",
               [&](OptionReader& inner) { inner.integer("depth", depth, 0, 9, "how deep"); });
  }
};

class OptionsTest : public testing::Test {
 protected:
  std::vector<std::string> read(std::string_view yaml) {
    const ConfigNode root = parse_yaml(yaml, "f.yaml");
    std::vector<ConfigProblem> problems;
    OptionReader::read(&root, "", problems, [&](OptionReader& in) { options_.declare(in); });
    std::vector<std::string> lines;
    for (const ConfigProblem& problem : problems)
      lines.push_back(to_string(problem.mark) + ": " + problem.message);
    return lines;
  }

  Options options_;
};

TEST_F(OptionsTest, WhatIsNotNamedKeepsItsDefault) {
  EXPECT_THAT(read(""), IsEmpty());
  EXPECT_EQ(options_.name, "north");
  EXPECT_EQ(options_.lanes, 2);
  EXPECT_THAT(options_.topics, ElementsAre("one", "two"));
}

TEST_F(OptionsTest, AKeyWithoutAValueKeepsItsDefault) {
  EXPECT_THAT(read("name:\nlanes: ~\ninner:\n"), IsEmpty());
  EXPECT_EQ(options_.name, "north");
  EXPECT_EQ(options_.lanes, 2);
}

TEST_F(OptionsTest, ReadsEveryType) {
  EXPECT_THAT(read("name: south\nloud: true\nlanes: 8\ncount: -10\nsize: 16KiB\nwait: 72ms\n"
                   "topics: [a, b, c]\nextra: {other: 5, known: 2}\nmode: fast\n"
                   "inner: {depth: 9}\n"),
              IsEmpty());
  EXPECT_EQ(options_.name, "south");
  EXPECT_TRUE(options_.loud);
  EXPECT_EQ(options_.lanes, 8);
  EXPECT_EQ(options_.count, -10);
  EXPECT_EQ(options_.size, 16384u);
  EXPECT_EQ(options_.wait, milliseconds(72));
  EXPECT_THAT(options_.topics, ElementsAre("a", "b", "c"));
  ASSERT_EQ(options_.extra.size(), 2u);
  EXPECT_EQ(options_.extra[0].value, "2");
  EXPECT_EQ(options_.extra[1].name, "other");
  EXPECT_EQ(to_string(options_.extra[1].mark), "f.yaml:8:16");
  EXPECT_EQ(options_.mode, Mode::fast);
  EXPECT_EQ(options_.depth, 9);
}

TEST_F(OptionsTest, TellsEveryErrorAtItsPlace) {
  EXPECT_THAT(
      read("loud: yes\n"
           "lanes: 9\n"
           "count: 1.5\n"
           "size: 3 bushels\n"
           "wait: 20\n"
           "topics: one\n"
           "mode: medium\n"
           "inner:\n"
           "  depth: -1\n"
           "  deepth: 3\n"),
      ElementsAre("f.yaml:1:7: 'loud' takes true or false, not 'yes'",
                  "f.yaml:2:8: 'lanes' takes a whole number from 1 to 8, not '9'",
                  HasSubstr("f.yaml:3:8: 'count' takes a whole number from -10 to"),
                  "f.yaml:4:7: 'size' takes a size from 1 to 1TiB, such as 16MiB, not '3 bushels'",
                  "f.yaml:5:7: 'wait' takes a time from 0ms to 24h, such as 20ms or 72h, not '20'",
                  "f.yaml:6:9: 'topics' takes a list, such as [\"one\", \"two\"]",
                  "f.yaml:7:7: 'mode' takes one of slow, fast, not 'medium'",
                  "f.yaml:9:10: 'inner.depth' takes a whole number from 0 to 9, not '-1'",
                  "f.yaml:10:3: unknown key 'inner.deepth'; did you mean 'inner.depth'?"));
}

TEST_F(OptionsTest, TellsWhereTheShapeIsWrong) {
  EXPECT_THAT(
      read("name: [a]\n"
           "lanes: {a: 1}\n"
           "topics: [a, [b], {c: d}]\n"
           "extra: 5\n"
           "inner: 7\n"),
      ElementsAre("f.yaml:1:7: 'name' takes one value", "f.yaml:2:8: 'lanes' takes one value",
                  "f.yaml:3:13: 'topics' takes plain values in its list",
                  "f.yaml:3:18: 'topics' takes plain values in its list",
                  "f.yaml:4:8: 'extra' takes names and values below it",
                  "f.yaml:5:8: 'inner' is a section: write its keys below it"));
  EXPECT_THAT(read("extra: {deep: {er: 1}}\n"),
              ElementsAre("f.yaml:1:15: 'extra.deep' takes one value"));
}

TEST_F(OptionsTest, AValueThatIsWrongChangesNothing) {
  read("lanes: 9\nsize: x\nwait: y\nloud: maybe\n");
  EXPECT_EQ(options_.lanes, 2);
  EXPECT_EQ(options_.size, 1024u);
  EXPECT_EQ(options_.wait, milliseconds(20));
  EXPECT_FALSE(options_.loud);
}

TEST_F(OptionsTest, GuessesOnlyWhatIsNear) {
  EXPECT_THAT(read("lane: 1\n"),
              ElementsAre("f.yaml:1:1: unknown key 'lane'; did you mean 'lanes'?"));
  EXPECT_THAT(read("iner: {}\n"),
              ElementsAre("f.yaml:1:1: unknown key 'iner'; did you mean 'inner'?"));
  EXPECT_THAT(read("somewhere_else: 1\n"), ElementsAre("f.yaml:1:1: unknown key 'somewhere_else'"));
}

TEST_F(OptionsTest, AProblemOfTheCallersStandsAtItsKey) {
  const ConfigNode root = parse_yaml("a: 1\nsection:\n  b: 2\n", "f.yaml");
  std::vector<ConfigProblem> problems;
  OptionReader::read(&root, "", problems, [](OptionReader& in) {
    std::string a;
    in.text("a", a, "");
    in.section("section", "", [](OptionReader& section) {
      std::string b;
      section.text("b", b, "");
      section.problem("b", "b disagrees");
    });
    in.problem("a", "a disagrees");
  });
  ASSERT_EQ(problems.size(), 2u);
  EXPECT_EQ(to_string(problems[0].mark), "f.yaml:3:6");
  EXPECT_EQ(to_string(problems[1].mark), "f.yaml:1:4");
}

TEST_F(OptionsTest, DescribesWhatThereIsWithItsDefaults) {
  std::vector<std::string> lines;
  for (const OptionDoc& doc :
       OptionReader::describe("x", [&](OptionReader& in) { options_.declare(in); }))
    lines.push_back(doc.name + " | " + doc.type + " | " + doc.default_value + " | " + doc.doc);
  EXPECT_THAT(
      lines,
      ElementsAre(
          "x.name | text | north | a name", "x.loud | true | false | false | whether it shouts",
          "x.lanes | integer | 2 | threads", "x.count | integer | 7 | how many",
          "x.size | bytes | 1KiB | how large", "x.wait | duration | 20ms | how long",
          "x.topics | list | [one, two] | names", "x.extra | map | {known: 1} | others' names",
          "x.mode | slow | fast | slow | how", "x.inner.depth | integer | 1 | how deep"));
}

TEST(ParseBytes, KnowsBinaryAndDecimalUnits) {
  std::size_t bytes = 0;
  EXPECT_TRUE(parse_bytes("1000", bytes));
  EXPECT_EQ(bytes, 1000u);
  EXPECT_TRUE(parse_bytes("1 MB", bytes));
  EXPECT_EQ(bytes, 1'000'000u);
  EXPECT_TRUE(parse_bytes("2GiB", bytes));
  EXPECT_EQ(bytes, std::size_t{2} << 30);
}

TEST(ParseBytes, TakesNothingElse) {
  std::size_t bytes = 0;
  for (const char* text : {"", "MiB", "-1", "1.5MiB", "1mib", "9999999999999GiB", "1 2", "0x10"})
    EXPECT_FALSE(parse_bytes(text, bytes)) << text;
}

TEST(ParseDuration, NeedsItsUnit) {
  milliseconds duration{};
  EXPECT_TRUE(parse_duration("3d", duration));
  EXPECT_EQ(duration, std::chrono::hours(72));
  EXPECT_TRUE(parse_duration("0", duration));
  EXPECT_EQ(duration.count(), 0);
  for (const char* text : {"", "20", "20 min", "-1s", "1.5h", "h", "99999999999999999d"})
    EXPECT_FALSE(parse_duration(text, duration)) << text;
}

TEST(Format, WritesTheLargestUnitThatFitsWithoutARest) {
  EXPECT_EQ(format_bytes(std::size_t{16} << 20), "16MiB");
  EXPECT_EQ(format_bytes(1500), "1500");
  EXPECT_EQ(format_duration(milliseconds(259'200'000)), "72h");
  EXPECT_EQ(format_duration(milliseconds(90'000)), "90s");
  EXPECT_EQ(format_duration(milliseconds(0)), "0ms");
}

TEST(Format, ReadsBackTheSame) {
  for (const std::size_t value : {std::size_t{1}, std::size_t{1024}, std::size_t{1025},
                                  std::size_t{1} << 40, std::size_t{3} << 30}) {
    std::size_t parsed = 0;
    EXPECT_TRUE(parse_bytes(format_bytes(value), parsed));
    EXPECT_EQ(parsed, value);
  }
}

}  // namespace
}  // namespace wiredesk
