#include "processors/dedupe/fingerprint.h"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <utility>
#include <vector>

namespace wiredesk {
namespace {

using Parts = std::vector<std::pair<SegmentKind, std::string>>;

/// An article of these segments, one a line.
class Sample {
 public:
  explicit Sample(const Parts& parts, std::string meta_headline = "") : article(record_) {
    for (const auto& [kind, text] : parts) {
      const auto begin = static_cast<std::uint32_t>(source_.size());
      source_ += text;
      article.segments.push_back({kind, {begin, static_cast<std::uint32_t>(source_.size())}});
      source_ += "\n\n";
    }
    article.source = source_;
    article.meta.headline = std::move(meta_headline);
  }

 private:
  Record record_;
  std::string source_;

 public:
  Article article;
};

Fingerprinter::Result result_of(const Parts& parts, std::string headline = "") {
  Fingerprinter fingerprinter;
  return fingerprinter.of(Sample(parts, std::move(headline)).article);
}

const std::string kBody =
    "The harbour authority said on Monday that ferries between the two islands would run again "
    "from Friday, after a storm had damaged both piers. \"We have waited long enough,\" said "
    "Marta Osei, its director. Repairs cost $3.5 million - twice the first estimate - and took "
    "nine weeks.";

std::string body_hash(const std::string& text) {
  const auto result = result_of({{SegmentKind::paragraph, text}});
  EXPECT_EQ(result.basis, "body_hash") << text;
  return to_hex(result.fingerprint);
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos;
       at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
  return text;
}

TEST(FingerprintTest, FormDoesNotMatter) {
  const std::string expected = body_hash(kBody);
  std::string upper = kBody;
  for (char& c : upper) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  EXPECT_EQ(body_hash(upper), expected);
  EXPECT_EQ(body_hash(replaced(kBody, " ", "\r\n  ")), expected);
  EXPECT_EQ(body_hash(replaced(kBody, " ", "\xC2\xA0")), expected);        // no-break space
  EXPECT_EQ(body_hash(replaced(kBody, " - ", "\xE2\x80\x94")), expected);  // em dash
  EXPECT_EQ(body_hash(replaced(kBody, " - ", " -- ")), expected);
  EXPECT_EQ(body_hash(replaced(kBody, "\"", "''")), expected);
  EXPECT_EQ(body_hash(replaced(kBody, "\"", "\xE2\x80\x9C")), expected);  // left double quote
  EXPECT_EQ(body_hash(replaced(kBody, "harbour",
                               "har\xC2\xAD"
                               "bour")),
            expected);  // soft hyphen
  EXPECT_EQ(body_hash(" ... \"" + kBody + "\" --"), expected);
}

TEST(FingerprintTest, WordsNumbersSymbolsAndInnerPunctuationMatter) {
  std::set<std::string> seen{body_hash(kBody)};
  for (const auto& [from, to] :
       std::vector<std::pair<std::string, std::string>>{{"nine", "ten"},
                                                        {"3.5", "35"},
                                                        {"3.5", "3.6"},
                                                        {"$", "\xE2\x82\xAC"},
                                                        {"Friday,", "Friday"},
                                                        {"islands", "island s"},
                                                        {"Marta ", ""},
                                                        {"storm", "st\xC3\xB6rm"}})
    EXPECT_TRUE(seen.insert(body_hash(replaced(kBody, from, to))).second) << from << " -> " << to;
}

TEST(FingerprintTest, AccentsInOneOrTwoCharactersAreTheSame) {
  EXPECT_EQ(body_hash(kBody + " Caf\xC3\xA9"), body_hash(kBody + " Cafe\xCC\x81"));
  EXPECT_EQ(body_hash(kBody + " CAF\xC3\x89"), body_hash(kBody + " caf\xC3\xA9"));
  EXPECT_NE(body_hash(kBody + " Caf\xC3\xA9"), body_hash(kBody + " Cafe"));
  EXPECT_EQ(body_hash(kBody + " \xEF\xBC\x91\xEF\xBC\x92"),
            body_hash(kBody + " 12"));  // full width
}

TEST(FingerprintTest, ParagraphBordersDoNotMatter) {
  const std::size_t border = kBody.find("\"We");
  const Parts parts{{SegmentKind::paragraph, kBody.substr(0, border - 1)},
                    {SegmentKind::paragraph, kBody.substr(border)}};
  EXPECT_EQ(to_hex(result_of(parts).fingerprint), body_hash(kBody));
}

TEST(FingerprintTest, OnlyTheBodyCountsWhereThereIsEnoughOfIt) {
  const Parts around{{SegmentKind::headline, "Ferries back"},
                     {SegmentKind::dateline, "PORT"},
                     {SegmentKind::caption, "A ferry, Monday."},
                     {SegmentKind::paragraph, kBody},
                     {SegmentKind::endmark, "Enditem"}};
  EXPECT_EQ(to_hex(result_of(around, "Other headline").fingerprint), body_hash(kBody));
  EXPECT_NE(to_hex(result_of({{SegmentKind::paragraph, kBody}, {SegmentKind::subhead, "REPAIRS"}})
                       .fingerprint),
            body_hash(kBody));
}

TEST(FingerprintTest, AShortBodyNeedsItsHeadline) {
  const auto alert = [](const std::string& headline, const std::string& meta = "") {
    Parts parts;
    if (!headline.empty()) parts.emplace_back(SegmentKind::headline, headline);
    parts.emplace_back(SegmentKind::paragraph, "No further details were immediately available.");
    const auto result = result_of(parts, meta);
    EXPECT_EQ(result.basis, "headline_body_hash");
    return to_hex(result.fingerprint);
  };
  EXPECT_NE(alert("Storm hits north coast"), alert("Minister resigns"));
  EXPECT_EQ(alert("Storm hits north coast"), alert("STORM HITS NORTH COAST."));
  EXPECT_EQ(alert("Storm hits north coast"), alert("", "Storm hits north coast"));
}

TEST(FingerprintTest, ATinyBodyNeedsTheWholeSource) {
  const auto gallery = [](const std::string& caption, const std::string& end = "End") {
    const auto result = result_of({{SegmentKind::caption, caption},
                                   {SegmentKind::paragraph, "More to follow."},
                                   {SegmentKind::endmark, end}});
    EXPECT_EQ(result.basis, "source_hash");
    return to_hex(result.fingerprint);
  };
  EXPECT_EQ(gallery("A ferry leaves Port Marin."), gallery("A ferry leaves Port Marin."));
  EXPECT_NE(gallery("A ferry leaves Port Marin."), gallery("A ferry enters Port Marin."));
  EXPECT_NE(gallery("A ferry leaves Port Marin."), gallery("A ferry leaves Port Marin.", "end"));
  EXPECT_EQ(result_of({}).basis, "source_hash");
}

TEST(FingerprintTest, TextsLongerThanABlockAndOddContent) {
  std::string text;
  for (int i = 0; i < 5000; ++i)
    text += "\xE6\x96\xB0\xE8\x81\x9E " + std::to_string(i) + "\xC3\x9F ";
  const std::string hash = body_hash(text);
  EXPECT_EQ(body_hash(replaced(text, "\xC3\x9F", "SS")), hash);  // sharp s folds to two letters
  EXPECT_NE(body_hash(replaced(text, "4999", "4998")), hash);
  EXPECT_EQ(result_of({{SegmentKind::paragraph, std::string(100'000, '.')}}).basis, "source_hash");
}

TEST(FingerprintTest, HexRoundTrip) {
  const Fingerprint fingerprint{0x0123456789abcdefULL, 0xf};
  EXPECT_EQ(to_hex(fingerprint), "0123456789abcdef000000000000000f");
  Fingerprint parsed;
  ASSERT_TRUE(parse_fingerprint(to_hex(fingerprint), parsed));
  EXPECT_EQ(parsed, fingerprint);
  EXPECT_FALSE(parse_fingerprint("0123", parsed));
  EXPECT_FALSE(parse_fingerprint("0123456789abcdef00000000000000 f", parsed));
  EXPECT_FALSE(parse_fingerprint(std::string(32, 'g'), parsed));
}

}  // namespace
}  // namespace wiredesk
