#include "processors/dedupe/state_record.h"

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

namespace wiredesk {
namespace {

DedupeDecision duplicate() {
  DedupeDecision decision;
  decision.position = OwnedPosition({"wire.raw-2_x", 3, 9'000'000'000, 2});
  decision.time = Timestamp(1'639'569'600'000);
  decision.fingerprint = {0xfedcba9876543210ULL, 7};
  decision.relation = Relation::duplicate;
  decision.supplier = "north-wire";
  decision.uri = "urn:wiredesk:north-wire:a%2Fb";
  decision.head = OwnedPosition({"wire.raw", 0, 41, 0});
  decision.head_uri = "urn:wiredesk:north-wire:41";
  return decision;
}

DedupeDecision original() {
  DedupeDecision decision = duplicate();
  decision.relation = Relation::original;
  decision.supplier = "";
  decision.head = decision.position;
  decision.head_uri = decision.uri;
  return decision;
}

std::string refusal(std::string_view key, std::string_view value) {
  try {
    parse_state_record(key, value);
  } catch (const std::runtime_error& error) {
    return error.what();
  }
  return "";
}

TEST(StateRecordTest, RoundTrip) {
  for (const DedupeDecision& decision : {duplicate(), original()}) {
    const StateRecord record = to_state_record(decision);
    EXPECT_EQ(record.key, "wire.raw-2_x/3/9000000000/2");
    EXPECT_EQ(parse_state_record(record.key, record.value), decision);
  }
  for (int i = 0; i <= static_cast<int>(Relation::roundup); ++i) {
    DedupeDecision decision = duplicate();
    decision.relation = static_cast<Relation>(i);
    const StateRecord record = to_state_record(decision);
    EXPECT_EQ(parse_state_record(record.key, record.value).relation, decision.relation);
  }
}

// Changing what is written means a new version: older records must stay readable.
TEST(StateRecordTest, TheFormIsFixed) {
  EXPECT_EQ(to_state_record(duplicate()).value,
            "1\t1639569600000\tfedcba98765432100000000000000007\tduplicate\tnorth-wire\t"
            "urn:wiredesk:north-wire:a%2Fb\twire.raw/0/41/0\turn:wiredesk:north-wire:41");
  EXPECT_EQ(to_state_record(original()).value,
            "1\t1639569600000\tfedcba98765432100000000000000007\toriginal\t\t"
            "urn:wiredesk:north-wire:a%2Fb\t\t");
}

TEST(StateRecordTest, UnknownVersionsAreRefusedWithTheMend) {
  StateRecord record = to_state_record(duplicate());
  record.value[0] = '2';
  const std::string message = refusal(record.key, record.value);
  EXPECT_NE(message.find("version '2'"), std::string::npos) << message;
  EXPECT_NE(message.find("wire.raw-2_x/3/9000000000/2"), std::string::npos) << message;
  EXPECT_NE(message.find("state.topic"), std::string::npos) << message;
  EXPECT_NE(refusal("k", std::string(1, '\0')).find("byte 0"), std::string::npos);
  EXPECT_NE(refusal("k", "12\t").find("version"), std::string::npos);
}

TEST(StateRecordTest, DamagedRecordsAreRefused) {
  const StateRecord record = to_state_record(duplicate());
  EXPECT_NE(refusal(record.key, ""), "");
  for (const char* key : {"", "wire.raw", "wire.raw/1/2", "t/1/2/x", "t/1//3", "t/1/2/99999999999"})
    EXPECT_NE(refusal(key, record.value), "") << key;
  for (std::size_t size = 1; size < record.value.rfind('\t'); ++size)
    EXPECT_NE(refusal(record.key, record.value.substr(0, size)), "") << size;
  EXPECT_NE(refusal(record.key, record.value + "\tmore"), "");
  std::string wrong = record.value;
  wrong.replace(wrong.find("duplicate"), 9, "duplicity");
  EXPECT_NE(refusal(record.key, wrong), "");
}

TEST(StateRecordTest, HeadsAreOriginalsAndMarkedVersionsButNoKills) {
  EXPECT_TRUE(original().is_head());
  EXPECT_FALSE(duplicate().is_head());
  DedupeDecision marked = original();
  marked.relation = Relation::correction;
  EXPECT_TRUE(marked.is_head());
  marked.relation = Relation::kill;
  EXPECT_FALSE(marked.is_head());
}

}  // namespace
}  // namespace wiredesk
