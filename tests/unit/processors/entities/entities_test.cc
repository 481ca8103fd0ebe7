#include "processors/entities/entities.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <initializer_list>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "processors/entities/coreference.h"
#include "processors/text/utf8.h"

namespace wiredesk::entities {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

constexpr const char* kNames =
    "# date: 2026-01-02\n"
    "Freedonia\tplace\tQ900001\t\tFD\tcountry\n"
    "Freedonian\tdemonym\t\tFreedonians\tFD\t\n"
    "Sylvania\tplace\tQ900002\t\tSV\tcountry\n"
    "Sylvanian\tdemonym\t\t\tSV\t\n"
    "Glücksburg\tplace\t\t\tFD\tcapital\n"
    "Turkey\tplace\tQ43\t\tTR\tcountry|common\n"
    "Georgia\tplace\tQ230\t\tGE\tcountry\n"
    "Georgia\tplace\tQ1428\t\tUS\t\n"
    "Atlanta\tplace\t\t\tUS\t\n"
    "Wire Agency\torganisation\t\tWire\t\t\n"
    "Bank of Freedonia\torganisation\t\t\tFD\t\n"
    "Rufus Firefly\tperson\tQ900003\t\tFD\t\n"
    "Bob Firefly\tperson\t\t\tFD\t\n"
    "Vera von der Marcal\tperson\t\t\tSV\t\n"
    "Chen Weiming\tperson\t\t\tCN\t\n"
    "Omar al-Trentino\tperson\t\t\tSV\t\n"
    "Ada Huxley\tperson\t\t\tFD\t\n";

std::shared_ptr<const Gazetteer> gazetteer() {
  static const auto kGazetteer = Gazetteer::parse("test.tsv", kNames);
  return kGazetteer;
}

struct Piece {
  SegmentKind kind;
  std::string text;
};

/// An article of these segments, one a line, processed.
class Processed {
 public:
  explicit Processed(std::vector<Piece> pieces, std::string headline = {},
                     std::shared_ptr<const Gazetteer> names = gazetteer())
      : article_(record_) {
    article_.owned_source = std::make_unique<std::string>();
    std::string& source = *article_.owned_source;
    for (const Piece& piece : pieces) {
      const auto begin = static_cast<std::uint32_t>(source.size());
      source += piece.text;
      article_.segments.push_back({piece.kind, {begin, static_cast<std::uint32_t>(source.size())}});
      source += '\n';
    }
    article_.source = source;
    article_.meta.headline = std::move(headline);
    EXPECT_TRUE(EntitiesProcessor(std::move(names)).process(article_).kept());
  }

  const Article& article() const { return article_; }

  const Entity* find(std::string_view name) const {
    for (const Entity& each : article_.entities)
      if (each.name == name) return &each;
    return nullptr;
  }
  const Entity& get(std::string_view name) const {
    static const Entity kNone;
    const Entity* found = find(name);
    EXPECT_NE(found, nullptr) << name << " is no entity";
    return found ? *found : kNone;
  }
  std::vector<std::string> names() const {
    std::vector<std::string> all;
    for (const Entity& each : article_.entities) all.push_back(each.name);
    return all;
  }
  std::string text(const Mention& mention) const {
    if (mention.segment == Mention::kMetadataHeadline)
      return article_.meta.headline.substr(mention.span.begin, mention.span.size());
    return std::string(article_.text(mention.span));
  }
  std::vector<std::string> mentions(std::string_view name) const {
    std::vector<std::string> all;
    for (const Mention& each : get(name).mentions) all.push_back(text(each));
    return all;
  }

