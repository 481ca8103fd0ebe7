#include "daemon/demo_view.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

#include "daemon/terminal_text.h"
#include "processors/text/utf8.h"

namespace wiredesk {
namespace {

using testing::HasSubstr;
using testing::Not;

// Accents before the marks: offsets in code points differ from offsets in bytes.
const std::string kSource =
    "Zoë Ångström waves. (Xinhua/Jörg Åkesson)\n"
    "BERN, May 2 (Xinhua) -- Zoë came to Bern.\n"
    "A NEW DAY\n"
    "Bern slept. Enditem\n";
const std::string kBody = "Zoë came to Bern.\nA NEW DAY\nBern slept.";

std::string range(const std::string& text, const std::string& part) {
  const std::size_t at = text.find(part);
  const std::size_t begin = utf8::count(std::string_view(text).substr(0, at));
  return "\"start\":" + std::to_string(begin) +
         ",\"end\":" + std::to_string(begin + utf8::count(part));
}

std::string segment(const std::string& kind, const std::string& part) {
  std::string out = "{\"kind\":\"" + kind + "\"," + range(kSource, part);
  if (kind == "subhead") out += ",\"body\":" + std::to_string(utf8::count("Zoë came to Bern.\n"));
  return out + "}";
}

std::string message() {
  return R"({"item":{"headlines":[{"value":"Zoë visits"}],"by":"By Jo Field","bodies":[{"role":"main","value":")" +
         std::string("Zoë came to Bern.\\nA NEW DAY\\nBern slept.") +
         R"("}]},"wire":{"source":{"format":"text"},"segments":[)" +
         segment("caption", "Zoë Ångström waves.") + "," +
         segment("credit", "(Xinhua/Jörg Åkesson)") + "," +
         segment("dateline", "BERN, May 2 (Xinhua) --") + "," +
         segment("paragraph", "Zoë came to Bern.") + "," + segment("subhead", "A NEW DAY") + "," +
         segment("paragraph", "Bern slept.") + "," + segment("endmark", "Enditem") +
         R"(],"dateline":{"places":["Bern"],"agency":"Xinhua","date":"2026-05-02","yearFrom":"caption"},)"
         R"("lifecycle":{"kind":"update","mark":"UPDATE 2-"},)"
         R"("captions":[{"ref":"picture-1","text":"Zoë Ångström waves.","photographers":["Jörg Åkesson"],)"
         R"("agency":"Xinhua","segments":[0,1]}],)"
         R"("duplicate":{"relation":"update","of":"urn:wiredesk:xinhua:1"},)"
         R"("entities":[{"id":"http://www.wikidata.org/entity/Q70","type":"place","name":"Bern",)"
         R"("mentions":[{"field":"body",)" +
         range(kBody, "Bern") +
         R"(,"nested":false}]}],"processing":{"stages":{"decode":0.00002,"captions":0.00004}}}})";
}

DemoRecord record(std::string_view value = kSource) {
  return {"01-zoe.txt", value, {"wire.raw", 0, 7}};
}

std::string show(int width, bool colour) {
  ViewOptions options{width, colour, {{"urn:wiredesk:xinhua:1", "00-first.txt"}}};
  return show_article(record(), PublishedMessage{message(), {"wire.enriched", 2, 5}}, options);
}

