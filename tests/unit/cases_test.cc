// Runs every case of tests/cases/*.yaml through decode, structure and captions. A case names what
// it expects; what it does not name is not looked at, except that the segments always partition the
// source.
//
//   - name: what the case shows
//     text: |
//       the raw article
//     timestamp: 1639569600000      (milliseconds; none: the record has no time)
//     segments:                     (every segment: kind and text)
//       - headline: ...
//     headline, endmark: text of the only segment of that kind
//     body: [texts of paragraphs and sub-heads]      paragraphs: their number
//     dateline: {text, places, agency, date, yearFrom}     (~: there is none)
//     lifecycle: {kind, mark, sequence, series}
//     captions: [{text, credit, creditLine, photographers, agency, date, place, segments}]
//     gallery, supplier
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "processors/decode/decode.h"
#include "processors/pipeline.h"
#include "processors/registry.h"
#include "tests/fakes/partition.h"

namespace wiredesk {
namespace {

struct Case {
  std::string file;
  YAML::Node node;
};

void PrintTo(const Case& each, std::ostream* out) {
  *out << each.node["name"].as<std::string>();
}

std::vector<Case> load_cases() {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(WIREDESK_SOURCE_DIR "/tests/cases"))
    if (entry.path().extension() == ".yaml") files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  std::vector<Case> cases;
  for (const auto& file : files)
    for (const YAML::Node& node : YAML::LoadFile(file.string()))
      cases.push_back({file.stem().string(), node});
  return cases;
}

std::unique_ptr<Pipeline> make_pipeline() {
  std::vector<Pipeline::Stage> stages;
  for (std::string_view name : {"structure", "captions"})
    stages.push_back({name, find_processor(name)->make_options()->make_factory()->make()});
  return std::make_unique<Pipeline>(DecodeOptions().make_factory()->make(), std::move(stages),
                                    false);
}

std::vector<std::string> texts_of(const Article& article, SegmentKind kind) {
  std::vector<std::string> texts;
  for (const Segment& segment : article.segments)
    if (segment.kind == kind) texts.emplace_back(article.text(segment));
  return texts;
}

class CasesTest : public testing::TestWithParam<Case> {
 protected:
  const YAML::Node& expected() const { return GetParam().node; }

  void expect_only(std::string_view key, SegmentKind kind, const Article& article) {
    if (const YAML::Node node = expected()[std::string(key)])
      EXPECT_THAT(texts_of(article, kind), testing::ElementsAre(node.as<std::string>())) << key;
  }

  void check_segments(const Article& article) {
    EXPECT_EQ(fakes::check_partition(article), "");
    const YAML::Node node = expected()["segments"];
    if (!node) return;
    std::vector<std::string> wanted;
    for (const YAML::Node& each : node)
      wanted.push_back(each.begin()->first.as<std::string>() + ": " +
                       each.begin()->second.as<std::string>());
    std::vector<std::string> found;
    for (const Segment& segment : article.segments)
      found.push_back(std::string(to_string(segment.kind)) + ": " +
                      std::string(article.text(segment)));
    EXPECT_THAT(found, testing::ElementsAreArray(wanted));
  }

  void check_body(const Article& article) {
    std::vector<std::string> body;
    for (const Segment& segment : article.segments)
      if (segment.in_body()) body.emplace_back(article.text(segment));
    if (const YAML::Node node = expected()["body"])
      EXPECT_THAT(body, testing::ElementsAreArray(node.as<std::vector<std::string>>()));
    if (const YAML::Node node = expected()["paragraphs"])
      EXPECT_EQ(texts_of(article, SegmentKind::paragraph).size(), node.as<std::size_t>());
  }

  void check_dateline(const Article& article) {
    const YAML::Node node = expected()["dateline"];
    if (!node.IsDefined()) return;
    if (node.IsNull()) {
      EXPECT_FALSE(article.dateline);
      return;
    }
    ASSERT_TRUE(article.dateline);
    const Dateline& dateline = *article.dateline;
    const Segment& segment = article.segments.at(dateline.segment);
    EXPECT_EQ(segment.kind, SegmentKind::dateline);
    if (node["text"]) EXPECT_EQ(article.text(segment), node["text"].as<std::string>());
    if (node["places"]) EXPECT_EQ(dateline.places, node["places"].as<std::vector<std::string>>());
    if (node["agency"]) EXPECT_EQ(dateline.agency, node["agency"].as<std::string>());
    if (node["date"])
      EXPECT_EQ(dateline.date ? to_string(*dateline.date) : "", node["date"].as<std::string>());
    if (node["yearFrom"]) EXPECT_EQ(dateline.year_from, node["yearFrom"].as<std::string>());
  }

