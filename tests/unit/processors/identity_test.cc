#include "processors/identity.h"

#include <gtest/gtest.h>

namespace wiredesk {
namespace {

TEST(Slug, IsLowerCaseWordsJoinedByDashes) {
  EXPECT_EQ(slug("Agence France-Presse"), "agence-france-presse");
  EXPECT_EQ(slug("  A.P.  "), "a-p");
  EXPECT_EQ(slug("dpa"), "dpa");
  EXPECT_EQ(slug("Nächste Zeitung"), "nächste-zeitung");
  EXPECT_EQ(slug(" -- "), "");
}

TEST(MakeUri, EncodesAllButUnreservedCharacters) {
  EXPECT_EQ(make_uri("dpa", "a-b.c_d~9"), "urn:wiredesk:dpa:a-b.c_d~9");
  EXPECT_EQ(make_uri("dpa", "a:b/c d%"), "urn:wiredesk:dpa:a%3Ab%2Fc%20d%25");
  EXPECT_EQ(make_uri("ä", "x"), "urn:wiredesk:%C3%A4:x");
}

TEST(MakeUri, AnUnknownSupplierIsNamedSo) {
  EXPECT_EQ(make_uri("", "x"), "urn:wiredesk:unknown:x");
}

// FIPS 180-4's own examples.
TEST(Sha256Hex, KnowsTheStandardsExamples) {
  EXPECT_EQ(sha256_hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(FastHashHex, IsStableAndTellsTextsApart) {
  // xxHash's own value for no bytes: an id that is published must never change.
  EXPECT_EQ(fast_hash_hex(""), "99aa06d3014798d86001c324468d497f");
  EXPECT_NE(fast_hash_hex("a"), fast_hash_hex("b"));
}

}  // namespace
}  // namespace wiredesk