 private:
  Record record_;
  Article article_;
};

Processed paragraph(std::string text) {
  return Processed({{SegmentKind::paragraph, text}});
}

TEST(Entities, LooksOnlyWhereTheStoryIs) {
  const Processed all({{SegmentKind::lifecycle, "Sylvania"},
                       {SegmentKind::byline, "By Rufus Firefly"},
                       {SegmentKind::credit, "(Wire/Rufus Firefly)"},
                       {SegmentKind::endmark, "Sylvania"},
                       {SegmentKind::trailer, "Wire Agency, Sylvania"},
                       {SegmentKind::boilerplate, "Wire Agency, Sylvania"}});
  EXPECT_THAT(all.names(), IsEmpty());
  for (SegmentKind kind : {SegmentKind::headline, SegmentKind::subhead, SegmentKind::paragraph,
                           SegmentKind::caption, SegmentKind::note}) {
    const Processed one({{kind, "of Sylvania"}});
    EXPECT_THAT(one.names(), ElementsAre("Sylvania")) << to_string(kind);
  }
}

TEST(Entities, DatelineGivesItsPlaceButNotTheAgency) {
  const Processed article({{SegmentKind::dateline, "GLÜCKSBURG, Dec. 15 (Wire Agency) --"},
                           {SegmentKind::paragraph, "Nothing happened."}});
  EXPECT_THAT(article.names(), ElementsAre("Glücksburg"));
  EXPECT_EQ(article.get("Glücksburg").rel, "dateline");
  EXPECT_THAT(article.mentions("Glücksburg"), ElementsAre("GLÜCKSBURG"));
}

TEST(Entities, MetadataHeadlineComesFirst) {
  const Processed article({{SegmentKind::paragraph, "So said Sylvania."}}, "News of Sylvania");
  const auto& mentions = article.get("Sylvania").mentions;
  ASSERT_EQ(mentions.size(), 2U);
  EXPECT_EQ(mentions[0].segment, Mention::kMetadataHeadline);
  EXPECT_EQ(mentions[0].span, (Span{8, 16}));
  EXPECT_EQ(mentions[1].segment, 0U);
}

TEST(Entities, RelTellsWhatTheStoryIsAbout) {
  const Processed article({{SegmentKind::headline, "Freedonia votes"},
                           {SegmentKind::paragraph, "Rufus Firefly spoke."},
                           {SegmentKind::paragraph, "In Sylvania and in Atlanta."},
                           {SegmentKind::paragraph, "Sylvania, Sylvania. Sylvania."}});
  EXPECT_EQ(article.get("Freedonia").rel, "about");
  EXPECT_EQ(article.get("Rufus Firefly").rel, "about");
  EXPECT_EQ(article.get("Sylvania").rel, "about");
  EXPECT_EQ(article.get("Atlanta").rel, "mentions");
  EXPECT_GT(article.get("Freedonia").salience, article.get("Rufus Firefly").salience);
  EXPECT_GT(article.get("Rufus Firefly").salience, article.get("Atlanta").salience);
  EXPECT_DOUBLE_EQ(article.get("Freedonia").salience, 0.5);
}

TEST(Entities, IdsAreWikidatasOrLocal) {
  const Processed article = paragraph("Rufus Firefly met Bob Firefly.");
  EXPECT_EQ(article.get("Rufus Firefly").id, "http://www.wikidata.org/entity/Q900003");
  EXPECT_EQ(article.get("Bob Firefly").id, "urn:wiredesk:entity:person:bob-firefly");
}

TEST(Entities, DemonymBringsItsCountry) {
  const Processed article =
      paragraph("The Freedonian army and Freedonians; a Sylvanian in Sylvania.");
  EXPECT_EQ(article.get("Freedonian").type, EntityType::demonym);
  EXPECT_EQ(article.get("Freedonian").rel, "demonym");
  EXPECT_THAT(article.mentions("Freedonian"), ElementsAre("Freedonian", "Freedonians"));
  EXPECT_EQ(article.get("Freedonia").type, EntityType::place);
  EXPECT_EQ(article.get("Freedonia").rel, "demonym");
  EXPECT_THAT(article.mentions("Freedonia"), IsEmpty());
  EXPECT_EQ(article.get("Sylvania").rel, "about");
  EXPECT_THAT(article.mentions("Sylvania"), ElementsAre("Sylvania"));
}

TEST(Entities, NestedPlacesAreKeptAndMarked) {
  const Processed article = paragraph("The Bank of Freedonia closed.");
  EXPECT_FALSE(article.get("Bank of Freedonia").mentions.at(0).nested);
  EXPECT_TRUE(article.get("Freedonia").mentions.at(0).nested);
  EXPECT_EQ(article.get("Freedonia").rel, "mentions");
}

TEST(Entities, OffsetsHoldInTextOfAllScripts) {
  const Processed article = paragraph("“Größe” — 北京 — Rufus Firefly’s \U0001F30D Sylvania");
  EXPECT_THAT(article.mentions("Rufus Firefly"), ElementsAre("Rufus Firefly"));
  EXPECT_THAT(article.mentions("Sylvania"), ElementsAre("Sylvania"));
}

struct CommonCase {
  std::string name;
  std::vector<std::string> paragraphs;
  std::size_t expected;  // mentions of Turkey
};

class CommonNames : public testing::TestWithParam<CommonCase> {};

TEST_P(CommonNames, CountWithProofOnly) {
  std::vector<Piece> pieces;
  for (const std::string& text : GetParam().paragraphs)
    pieces.push_back({SegmentKind::paragraph, text});
  const Processed article(pieces);
  const Entity* turkey = article.find("Turkey");
  EXPECT_EQ(turkey ? turkey->mentions.size() : 0, GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(
    Table, CommonNames,
    testing::Values(
        CommonCase{"beginning_of_a_sentence", {"Turkey is eaten. \"Turkey sells.\""}, 0},
        CommonCase{"within_a_sentence", {"Roads in Turkey are closed."}, 1},
        CommonCase{"carries_the_others", {"Turkey said so.", "Trade with Turkey."}, 2},
        CommonCase{"lower_case", {"Roads in turkey."}, 0},
        CommonCase{"family_name", {"A certain Jane Turkey.", "Trade with Turkey."}, 0},
        CommonCase{"titled", {"It was Mr. Turkey.", "Trade with Turkey."}, 0},
        CommonCase{"piece_of_a_name", {"The old Turkey Farm."}, 0},
        CommonCase{"piece_spoils_nothing", {"The Turkey Farm in Turkey."}, 1},
        CommonCase{"first_word_is_no_name", {"In Turkey. Trade with Turkey."}, 2},
        CommonCase{"before_a_weekday", {"He left Turkey Monday."}, 1},
        CommonCase{"all_capitals", {"TURKEY TALKS"}, 0}),
    [](const auto& each) { return each.param.name; });

TEST(Entities, NameOfTwoPlacesFollowsTheArticle) {
  EXPECT_EQ(paragraph("Voters in Georgia.").get("Georgia").id,
            "http://www.wikidata.org/entity/Q230");
  EXPECT_EQ(paragraph("Voters in Georgia, in Atlanta.").get("Georgia").id,
            "http://www.wikidata.org/entity/Q1428");
}

TEST(Coreference, ShortNamesFollowTheFullOne) {
  const Processed article =
      paragraph("Firefly? Rufus Firefly came. Firefly's hat, Mr. Firefly said.");
  EXPECT_THAT(article.mentions("Rufus Firefly"),
              ElementsAre("Rufus Firefly", "Firefly", "Firefly"));
  const auto& mentions = article.get("Rufus Firefly").mentions;
  EXPECT_EQ(mentions[0].by, "gazetteer");
  EXPECT_EQ(mentions[1].by, "coreference");
}

TEST(Coreference, HeadlinesRunAhead) {
  const Processed article(
      {{SegmentKind::headline, "Firefly leaves"}, {SegmentKind::paragraph, "Rufus Firefly left."}});
  EXPECT_THAT(article.mentions("Rufus Firefly"), ElementsAre("Firefly", "Rufus Firefly"));
}

TEST(Coreference, SharedFamilyNameStaysUnresolved) {
  const Processed article = paragraph("Rufus Firefly and Bob Firefly met. Firefly left.");
  EXPECT_EQ(article.get("Rufus Firefly").mentions.size(), 1U);
  EXPECT_EQ(article.get("Bob Firefly").mentions.size(), 1U);
}

TEST(Coreference, OtherPeopleOfTheNameAreLeftAlone) {
  const Processed article = paragraph(
      "Rufus Firefly came. His wife Jane Firefly spoke. He read Firefly Weekly. Fireflys, "
      "aFirefly.");
  EXPECT_EQ(article.get("Rufus Firefly").mentions.size(), 1U);
}

struct FormsCase {
  std::string full;
  std::string country;
  std::vector<std::string_view> forms;
};

TEST(Coreference, ShortForms) {
  const std::vector<FormsCase> cases{
      {"Chen Weiming", "CN", {"Chen"}},
      {"Kim Sang-woo", "KR", {"Kim"}},
      {"Tran Van Nam", "VN", {"Tran", "Nam"}},
      {"Alemu Tadesse", "ET", {"Alemu"}},
      {"Rufus Firefly", "FD", {"Firefly"}},
      {"Rufus T. Firefly", "", {"Firefly"}},
      {"Vera von der Marcal", "SV", {"von der Marcal"}},
      {"Omar al-Trentino", "SV", {"al-Trentino", "Trentino"}},
      {"Rufus Firefly Jr.", "FD", {"Firefly"}},
      {"Otto IV", "FD", {}},
      {"Otto of Sylvania", "FD", {}},
      {"Ottokar", "FD", {}},
  };
  for (const FormsCase& each : cases)
    EXPECT_EQ(short_forms(each.full, each.country), each.forms) << each.full;
}

TEST(Coreference, FamilyNameFirst) {
  const Processed article = paragraph("Chen Weiming spoke. Chen left; so did Weiming.");
  EXPECT_THAT(article.mentions("Chen Weiming"), ElementsAre("Chen Weiming", "Chen"));
}

/// Whatever stands around the names: mentions are sorted, lie in their segment, and their text is
/// one of the entity's names or a short form.
TEST(Entities, MentionsAreSoundInRandomText) {
  const std::vector<std::string> words{"Rufus Firefly",
                                       "Firefly",
                                       "RUFUS FIREFLY",
                                       "Chen Weiming",
                                       "Chen",
                                       "Turkey",
                                       "Sylvania's",
                                       "said",
                                       "Bank of Freedonia",
                                       "—",
                                       "é",
                                       "'",
                                       "’s",
                                       ".",
                                       "\n",
                                       "Freedonians-Sylvania",
                                       "\U0001F30D",
                                       "x@Sylvania"};
  std::mt19937 random(7);
  const auto pick = [&](std::size_t count) { return random() % count; };
  const std::vector<SegmentKind> kinds{SegmentKind::headline, SegmentKind::paragraph,
                                       SegmentKind::credit, SegmentKind::caption,
                                       SegmentKind::dateline};
  std::size_t seen = 0;
  for (int round = 0; round < 300; ++round) {
    std::vector<Piece> pieces;
    for (std::size_t i = 0; i <= pick(4); ++i) {
      std::string text;
      for (std::size_t w = 0; w <= pick(30); ++w) {
        text += words[pick(words.size())];
        if (pick(4) > 0) text += ' ';
      }
      pieces.push_back({kinds[pick(kinds.size())], text});
    }
    const Processed article(pieces, pick(2) ? "Firefly in Sylvania" : "");
    for (const Entity& entity : article.article().entities) {
      EXPECT_GE(entity.salience, 0);
      EXPECT_LE(entity.salience, 1);
      std::pair<std::uint32_t, std::uint32_t> last{0, 0};
      for (const Mention& mention : entity.mentions) {
        ++seen;
        const std::pair now{mention.segment + 1, mention.span.begin};
        EXPECT_LE(last, now);
        last = now;
        ASSERT_LT(mention.span.begin, mention.span.end);
        if (mention.segment == Mention::kMetadataHeadline) continue;
        const Segment& segment = article.article().segments.at(mention.segment);
        EXPECT_NE(segment.kind, SegmentKind::credit);
        EXPECT_GE(mention.span.begin, segment.span.begin);
        EXPECT_LE(mention.span.end, segment.span.end);
        const std::string text = article.text(mention);
        EXPECT_EQ(utf8::first_invalid(text), utf8::kValid);
        EXPECT_FALSE(text.starts_with(' ') || text.ends_with(' ')) << text;
      }
    }
  }
  EXPECT_GT(seen, 1000U);
}

TEST(Entities, SampleInTheMannerOfAnAgency) {
  const Processed article(
      {{SegmentKind::caption, "Chinese President Xi Jinping in Beijing, capital of China."},
       {SegmentKind::credit, "(Xinhua/Bill Gates)"},
       {SegmentKind::dateline, "BEIJING, Dec. 15 (Xinhua) --"},
       {SegmentKind::paragraph,
        "Chinese President Xi Jinping and Russian President Vladimir Putin praised China-Russia "
        "relations and the Beijing Winter Olympics."},
       {SegmentKind::paragraph,
        "Xi told Putin of Taiwan-related issues in the Asia-Pacific region; 100 billion U.S. "
        "dollars; R&D."}},
      "", Gazetteer::builtin());
  EXPECT_THAT(article.names(),
              UnorderedElementsAre("Xi Jinping", "Vladimir Putin", "China", "Russia", "Beijing",
                                   "Taiwan", "Asia-Pacific", "Beijing Winter Olympics", "Chinese",
                                   "Russian", "United States"));
  EXPECT_THAT(article.mentions("Xi Jinping"), ElementsAre("Xi Jinping", "Xi Jinping", "Xi"));
  EXPECT_THAT(article.mentions("Vladimir Putin"), ElementsAre("Vladimir Putin", "Putin"));
  EXPECT_EQ(article.get("Beijing").rel, "dateline");
  EXPECT_EQ(article.get("Xi Jinping").id, "http://www.wikidata.org/entity/Q15031");
}

std::unique_ptr<ProcessorOptions> options_with(const std::string& path) {
  ConfigNode value;
  value.kind = ConfigNode::Kind::scalar;
  value.scalar = path;
  ConfigNode section;
  section.kind = ConfigNode::Kind::map;
  section.entries.emplace_back();
  section.entries.back().key = "gazetteer";
  section.entries.back().value = value;
  auto options = make_entities_options();
  std::vector<ConfigProblem> problems;
  OptionReader::read(&section, "entities", problems,
                     [&](OptionReader& in) { options->declare(in); });
  EXPECT_TRUE(problems.empty());
  return options;
}

TEST(EntitiesOptions, TakeAPathAndTellItsVersion) {
  const std::string path = testing::TempDir() + "wiredesk-entities.tsv";
  std::ofstream(path) << kNames;
  const auto options = options_with(path);
  const auto factory = options->make_factory();
  ASSERT_EQ(factory->versions().size(), 1U);
  EXPECT_EQ(factory->versions()[0].first, "gazetteer");
  EXPECT_EQ(factory->versions()[0].second, gazetteer()->version());
}

TEST(EntitiesOptions, BuiltInGazetteerIsTheDefault) {
  const auto factory = make_entities_options()->make_factory();
  EXPECT_EQ(factory->versions()[0].second, Gazetteer::builtin()->version());
  EXPECT_NE(factory->make(), nullptr);
}

TEST(EntitiesOptions, BrokenFileStopsTheStart) {
  const std::string path = testing::TempDir() + "wiredesk-broken.tsv";
  std::ofstream(path) << "# fine\nOslo\tcity\t\t\tNO\t\n";
  const auto options = options_with(path);
  try {
    options->make_factory();
    FAIL() << "a factory of a broken file";
  } catch (const std::runtime_error& error) {
    EXPECT_THAT(error.what(), testing::StartsWith(path + ":2: "));
  }
}

}  // namespace
}  // namespace wiredesk::entities
