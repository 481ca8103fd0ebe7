// Whatever lines come in whatever order: the segments partition the source, before and after
// captions, and captions name only segments of theirs.
#include <gtest/gtest.h>

#include <chrono>
#include <random>
#include <string>
#include <vector>

#include "processors/captions/captions.h"
#include "processors/structure/structure.h"
#include "tests/fakes/partition.h"

namespace wiredesk {
namespace {

const std::vector<std::string>& pieces() {
  static const std::vector<std::string> kPieces{
      "BAIHE, Dec. 15 (Xinhua) --",
      "LONDON, March 3 (Reuters) - ",
      "MOSCOW, December 15. /TASS/. ",
      "Madrid, 15 dic (EFE).-",
      "UPDATE 2-",
      "1st Ld-Writethru: ",
      "KILL KILL KILL",
      "A boat leaves the harbor of Baihe, Feb. 2, 2022.",
      "(Xinhua/Qiu Manli)",
      "REUTERS/Nell Tarrant/File Photo",
      "(AP Photo/Corin Hale)",
      "(Xinhua)",
      "Foto: Jorid Ammen/dpa",
      "\xC2\xA9 Ilya Zemtsov/TASS",
      "/CFP",
      "FILE PHOTO: ",
      "\"BIG\" PLANS",
      "Enditem",
      "(END)",
      "(Reporting by Tilda Marsh)",
      "By TILDA MARSH",
      "The ferry terminal was opened on Friday after three years of work, officials said.",
      "Wärme für Nordersiel",
      "会议在北京举行。",
      "\n",
      "\r\n",
      "\n\n",
      " ",
      "\xC2\xA0",
      "\xE3\x80\x80",
      "(",
      ")",
      "[",
      "/",
      ":",
      "-",
      "\xE2\x80\x94",
      ".",
      "\"",
      "\xE2\x80\x9D",
      "Ý",
      "😀"};
  return kPieces;
}

std::string random_text(std::mt19937& random) {
  std::string text;
  const std::size_t count = random() % 40;
  for (std::size_t i = 0; i < count; ++i) {
    text += pieces()[random() % pieces().size()];
    if (random() % 3 == 0) text += '\n';
  }
  return text;
}

void check_captions(const Article& article) {
  for (const Caption& caption : article.captions) {
    ASSERT_FALSE(caption.segments.empty());
    for (std::uint32_t index : caption.segments) {
      ASSERT_LT(index, article.segments.size());
      const SegmentKind kind = article.segments[index].kind;
      ASSERT_TRUE(kind == SegmentKind::caption || kind == SegmentKind::credit);
    }
  }
}

TEST(StructurePropertyTest, SegmentsPartitionTheSource) {
  StructureProcessor structure;
  CaptionsProcessor captions;
  Record record;
  for (unsigned seed = 0; seed < 20000; ++seed) {
    std::mt19937 random(seed);
    const std::string text = random_text(random);
    Article article(record);
    article.source = text;
    structure.process(article);
    ASSERT_EQ(fakes::check_partition(article), "") << "seed " << seed << '\n' << text;
    captions.process(article);
    ASSERT_EQ(fakes::check_partition(article), "") << "seed " << seed << '\n' << text;
    if (article.dateline)
      ASSERT_EQ(article.segments.at(article.dateline->segment).kind, SegmentKind::dateline);
    check_captions(article);
  }
}

// A square of the size would take minutes here.
TEST(StructurePropertyTest, OneMegabyteOfAnythingTakesLinearTime) {
  StructureProcessor structure;
  CaptionsProcessor captions;
  Record record;
  std::vector<std::string> repeated = pieces();
  for (const char* each : {"said.A boat (Xinhua/Qiu Manli)", "(AP Photo)(AP Photo) ", "((", "A. ",
                           "(Xinhua/Qiu Manli)\n", "a. Enditem\n", "REUTERS/A ", "A, "})
    repeated.push_back(each);
  for (const std::string& piece : repeated) {
    std::string text;
    while (text.size() < (1u << 20)) text += piece;
    Article article(record);
    article.source = text;
    const auto start = std::chrono::steady_clock::now();
    structure.process(article);
    captions.process(article);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    EXPECT_LT(took.count(), 5) << piece;
    EXPECT_EQ(fakes::check_partition(article), "") << piece;
  }
}

}  // namespace
}  // namespace wiredesk
