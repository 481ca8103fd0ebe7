#include "processors/entities/gazetteer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <set>
#include <stdexcept>
#include <string>
#include <tuple>

#include "processors/entities/matcher.h"
#include "processors/text/utf8.h"

namespace wiredesk::entities {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

std::string problem_of(const std::string& text) {
  try {
    Gazetteer::parse("names.tsv", text);
  } catch (const std::runtime_error& error) {
    return error.what();
  }
  return "no problem";
}

struct Broken {
  std::string name;
  std::string text;
  std::string place;
  std::string what;
};

class BrokenGazetteers : public testing::TestWithParam<Broken> {};

TEST_P(BrokenGazetteers, SayWhereAndWhat) {
  EXPECT_THAT(problem_of(GetParam().text), StartsWith(GetParam().place));
  EXPECT_THAT(problem_of(GetParam().text), HasSubstr(GetParam().what));
}

const std::vector<Broken> kBroken{
    {"columns", "# c\nOslo\tplace\t\t\tNO\n", "names.tsv:2: ", "has 5"},
    {"type", "Oslo\ttown\t\t\tNO\t\n", "names.tsv:1: ", "\"town\""},
    {"qid", "Oslo\tplace\t585\t\tNO\t\n", "names.tsv:1: ", "\"585\""},
    {"qid_with_letters", "Oslo\tplace\tQ58x\t\tNO\t\n", "names.tsv:1: ", "\"Q58x\""},
    {"country", "Oslo\tplace\tQ585\t\tNor\t\n", "names.tsv:1: ", "\"Nor\""},
    {"flag", "Oslo\tplace\tQ585\t\tNO\tcapitol\n", "names.tsv:1: ", "\"capitol\""},
    {"flag_of_no_name", "Oslo\tplace\tQ585\t\tNO\tcommon:Olso\n", "names.tsv:1: ", "\"Olso\""},
    {"empty_alias", "Oslo\tplace\tQ585\tChristiania|\tNO\t\n", "names.tsv:1: ", "no letter"},
    {"no_letter", "--\tplace\t\t\t\t\n", "names.tsv:1: ", "no letter"},
    {"first_character", "'Ataq\tplace\t\t\tYE\t\n", "names.tsv:1: ", "does not begin"},
    {"alias_twice", "Oslo\tplace\t\tOslo\tNO\t\n", "names.tsv:1: ", "twice"},
    {"entry_twice", "Oslo\tplace\t\t\tNO\t\nOslo\tplace\t\t\tNO\t\n",
     "names.tsv:2: ", "second time"},
    {"country_twice", "Norway\tplace\t\t\tNO\tcountry\nNoreg\tplace\t\t\tNO\tcountry\n",
     "names.tsv:2: ", "\"NO\" has two"},
    {"country_flag_without_code", "Norway\tplace\t\t\t\tcountry\n", "names.tsv:1: ", "code"},
    {"demonym_without_country", "\nNorwegian\tdemonym\t\t\tNO\t\n", "names.tsv:2: ", "\"NO\""},
    {"not_utf8", "Oslo\tplace\t\t\tNO\t\nMal\xe9\tplace\t\t\tMV\t\n", "names.tsv:2: ", "UTF-8"},
    {"empty", "# nothing\n", "names.tsv:1: ", "no entry"},
};

INSTANTIATE_TEST_SUITE_P(Table, BrokenGazetteers, testing::ValuesIn(kBroken),
                         [](const auto& each) { return each.param.name; });

TEST(Gazetteer, ReadsAFileWithOtherLineEnds) {
  const auto gazetteer = Gazetteer::parse(
      "x.tsv", "# date: 2031-02-03\r\nOslo\tplace\tQ585\tChristiania\tNO\tcapital\r\n");
  ASSERT_EQ(gazetteer->entries().size(), 1U);
  EXPECT_EQ(gazetteer->name_count(), 2U);
  EXPECT_TRUE(gazetteer->entry(0).is_capital);
  EXPECT_EQ(gazetteer->entry(0).id(), "http://www.wikidata.org/entity/Q585");
  EXPECT_THAT(gazetteer->version(), StartsWith("2031-02-03-"));
}

TEST(Gazetteer, VersionFollowsTheBytes) {
  const auto one = Gazetteer::parse("x.tsv", "Oslo\tplace\t\t\tNO\t\n");
  const auto other = Gazetteer::parse("x.tsv", "Oslo\tplace\t\t\tNO\t\n# more\n");
  EXPECT_NE(one->version(), other->version());
}

TEST(Gazetteer, LocalIdsAreAscii) {
  const auto gazetteer = Gazetteer::parse("x.tsv",
                                          "Łódź Ørsted\torganisation\t\t\t\t\n"
                                          "Jonas Gahr Støre\tperson\t\t\tNO\t\n");
  EXPECT_EQ(gazetteer->entry(1).id(), "urn:wiredesk:entity:person:jonas-gahr-st%C3%B8re");
  for (const GazetteerEntry& entry : gazetteer->entries())
    for (char byte : entry.id()) EXPECT_LT(static_cast<unsigned char>(byte), 0x80) << entry.id();
}

TEST(Gazetteer, LoadsFromAPathAndNamesItInErrors) {
  const std::string path = testing::TempDir() + "wiredesk-gazetteer.tsv";
  std::ofstream(path) << "Oslo\tplace\n";
  try {
    Gazetteer::load(path);
    FAIL() << "loaded";
  } catch (const std::runtime_error& error) {
    EXPECT_THAT(error.what(), StartsWith(path + ":1: "));
  }
  std::remove(path.c_str());
  EXPECT_THROW(Gazetteer::load(path), std::runtime_error);
}

class ShippedGazetteer : public testing::Test {
 protected:
  const std::shared_ptr<const Gazetteer> gazetteer_ = Gazetteer::builtin();
};

TEST_F(ShippedGazetteer, HoldsEnough) {
  EXPECT_GE(gazetteer_->entries().size(), 1000U);
  const auto count = [&](auto&& wanted) {
    return std::count_if(gazetteer_->entries().begin(), gazetteer_->entries().end(), wanted);
  };
  EXPECT_GE(count([](const auto& each) { return each.is_country; }), 193);
  EXPECT_GE(count([](const auto& each) { return each.is_capital; }), 180);
  EXPECT_GE(count([](const auto& each) { return each.type == EntityType::demonym; }), 190);
  EXPECT_GE(count([](const auto& each) { return each.type == EntityType::person; }), 500);
}

TEST_F(ShippedGazetteer, IsSortedAndFreeOfDoubles) {
  std::set<std::string> ids;
  std::tuple<std::string, std::string, std::string> last;
  for (const GazetteerEntry& entry : gazetteer_->entries()) {
    const std::tuple now{std::string(to_string(entry.type)), std::string(entry.name),
                         std::string(entry.country)};
    EXPECT_LT(last, now) << entry.name;
    last = now;
    EXPECT_TRUE(ids.insert(entry.id()).second) << entry.id() << " stands for two entries";
  }
}

TEST_F(ShippedGazetteer, EveryEntryIsFoundByItsName) {
  for (std::uint32_t i = 0; i < gazetteer_->entries().size(); ++i) {
    const std::string text = "near " + std::string(gazetteer_->entry(i).name) + ", said";
    std::vector<Hit> hits;
    find_names(*gazetteer_, text, {0, static_cast<std::uint32_t>(text.size())}, hits);
    ASSERT_FALSE(hits.empty()) << text;
    const auto begin = hits[0].candidates.begin();
    const auto end = begin + hits[0].candidate_count;
    EXPECT_NE(std::find(begin, end, i), end) << text;
    EXPECT_EQ(hits[0].span.size(), gazetteer_->entry(i).name.size()) << text;
  }
}

TEST_F(ShippedGazetteer, NamesAreClean) {
  for (std::uint32_t i = 0; i < gazetteer_->entries().size(); ++i) {
    const std::string_view name = gazetteer_->entry(i).name;
    EXPECT_EQ(name.find("  "), std::string_view::npos) << name;
    EXPECT_EQ(name.find_first_of("?_()\"`"), std::string_view::npos) << name;
    EXPECT_GE(utf8::count(name), 2U) << name;
    EXPECT_FALSE(name.ends_with(' ') || name.ends_with(',')) << name;
  }
}

}  // namespace
}  // namespace wiredesk::entities
