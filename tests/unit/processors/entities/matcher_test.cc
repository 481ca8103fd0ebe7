#include "processors/entities/matcher.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace wiredesk::entities {
namespace {

std::shared_ptr<const Gazetteer> gazetteer() {
  static const auto kGazetteer =
      Gazetteer::parse("test.tsv",
                       "Asia\tplace\t\t\t\t\n"
                       "Asia-Pacific\tplace\t\t\t\t\n"
                       "China\tplace\t\t\tCN\tcountry\n"
                       "Russia\tplace\t\t\tRU\tcountry\n"
                       "Philippines\tplace\t\t\tPH\tcountry\n"
                       "United States\tplace\t\tU.S.|US|America\tUS\tcountry|word:US\n"
                       "New York\tplace\t\t\tUS\t\n"
                       "York\tplace\t\t\tGB\t\n"
                       "Xi'an\tplace\t\t\tCN\t\n"
                       "Ivory Coast\tplace\t\tCôte d'Ivoire\tCI\tcountry\n"
                       "Malé\tplace\t\t\tMV\texact\n"
                       "Düsseldorf\tplace\t\t\tDE\t\n"
                       "Mali\tplace\t\t\tML\tcountry\n"
                       "Bank of China\torganisation\t\t\tCN\t\n"
                       "World Health Organization\torganisation\t\tWHO\t\t\n"
                       "Beijing\tplace\t\t\tCN\tcapital\n"
                       "Beijing Winter Olympics\tevent\t\t\t\t\n"
                       "G20\torganisation\t\t\t\t\n");
  return kGazetteer;
}

std::string join(const std::vector<std::string>& parts) {
  std::string all;
  for (const std::string& part : parts) all += (all.empty() ? "" : "|") + part;
  return all;
}

/// The matched texts, nested ones in brackets.
std::string matches(std::string_view text) {
  std::vector<Hit> hits;
  find_names(*gazetteer(), text, {0, static_cast<std::uint32_t>(text.size())}, hits);
  std::vector<std::string> found;
  for (const Hit& hit : hits) {
    const std::string part(text.substr(hit.span.begin, hit.span.size()));
    found.push_back(hit.nested ? '(' + part + ')' : part);
  }
  return join(found);
}

struct Case {
  std::string name;
  std::string text;
  std::string expected;
};

class MatcherCases : public testing::TestWithParam<Case> {};

TEST_P(MatcherCases, FindsExactlyTheseNames) {
  EXPECT_EQ(matches(GetParam().text), GetParam().expected);
}

const std::vector<Case> kCases{
    {"word_boundaries", "China, Chinatown and Indochina; (Russia).", "China|Russia"},
    {"possessive", "China's and Russia\u2019s ties", "China|Russia"},
    {"possessive_of_plural", "the Philippines' coast", "Philippines"},
    {"quotes_are_no_possessive", "'China' and \u2018Russia\u2019", "China|Russia"},
    {"apostrophe_within_a_word", "d'China and China'n", ""},
    {"hyphenated_pair", "China-Russia relations", "China|Russia"},
    {"hyphenated_adjective", "China-related, non-Russia", "China|Russia"},
    {"longest_wins_over_hyphen", "the Asia-Pacific and Asia", "Asia-Pacific|Asia"},
    {"longest_wins", "New York, York", "New York|York"},
    {"falls_back_to_the_shorter", "New China", "China"},
    {"full_stops", "the U.S. and U.S.-led", "U.S.|U.S."},
    {"full_stops_and_possessive", "U.S.'s envoy", "U.S."},
    {"acronyms_are_exact", "US told us that Us is WHO, who", "US|WHO"},
    {"lower_case_is_no_name", "china plates from russia", ""},
    {"odd_capitals_are_no_name", "ChINA and RUssia", ""},
    {"all_capitals", "CHINA AND RUSSIA MEET IN NEW YORK", "CHINA|RUSSIA|NEW YORK"},
    {"half_capitals", "NEW York", "York"},
    {"short_names_are_not_shouted", "ASIA, MALI", "ASIA|MALI"},
    {"accents_may_be_missing", "in Dusseldorf, Cote d\u2019Ivoire",
     "Dusseldorf|Cote d\u2019Ivoire"},
    {"decomposed_accents", "in Du\u0308sseldorf", "Du\u0308sseldorf"},
    {"exact_wants_its_accents", "Male, MALÉ, Malé", "Malé"},
    {"apostrophe_in_the_name", "Xi'an and Xi\u2019an's", "Xi'an|Xi\u2019an"},
    {"white_space_may_vary", "New\nYork, New  York, New\u00a0York",
     "New\nYork|New  York|New\u00a0York"},
    {"not_across_paragraphs", "New\n\nYork", "York"},
    {"nested_in_an_organisation", "the Bank of China said", "Bank of China|(China)"},
    {"nested_at_the_same_place", "Beijing Winter Olympics", "Beijing Winter Olympics|(Beijing)"},
    {"addresses", "China.com, x@China, China_x, www.China.com", ""},
    {"end_of_a_sentence", "to China. Russia", "China|Russia"},
    {"digits", "the G20 and G200", "G20"},
    {"currencies_and_tickers", "US$ 5, US$5 and <US.N>", ""},
    {"accents_where_none_belong", "Chína and Rüssia", ""},
    {"small_words_in_shouted_lines", "THEY TELL US THAT\nthe US", "US"},
    {"nothing", "", ""},
};

INSTANTIATE_TEST_SUITE_P(Table, MatcherCases, testing::ValuesIn(kCases),
                         [](const auto& each) { return each.param.name; });

TEST(Matcher, StaysWithinItsRange) {
  const std::string text = "China Russia New York";
  std::vector<Hit> hits;
  find_names(*gazetteer(), text, {6, 16}, hits);
  ASSERT_EQ(hits.size(), 1U);
  EXPECT_EQ(hits[0].span, (Span{6, 12}));
}

}  // namespace
}  // namespace wiredesk::entities
