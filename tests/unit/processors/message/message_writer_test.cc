#include "processors/message/message_writer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "tests/fakes/article_builder.h"
#include "tests/fakes/message_schema.h"

namespace wiredesk {
namespace {

using boost::json::object;
using boost::json::value;
using fakes::ArticleBuilder;
using testing::HasSubstr;
using testing::IsEmpty;

std::string write(const Article& article, MessageOptions options = {}) {
  options.program_version = "0.1.0";
  std::string out;
  MessageWriter(std::move(options)).write(article, out);
  return out;
}

value message_of(const Article& article, MessageOptions options = {}) {
  return boost::json::parse(write(article, std::move(options)));
}

std::string_view text_at(const value& message, std::string_view pointer) {
  return message.at_pointer(pointer).as_string();
}

TEST(MessageWriter, WritesTheWholeMessageOfASmallArticle) {
  ArticleBuilder builder;
  Article& article = builder.article;
  builder.add(SegmentKind::dateline, "ZAGREB, Dec. 15 (Example News) --");
  const auto paragraph = builder.add(SegmentKind::paragraph, "Ana Kovac spoke.", " ");
  builder.add(SegmentKind::endmark, "Enditem");
  article.dateline = Dateline{.segment = 0,
                              .places = {"Zagreb"},
                              .agency = "Example News",
                              .date = Date{2021, 12, 15},
                              .year_from = "record"};
  article.entities.push_back(builder.entity("urn:wiredesk:entity:ana-kovac", EntityType::person,
                                            "Ana Kovac",
                                            {builder.mention(paragraph, "Ana Kovac")}));
  article.stage_seconds = {{"structure", 0.25}};
  EXPECT_EQ(
      write(article),
      R"({"item":{"uri":"urn:wiredesk:examplenews:a1","type":"text","version":"1",)"
      R"("pubStatus":"usable","located":"Zagreb","headlines":[],)"
      R"("infoSources":[{"name":"Example News"}],"altIds":[{"role":"rawSha256","value":)"
      R"("0000000000000000000000000000000000000000000000000000000000000000"}],)"
      R"("bodies":[{"role":"main","contentType":"text/plain","charCount":16,"wordCount":3,)"
      R"("value":"Ana Kovac spoke."}],"people":[{"name":"Ana Kovac","rel":"mentions",)"
      R"("uri":"urn:wiredesk:entity:ana-kovac"}],"organisations":[],"places":[],"events":[],)"
      R"("associations":[]},"wire":{"schema":1,"source":{"topic":"wire.raw","partition":3,)"
      R"("offset":42,"item":0,"timestamp":1639569600000,"key":null,"format":"text"},)"
      R"("segments":[{"kind":"dateline","start":0,"end":33},)"
      R"({"kind":"paragraph","start":34,"end":50,"body":0},)"
      R"({"kind":"endmark","start":51,"end":58}],)"
      R"("dateline":{"text":"ZAGREB, Dec. 15 (Example News) --","places":["Zagreb"],)"
      R"("agency":"Example News","date":"2021-12-15","yearFrom":"record"},)"
      R"("lifecycle":{"kind":"new","mark":null,"sequence":null,"series":null,)"
      R"("embargoedUntil":null},"gallery":false,"captions":[],"subheads":[],"notes":[],)"
      R"("endMark":"Enditem","duplicate":{"cluster":"urn:wiredesk:examplenews:a1","of":null,)"
      R"("relation":"original","score":null,"evidence":[],"changes":null},)"
      R"("entities":[{"id":"urn:wiredesk:entity:ana-kovac","type":"person","name":"Ana Kovac",)"
      R"("rel":"mentions","salience":0.5,"mentions":[{"field":"body","index":0,"start":0,"end":9,)"
      R"("byteStart":0,"byteEnd":9,"text":"Ana Kovac","sourceStart":34,"by":"gazetteer",)"
      R"("confidence":1,"nested":false}]}],)"
      R"("processing":{"wiredesk":"0.1.0","stages":{"structure":0.25}}}})");
}

TEST(MessageWriter, AppendsToWhatTheBufferHolds) {
  ArticleBuilder builder;
  builder.add(SegmentKind::paragraph, "One.");
  std::string out = "before";
  MessageWriter writer({});
  writer.write(builder.article, out);
  const std::string first = out.substr(6);
  writer.write(builder.article, out);
  EXPECT_EQ(out, "before" + first + first);
}

TEST(MessageWriter, CountsCodePointsAndBytesInTextThatIsNotAscii) {
  ArticleBuilder builder;
  builder.add(SegmentKind::headline, "Šibenik čeka 🚢");
  const auto paragraph = builder.add(SegmentKind::paragraph, "Čađa pala.", "\r\n\r\n");
  const auto second = builder.add(SegmentKind::paragraph, "U 🚢 luci: Đuro Ćosić.", "\n");
  builder.article.entities.push_back(
      builder.entity("urn:wiredesk:entity:1", EntityType::person, "Đuro Ćosić",
                     {builder.mention(second, "Đuro Ćosić"), builder.mention(paragraph, "pala")}));
  const value message = message_of(builder.article);
  EXPECT_EQ(message.at_pointer("/wire/segments/1"),
            boost::json::parse(R"({"kind":"paragraph","start":18,"end":28,"body":0})"));
  EXPECT_EQ(message.at_pointer("/wire/segments/2/body"), 11);
  const value& mention = message.at_pointer("/wire/entities/0/mentions/0");
  EXPECT_EQ(mention.at("start"), 21);
  EXPECT_EQ(mention.at("end"), 31);
  EXPECT_EQ(mention.at("byteStart"), 26);
  EXPECT_EQ(mention.at("byteEnd"), 39);
  EXPECT_EQ(mention.at("sourceStart"), 39);
  EXPECT_EQ(mention.at("text"), "Đuro Ćosić");
  EXPECT_EQ(message.at_pointer("/item/bodies/0/charCount"), 32);
}

TEST(MessageWriter, GivesEveryRepetitionOfACaptionItsOwnMention) {
  ArticleBuilder builder;
  const auto first = builder.add(SegmentKind::caption, "Café owner Jun Mori waves.");
  builder.add(SegmentKind::credit, "(Example/Lea Horvat)", " ");
  builder.add(SegmentKind::paragraph, "Text.");
  const auto again = builder.add(SegmentKind::caption, "Café owner Jun Mori waves.");
  builder.add(SegmentKind::credit, "(Example/Lea Horvat)", " ");
  Caption& caption = builder.add_caption("Café owner Jun Mori waves.", {0, 1, 3, 4});
  caption.credit = "(Example/Lea Horvat)";
  caption.credit_line = "Example/Lea Horvat";
  caption.photographers = {"Lea Horvat", "Ivo Babic"};
  caption.agency = "Example";
  caption.date = Date{0, 12, 5};
  caption.place = "Zagreb";
  caption.confidence = 0.99;
  builder.article.entities.push_back(
      builder.entity("urn:wiredesk:entity:2", EntityType::person, "Jun Mori",
                     {builder.mention(first, "Jun Mori"), builder.mention(again, "Jun Mori")}));
  const std::string text = write(builder.article);
  const value message = boost::json::parse(text);
  for (const char* which : {"0", "1"}) {
    const value& mention = message.at_pointer(std::string("/wire/entities/0/mentions/") + which);
    EXPECT_EQ(mention.at("field"), "caption");
    EXPECT_EQ(mention.at("index"), 0);
    EXPECT_EQ(mention.at("start"), 11);
    EXPECT_EQ(mention.at("byteStart"), 12);
  }
  EXPECT_EQ(message.at_pointer("/wire/entities/0/mentions/1/sourceStart"), 65);
  EXPECT_EQ(message.at_pointer("/item/associations/0/by"), "Lea Horvat, Ivo Babic");
  EXPECT_EQ(message.at_pointer("/wire/captions/0/date"), "--12-05");
  EXPECT_EQ(message.at_pointer("/wire/captions/0/segments"), value({0, 1, 3, 4}));
  EXPECT_EQ(message.at_pointer("/item/people").as_array().size(), 1U);
  EXPECT_THAT(fakes::schema_faults({text}), IsEmpty());
}

TEST(MessageWriter, PlacesMentionsInACaptionThatWasPutTogetherFromLines) {
  ArticleBuilder builder;
  const auto first = builder.add(SegmentKind::caption, "Crews work");
  const auto second = builder.add(SegmentKind::caption, "near Split.");
  builder.add_caption("Crews work near Split.", {0, 1});
  builder.article.entities.push_back(
      builder.entity("urn:wiredesk:entity:3", EntityType::place, "Split",
                     {builder.mention(second, "Split"), builder.mention(first, "Crews")}));
  const value message = message_of(builder.article);
  EXPECT_EQ(message.at_pointer("/wire/entities/0/mentions/0/start"), 16);
  EXPECT_EQ(message.at_pointer("/wire/entities/0/mentions/1/start"), 0);
}

TEST(MessageWriter, ListsTheMetadataHeadlineFirstAndEqualOnesOnce) {
  ArticleBuilder builder;
  builder.article.meta.headline = "Žito raste u Osijeku";
  const auto headline = builder.add(SegmentKind::headline, "Osijek reports");
  builder.add(SegmentKind::headline, "Žito raste u Osijeku");
  Mention meta;
  meta.segment = Mention::kMetadataHeadline;
  meta.span = {14, 21};
  builder.article.entities.push_back(builder.entity("urn:wiredesk:entity:4", EntityType::place,
                                                    "Osijek",
                                                    {meta, builder.mention(headline, "Osijek")}));
  const value message = message_of(builder.article);
  EXPECT_EQ(message.at_pointer("/item/headlines"),
            boost::json::parse(R"([{"value":"Žito raste u Osijeku"},{"value":"Osijek reports"}])"));
  const value& mentions = message.at_pointer("/wire/entities/0/mentions");
  EXPECT_EQ(mentions.at(0).at("text"), "Osijeku");
  EXPECT_EQ(mentions.at(0).at("index"), 0);
  EXPECT_EQ(mentions.at(0).at("start"), 13);
  EXPECT_TRUE(mentions.at(0).at("sourceStart").is_null());
  EXPECT_EQ(mentions.at(1).at("index"), 1);
  EXPECT_EQ(mentions.at(1).at("sourceStart"), 0);
}

TEST(MessageWriter, MentionsInUnpublishedSegmentsAreLeftOut) {
  ArticleBuilder builder;
  const auto byline = builder.add(SegmentKind::byline, "By Ana Kovac");
  const auto note = builder.add(SegmentKind::note, "(Updates after Ana Kovac's reply)");
  builder.article.entities.push_back(
      builder.entity("urn:wiredesk:entity:5", EntityType::person, "Ana Kovac",
                     {builder.mention(byline, "Ana"), builder.mention(note, "Ana")}));
  const std::string text = write(builder.article);
  const value message = boost::json::parse(text);
  EXPECT_EQ(message.at_pointer("/wire/entities/0/mentions").as_array().size(), 1U);
  EXPECT_EQ(message.at_pointer("/wire/entities/0/mentions/0/field"), "note");
  EXPECT_EQ(text_at(message, "/item/by"), "By Ana Kovac");
  EXPECT_EQ(text_at(message, "/item/edNote"), "(Updates after Ana Kovac's reply)");
  EXPECT_EQ(message.at_pointer("/wire/notes/0/segment"), 1);
  EXPECT_THAT(fakes::schema_faults({text}), IsEmpty());
}

TEST(MessageWriter, ADemonymItselfIsNoPlaceItsCountryIs) {
  ArticleBuilder builder;
  const auto at = builder.add(SegmentKind::paragraph, "Croatian wheat.");
  builder.article.entities.push_back(builder.entity("urn:wiredesk:entity:demonym:croatian",
                                                    EntityType::demonym, "Croatian",
                                                    {builder.mention(at, "Croatian")}));
  builder.article.entities.push_back(
      builder.entity("urn:wiredesk:entity:place:croatia", EntityType::place, "Croatia", {}));
  for (Entity& entity : builder.article.entities) entity.rel = "demonym";
  const std::string text = write(builder.article);
  EXPECT_EQ(boost::json::parse(text).at_pointer("/item/places"),
            boost::json::parse(R"([{"name":"Croatia","rel":"demonym",)"
                               R"("uri":"urn:wiredesk:entity:place:croatia"}])"));
  EXPECT_THAT(fakes::schema_faults({text}), IsEmpty());
}

TEST(MessageWriter, PubStatusFollowsTheLifecycle) {
  const std::pair<LifecycleKind, std::string_view> kTable[] = {
      {LifecycleKind::fresh, "usable"},      {LifecycleKind::update, "usable"},
      {LifecycleKind::correction, "usable"}, {LifecycleKind::kill, "canceled"},
      {LifecycleKind::withhold, "withheld"}, {LifecycleKind::embargo, "usable"}};
  for (const auto& [kind, status] : kTable) {
    ArticleBuilder builder;
    builder.article.lifecycle.kind = kind;
    EXPECT_EQ(text_at(message_of(builder.article), "/item/pubStatus"), status);
  }
}

TEST(MessageWriter, PublishesMetadataWhereThereIsAny) {
  ArticleBuilder builder;
  Metadata& meta = builder.article.meta;
  meta.version = "7";
  meta.language = "hr";
  meta.slug = "wheat-harvest";
  meta.time = "2021-12-15T08:00:00+01:00";
  const std::string text = write(builder.article);
  EXPECT_THAT(text, HasSubstr(R"("version":"7","versionCreated":"2021-12-15T08:00:00+01:00",)"));
  EXPECT_THAT(text, HasSubstr(R"("language":"hr")"));
  EXPECT_THAT(text, HasSubstr(R"("slugline":"wheat-harvest")"));
  meta.time = "15/12/2021";
  EXPECT_THAT(write(builder.article), Not(HasSubstr("versionCreated")));
}

TEST(MessageWriter, AKeyThatIsNotUtf8IsBase64) {
  ArticleBuilder builder;
  builder.record.key = "k\xFF";
  const value message = message_of(builder.article);
  EXPECT_TRUE(message.at_pointer("/wire/source/key").is_null());
  EXPECT_EQ(text_at(message, "/wire/source/keyBase64"), "a/8=");
  builder.record.key = "ključ";
  EXPECT_EQ(text_at(message_of(builder.article), "/wire/source/key"), "ključ");
}

TEST(MessageWriter, ARecordWithoutTimestampSaysNull) {
  ArticleBuilder builder;
  builder.record.timestamp = Timestamp{-1};
  EXPECT_TRUE(message_of(builder.article).at_pointer("/wire/source/timestamp").is_null());
}

TEST(MessageWriter, OptionsAddOrLeaveOutParts) {
  ArticleBuilder builder;
  builder.add(SegmentKind::paragraph, "Fish & chips <now>\x01");
  builder.add(SegmentKind::subhead, "COSTS");
  builder.article.outcome = Outcome::drop("duplicate");
  const std::string ninjs = write(builder.article, {.ninjs_only = true, .richtext = true});
  const value item = boost::json::parse(ninjs);
  EXPECT_FALSE(item.as_object().contains("wire"));
  EXPECT_EQ(text_at(item, "/bodies/1/value"),
            "<p>Fish &amp; chips &lt;now&gt;\xEF\xBF\xBD</p><h2>COSTS</h2>");
  EXPECT_THAT(fakes::schema_faults({ninjs}, true), IsEmpty());
  const std::string whole = write(builder.article, {.source = true, .write_dropped = true});
  const value message = boost::json::parse(whole);
  EXPECT_EQ(text_at(message, "/wire/dropped"), "duplicate");
  EXPECT_EQ(text_at(message, "/wire/text"), builder.article.source);
  EXPECT_THAT(fakes::schema_faults({whole}), IsEmpty());
  EXPECT_FALSE(message_of(builder.article).at("wire").as_object().contains("dropped"));
}

TEST(MessageWriter, TheSchemasRefuseWhatIsNotAMessage) {
  ArticleBuilder builder;
  const std::string sound = write(builder.article);
  ASSERT_THAT(fakes::schema_faults({sound}), IsEmpty());
  const std::pair<std::string_view, std::string_view> kChanges[] = {
      {R"("pubStatus":"usable")", R"("pubStatus":"fine")"},
      {R"("schema":1)", R"("schema":2)"},
      {R"("gallery":false,)", ""},
      {R"("kind":"new")", R"("kind":"old")"},
      {R"("people":[])", R"("people":[],"foreign":1)"},
      {"urn:wiredesk:examplenews:a1", "not a uri"}};
  std::vector<std::string> broken;
  for (const auto& [from, to] : kChanges) {
    broken.push_back(sound);
    broken.back().replace(sound.find(from), from.size(), to);
  }
  const std::string said = fakes::schema_faults(broken);
  for (std::size_t i = 1; i <= broken.size(); ++i)
    EXPECT_THAT(said, HasSubstr(":" + std::to_string(i) + ": "));
}

}  // namespace
}  // namespace wiredesk
