// What the tests of the dedupe processor share: articles made of a few words, and one call that
// sends one through the processor.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "processors/dedupe/dedupe.h"
#include "processors/identity.h"

namespace wiredesk::dedupe_test {

inline constexpr Timestamp kNow = std::chrono::hours(24 * 365 * 50);

/// The option section `dedupe` with these scalars.
inline ConfigNode section(const std::vector<std::pair<std::string, std::string>>& values,
                          const std::string& duplicate) {
  const auto scalar = [](const std::string& text) {
    ConfigNode node;
    node.kind = ConfigNode::Kind::scalar;
    node.scalar = text;
    return node;
  };
  ConfigNode node;
  node.kind = ConfigNode::Kind::map;
  for (const auto& [name, value] : values) node.entries.push_back({name, {}, scalar(value)});
  if (duplicate.empty()) return node;
  ConfigNode actions;
  actions.kind = ConfigNode::Kind::map;
  actions.entries.push_back({"duplicate", {}, scalar(duplicate)});
  node.entries.push_back({"actions", {}, actions});
  return node;
}

inline std::unique_ptr<ProcessorFactory> make_factory(
    const std::string& duplicate = "",
    const std::vector<std::pair<std::string, std::string>>& values = {}) {
  const auto options = make_dedupe_options();
  const ConfigNode node = section(values, duplicate);
  std::vector<ConfigProblem> problems;
  OptionReader::read(&node, "dedupe", problems, [&](OptionReader& in) { options->declare(in); });
  if (!problems.empty()) throw std::runtime_error(problems[0].message);
  return options->make_factory();
}

/// One article that a test sends, with everything it needs to live.
struct Input {
  std::string text;
  std::int64_t offset = 0;
  std::int32_t partition = 0;
  Timestamp time = kNow;
  std::string supplier = "north";
  LifecycleKind lifecycle = LifecycleKind::fresh;
};

struct Answer {
  Outcome outcome;
  Duplicate duplicate;
  StateRecord state;

  std::string relation() const { return std::string(to_string(duplicate.relation)); }
};

inline std::string uri_of(const Input& input) {
  return make_uri(input.supplier,
                  std::to_string(input.partition) + "-" + std::to_string(input.offset));
}

/// Processes one article of its own record, without ending the record.
inline Answer run(Processor& processor, const Input& input) {
  Record record;
  record.position = {"wire.raw", input.partition, input.offset, 0};
  record.time = input.time;
  Article article(record);
  article.source = input.text;
  article.segments = {{SegmentKind::paragraph, {0, static_cast<std::uint32_t>(input.text.size())}}};
  article.meta.supplier = input.supplier;
  article.meta.id = std::to_string(input.partition) + "-" + std::to_string(input.offset);
  article.lifecycle.kind = input.lifecycle;
  Answer answer;
  answer.outcome = processor.process(article);
  answer.duplicate = article.duplicate;
  EXPECT_EQ(article.state.size(), 1u);
  answer.state = article.state.at(0);
  return answer;
}

inline Answer accept(Processor& processor, const Input& input) {
  Answer answer = run(processor, input);
  processor.end_record(true);
  return answer;
}

inline Answer commit(Processor& processor, const Input& input) {
  Answer answer = accept(processor, input);
  processor.end_batch(true);
  return answer;
}

inline std::string story(int number) {
  std::string text = "Story " + std::to_string(number) + ": the council of Port Marin said";
  for (int i = 0; i < 30; ++i) text += " word" + std::to_string(number * 100 + i);
  return text + ".";
}

}  // namespace wiredesk::dedupe_test