  void check_lifecycle(const Article& article) {
    const YAML::Node node = expected()["lifecycle"];
    if (!node) return;
    const Lifecycle& lifecycle = article.lifecycle;
    EXPECT_EQ(to_string(lifecycle.kind), node["kind"].as<std::string>());
    if (node["mark"]) EXPECT_EQ(lifecycle.mark, node["mark"].as<std::string>());
    if (node["sequence"]) EXPECT_EQ(lifecycle.sequence, node["sequence"].as<int>());
    if (node["series"]) EXPECT_EQ(lifecycle.series, node["series"].as<std::string>());
  }

  void check_captions(const Article& article) {
    const YAML::Node node = expected()["captions"];
    if (!node) return;
    ASSERT_EQ(article.captions.size(), node.size());
    for (std::size_t i = 0; i < node.size(); ++i)
      check_caption(article, article.captions[i], node[i]);
  }

  void check_caption(const Article& article, const Caption& caption, const YAML::Node& node) {
    for (std::uint32_t index : caption.segments) {
      const SegmentKind kind = article.segments.at(index).kind;
      EXPECT_TRUE(kind == SegmentKind::caption || kind == SegmentKind::credit);
    }
    if (node["text"]) EXPECT_EQ(caption.text, node["text"].as<std::string>());
    if (node["credit"]) EXPECT_EQ(caption.credit, node["credit"].as<std::string>());
    if (node["creditLine"]) EXPECT_EQ(caption.credit_line, node["creditLine"].as<std::string>());
    if (node["photographers"])
      EXPECT_EQ(caption.photographers, node["photographers"].as<std::vector<std::string>>());
    if (node["agency"]) EXPECT_EQ(caption.agency, node["agency"].as<std::string>());
    if (node["place"]) EXPECT_EQ(caption.place, node["place"].as<std::string>());
    if (node["date"])
      EXPECT_EQ(caption.date ? to_string(*caption.date) : "", node["date"].as<std::string>());
    if (node["segments"])
      EXPECT_EQ(caption.segments, node["segments"].as<std::vector<std::uint32_t>>());
  }
};

TEST_P(CasesTest, GivesWhatIsExpected) {
  const std::string text = expected()["text"].as<std::string>();
  Record record;
  record.position.topic = "cases";
  record.value = text;
  if (const YAML::Node node = expected()["timestamp"])
    record.timestamp = record.time = Timestamp(node.as<std::int64_t>());
  const auto pipeline = make_pipeline();
  const PipelineResult result = pipeline->process(record);
  ASSERT_TRUE(result.outcome.kept()) << result.outcome.detail;
  ASSERT_EQ(result.articles.size(), 1u);
  const Article& article = result.articles.front();
  check_segments(article);
  expect_only("headline", SegmentKind::headline, article);
  expect_only("endmark", SegmentKind::endmark, article);
  check_body(article);
  check_dateline(article);
  check_lifecycle(article);
  check_captions(article);
  if (const YAML::Node node = expected()["gallery"]) EXPECT_EQ(article.gallery, node.as<bool>());
  if (const YAML::Node node = expected()["supplier"])
    EXPECT_EQ(article.meta.supplier, node.as<std::string>());
}

std::string case_name(const testing::TestParamInfo<Case>& info) {
  std::string name = info.param.file + "_" + info.param.node["name"].as<std::string>();
  for (char& c : name)
    if (!std::isalnum(static_cast<unsigned char>(c))) c = '_';
  return name + "_" + std::to_string(info.index);
}

INSTANTIATE_TEST_SUITE_P(Cases, CasesTest, testing::ValuesIn(load_cases()), case_name);

}  // namespace
}  // namespace wiredesk
