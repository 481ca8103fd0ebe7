#include "processors/text/json_writer.h"

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <cstdlib>
#include <functional>
#include <limits>

namespace wiredesk {
namespace {

using namespace std::string_literals;

std::string written(const std::function<void(JsonWriter&)>& write) {
  std::string out;
  JsonWriter json(out);
  write(json);
  return out;
}

std::string escaped(std::string_view text) {
  return written([&](JsonWriter& json) { json.string(text); });
}

TEST(JsonWriter, PutsCommasWhereTheyBelong) {
  EXPECT_EQ(written([](JsonWriter& json) {
              json.begin_object();
              json.key("a").number(std::int64_t{1});
              json.key("b").begin_array().string("x").null().boolean(true).begin_object();
              json.end_object().begin_array().end_array().end_array();
              json.key("c").string_or_null("");
              json.end_object();
            }),
            R"({"a":1,"b":["x",null,true,{},[]],"c":null})");
}

TEST(JsonWriter, TakesKeysThatAreNoLiterals) {
  const std::string name = "later";
  EXPECT_EQ(written([&](JsonWriter& json) {
              json.begin_object().key("first").boolean(false);
              json.key(std::string_view(name)).boolean(true).end_object();
            }),
            R"({"first":false,"later":true})");
}

TEST(JsonWriter, EscapesWhatMustBeEscaped) {
  EXPECT_EQ(escaped("\"\\\b\f\n\r\t"), R"("\"\\\b\f\n\r\t")");
  EXPECT_EQ(escaped("é€𝄞/"), "\"é€𝄞/\"");
}

TEST(JsonWriter, WhateverStringItWritesReadsBackTheSame) {
  std::string all;
  for (int byte = 0; byte < 0x80; ++byte) all.push_back(static_cast<char>(byte));
  // The place of an escape within the run that is copied at once must not matter.
  for (std::size_t shift = 0; shift < 40; ++shift) {
    const std::string text = std::string(shift, 'x') + all + "é\u2028" + std::string(shift, '"');
    EXPECT_EQ(boost::json::parse(escaped(text)).as_string(), text) << shift;
  }
}

TEST(JsonWriter, PiecesMakeOneString) {
  EXPECT_EQ(written([](JsonWriter& json) {
              json.begin_array().string("a");
              json.begin_string().piece("b\"").piece("").piece("c").end_string();
              json.end_array();
            }),
            R"(["a","b\"c"])");
}

TEST(JsonWriter, RawTextTakesPartInTheCommas) {
  EXPECT_EQ(written([](JsonWriter& json) {
              json.begin_object().raw(R"("a":1,"b":)").number(std::int64_t{2});
              json.key("c").raw("[]").key("d").null().end_object();
            }),
            R"({"a":1,"b":2,"c":[],"d":null})");
}

TEST(JsonWriter, NumbersReadBackTheSame) {
  for (const double value : {0.0, 0.1, 1.0 / 3, -2.5e-9, 1e300, 0.00004})
    EXPECT_EQ(std::strtod(written([&](JsonWriter& json) { json.number(value); }).c_str(), nullptr),
              value);
  const auto least = std::numeric_limits<std::int64_t>::min();
  EXPECT_EQ(written([&](JsonWriter& json) { json.number(least); }), std::to_string(least));
}

TEST(JsonWriter, ThereIsNoJsonForWhatIsNotFinite) {
  for (const double value :
       {std::numeric_limits<double>::infinity(), std::numeric_limits<double>::quiet_NaN()})
    EXPECT_EQ(written([&](JsonWriter& json) { json.number(value); }), "null");
}

}  // namespace
}  // namespace wiredesk