void expect_no_line_is_wider(const std::string& shown, int width) {
  std::istringstream lines(shown);
  for (std::string line; std::getline(lines, line);) {
    const auto wrapped = StyledText(line).wrap(10'000);
    EXPECT_LE(wrapped.empty() ? 0 : width_of(wrapped[0]), width) << line;
  }
}

TEST(DemoView, ShowsWhatTheMessageSays) {
  const std::string shown = show(100, false);
  for (const char* part :
       {"01-zoe.txt", "wire.raw [0] @ 7", "Zoë visits", "By Jo Field",
        "Bern · Xinhua · 2026-05-02 (year from the caption)", " update   marked UPDATE 2-",
        "picture-1  Zoë Ångström waves.", "Jörg Åkesson · Xinhua", "place         Bern Q70",
        "update of 00-first.txt", "→ wire.enriched [2] @ 5", "60 microseconds"})
    EXPECT_THAT(shown, HasSubstr(part));
}

TEST(DemoView, WithoutColourTheMarginNamesTheSegments) {
  const std::string shown = show(100, false);
  EXPECT_THAT(shown, HasSubstr("caption     Zoë Ångström waves. (Xinhua/Jörg Åkesson)\n"));
  EXPECT_THAT(shown, HasSubstr("dateline    BERN, May 2 (Xinhua) -- Zoë came to Bern.\n"));
  EXPECT_THAT(shown, HasSubstr("subhead     A NEW DAY\n"));
  EXPECT_THAT(shown, HasSubstr("endmark     Bern slept. Enditem\n"));
  EXPECT_THAT(shown, Not(HasSubstr("\x1b")));
}

TEST(DemoView, WithColourSegmentsAndNamesArePaintedToTheCharacter) {
  const std::string shown = show(100, true);
  EXPECT_THAT(shown,
              HasSubstr("\x1b[32mZoë Ångström waves.\x1b[0m \x1b[2;32m(Xinhua/Jörg Åkesson)"));
  EXPECT_THAT(shown, HasSubstr("\x1b[36mBERN, May 2 (Xinhua) --\x1b[0m Zoë came to Bern.\n"));
  EXPECT_THAT(shown,
              HasSubstr("\nZoë came to \x1b[1;36mBern\x1b[0m.\n\x1b[1;35mA NEW DAY\x1b[0m\n"));
  EXPECT_THAT(shown, HasSubstr("Bern slept. \x1b[31mEnditem\x1b[0m"));
}

TEST(DemoView, StandsSideBySideFrom110Columns) {
  EXPECT_THAT(show(109, false), Not(HasSubstr("│")));
  const std::string wide = show(110, false);
  EXPECT_THAT(wide, HasSubstr("│ Zoë visits\n"));
  for (const int width : {40, 80, 109, 110, 151})
    expect_no_line_is_wider(show(width, false), width);
}

TEST(DemoView, ADeadLetterSaysWhyAndWhetherItsBytesAreTheSame) {
  const BuriedRecord letter{
      "espa\xf1"
      "a",
      {{"wiredesk-reason", "not_utf8"}, {"wiredesk-detail", "at byte 4"}},
      {"wire.dead", 0, 3}};
  const std::string same = show_article(record("espa\xf1"
                                               "a"),
                                        letter, {});
  for (const char* part : {"espa<F1>a", "dead letter: not_utf8", "at byte 4",
                           "6 bytes, not one of them changed", "→ wire.dead [0] @ 3"})
    EXPECT_THAT(same, HasSubstr(part));
  EXPECT_THAT(show_article(record("other"), letter, {}),
              HasSubstr("6 bytes, which are not those that came in"));
}

TEST(DemoView, ADroppedArticleSaysWhatItRepeats) {
  ViewOptions options;
  options.names["urn:wiredesk:xinhua:1"] = "00-first.txt";
  const std::string shown = show_article(
      record(), DroppedArticle{"duplicate", "urn:wiredesk:xinhua:1", {"wiredesk.state", 0, 9}},
      options);
  for (const char* part :
       {"dropped: duplicate", "repeats 00-first.txt", "→ wiredesk.state [0] @ 9"})
    EXPECT_THAT(shown, HasSubstr(part));
}

TEST(DemoView, LongTextsLoseTheirMiddleAndTheCountSaysHowMuch) {
  std::string text;
  for (int i = 0; i < 100; ++i) text += "line " + std::to_string(i) + "\n";
  const std::string shown =
      show_article(record(text), PublishedMessage{"{}", {"wire.enriched", 0, 0}}, {});
  EXPECT_THAT(shown, HasSubstr("line 0\n"));
  EXPECT_THAT(shown, HasSubstr("line 99\n"));
  EXPECT_THAT(shown, Not(HasSubstr("line 50\n")));
  EXPECT_THAT(shown, HasSubstr("154 words left out here")) << "77 of 100 lines";
}

TEST(DemoView, NothingOfAnArticleReachesTheTerminalAsAnEscapeSequence) {
  const std::string evil = R"({"item":{"headlines":[{"value":"a\u001b[31mb"}]},)"
                           R"("wire":{"entities":[{"type":"person","name":"c\u001b]0;t\u0007"}]}})";
  const std::string shown = show_article(record("x\x1b[2Jy"), PublishedMessage{evil, {}}, {});
  EXPECT_THAT(shown, Not(HasSubstr("\x1b")));
  EXPECT_THAT(shown, HasSubstr("a␛[31mb"));
}

TEST(DemoView, AMessageOfAnotherFormIsShownAsFarAsItGoes) {
  for (const char* value :
       {"", "[]", "{", "{\"wire\":7}", "{\"wire\":{\"segments\":[1,{\"start\":-5,\"end\":99999}]}}",
        "{\"wire\":{\"source\":{\"format\":\"text\"},\"segments\":[{\"kind\":\"caption\","
        "\"start\":-5,\"end\":99999}],\"captions\":[{\"segments\":[-1,88]}],\"entities\":[{"
        "\"type\":\"person\",\"mentions\":[{\"field\":\"body\"},3]}]}}"})
    EXPECT_THAT(show_article(record(), PublishedMessage{value, {"t", 0, 1}}, {}),
                HasSubstr("→ t [0] @ 1"));
}

TEST(DemoView, TheLegendIsForColoursOnly) {
  EXPECT_EQ(show_legend({}), "");
  EXPECT_THAT(show_legend({120, true, {}}), HasSubstr("\x1b[32mcaption\x1b[0m"));
}

}  // namespace
}  // namespace wiredesk
