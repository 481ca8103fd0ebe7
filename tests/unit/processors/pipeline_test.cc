#include "processors/pipeline.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

#include "tests/fakes/chain.h"

namespace wiredesk {
namespace {

using fakes::LineDecoder;
using fakes::ScriptedProcessor;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

Record record_of(std::string_view value) {
  Record record;
  record.position = {"wire.raw", 3, 42, 0};
  record.value = value;
  return record;
}

struct Observed : PipelineObserver {
  void stage_done(std::size_t stage, const Outcome& outcome, std::chrono::nanoseconds) override {
    stages.push_back(stage);
    failures += outcome.failed() ? 1 : 0;
  }
  std::vector<std::size_t> stages;
  int failures = 0;
};

class PipelineTest : public testing::Test {
 protected:
  void add(std::string_view name, ScriptedProcessor::Script script) {
    stages_.push_back({name, std::make_unique<ScriptedProcessor>(std::move(script), &ends_)});
  }
  Pipeline& pipeline(bool identity_from_key = false) {
    if (!pipeline_) {
      pipeline_ = std::make_unique<Pipeline>(std::make_unique<LineDecoder>(), std::move(stages_),
                                             identity_from_key);
      pipeline_->set_observer(&observed_);
    }
    return *pipeline_;
  }

  std::vector<Pipeline::Stage> stages_;
  std::unique_ptr<Pipeline> pipeline_;
  ScriptedProcessor::Ends ends_;
  Observed observed_;
};

TEST_F(PipelineTest, TakesEachArticleOfARecordThroughEachStageInOrder) {
  std::vector<std::string> seen;
  add("one", [&](Article& article) {
    seen.push_back("one " + std::string(article.source));
    return Outcome::keep();
  });
  add("two", [&](Article& article) {
    seen.push_back("two " + std::string(article.source));
    return Outcome::keep();
  });
  const PipelineResult result = pipeline().process(record_of("a\nb"));
  EXPECT_TRUE(result.outcome.kept());
  EXPECT_THAT(result.articles, SizeIs(2));
  EXPECT_THAT(seen, ElementsAre("one a", "two a", "one b", "two b"));
  EXPECT_THAT(observed_.stages, ElementsAre(0u, 1u, 2u, 1u, 2u));
}

TEST_F(PipelineTest, ADropEndsTheArticleAndNotTheRecord) {
  std::vector<std::string> reached;
  add("first", [](Article& article) {
    return article.source == "a" ? Outcome::drop("duplicate") : Outcome::keep();
  });
  add("second", [&](Article& article) {
    reached.emplace_back(article.source);
    return Outcome::keep();
  });
  const PipelineResult result = pipeline().process(record_of("a\nb"));
  ASSERT_THAT(result.articles, SizeIs(2));
  EXPECT_TRUE(result.articles[0].outcome.dropped());
  EXPECT_EQ(result.articles[0].outcome.reason.text(), "duplicate");
  EXPECT_TRUE(result.articles[1].outcome.kept());
  EXPECT_THAT(reached, ElementsAre("b"));
}

TEST_F(PipelineTest, KeepDroppedSendsADroppedArticleThroughTheRest) {
  int reached = 0;
  add("first", [](Article&) { return Outcome::drop("duplicate"); });
  add("second", [&](Article&) {
    ++reached;
    return Outcome::keep();
  });
  pipeline().set_keep_dropped(true);
  const PipelineResult result = pipeline().process(record_of("a"));
  EXPECT_EQ(reached, 1);
  EXPECT_TRUE(result.articles[0].outcome.dropped());
}

TEST_F(PipelineTest, AFailedItemFailsItsWholeRecord) {
  add("picky", [](Article& article) {
    return article.source == "bad" ? Outcome::fail("picky", "no") : Outcome::keep();
  });
  const PipelineResult result = pipeline().process(record_of("good\nbad\nunseen"));
  EXPECT_TRUE(result.outcome.failed());
  EXPECT_EQ(result.outcome.reason.text(), "picky");
  EXPECT_EQ(result.stage, "picky");
  EXPECT_THAT(result.articles, IsEmpty());
  EXPECT_THAT(observed_.stages, ElementsAre(0u, 1u, 1u));
  EXPECT_THAT(ends_.records, ElementsAre(false));
}

TEST_F(PipelineTest, ADecodeFailureReachesNoProcessor) {
  int reached = 0;
  add("one", [&](Article&) {
    ++reached;
    return Outcome::keep();
  });
  const PipelineResult result = pipeline().process(record_of("good\nbroken"));
  EXPECT_TRUE(result.outcome.failed());
  EXPECT_EQ(result.stage, "decode");
  EXPECT_THAT(result.articles, IsEmpty());
  EXPECT_EQ(reached, 0);
  EXPECT_EQ(observed_.failures, 1);
}

TEST_F(PipelineTest, AnExceptionIsAFailureOfItsStage) {
  add("risky", [](Article&) -> Outcome { throw std::runtime_error("it broke"); });
  const PipelineResult result = pipeline().process(record_of("a"));
  EXPECT_TRUE(result.outcome.failed());
  EXPECT_EQ(result.outcome.reason.text(), "internal_error");
  EXPECT_EQ(result.outcome.detail, "it broke");
  EXPECT_EQ(result.stage, "risky");
}

TEST_F(PipelineTest, AnExceptionOfTheDecoderIsAFailureToo) {
  const PipelineResult result = pipeline().process(record_of("throw"));
  EXPECT_EQ(result.outcome.reason.text(), "internal_error");
  EXPECT_EQ(result.stage, "decode");
}

TEST_F(PipelineTest, ARecordIsAcceptedOnceTheNextOneBeginsOrTheBatchEnds) {
  add("one", [](Article&) { return Outcome::keep(); });
  pipeline().process(record_of("a"));
  EXPECT_THAT(ends_.records, IsEmpty());
  pipeline().process(record_of("b"));
  EXPECT_THAT(ends_.records, ElementsAre(true));
  pipeline().end_batch(true);
  EXPECT_THAT(ends_.records, ElementsAre(true, true));
  EXPECT_THAT(ends_.batches, ElementsAre(true));
}

TEST_F(PipelineTest, ARecordThatIsTakenBackIsNotAccepted) {
  add("one", [](Article&) { return Outcome::keep(); });
  pipeline().process(record_of("a"));
  pipeline().take_back_record();
  pipeline().end_batch(false);
  EXPECT_THAT(ends_.records, ElementsAre(false));
  EXPECT_THAT(ends_.batches, ElementsAre(false));
}

TEST_F(PipelineTest, TheIdIsAHashOfTheBytesUnlessKeysAreIds) {
  Record record = record_of("text");
  record.key = "key-7";
  const std::string hashed = pipeline().process(record).articles[0].meta.id;
  EXPECT_THAT(hashed, SizeIs(32));
  EXPECT_EQ(pipeline().process(record_of("text")).articles[0].meta.id, hashed);
  EXPECT_NE(pipeline().process(record_of("other")).articles[0].meta.id, hashed);
}

TEST_F(PipelineTest, AKeyIsTheIdWhereTheOperatorSaysSo) {
  Record record = record_of("text");
  record.key = "key-7";
  EXPECT_EQ(pipeline(true).process(record).articles[0].meta.id, "key-7");
  record.key = "";
  EXPECT_THAT(pipeline().process(record).articles[0].meta.id, SizeIs(32));
}

TEST_F(PipelineTest, EachArticleTellsHowLongItsStagesTook) {
  add("one", [](Article&) { return Outcome::keep(); });
  const PipelineResult result = pipeline().process(record_of("a"));
  ASSERT_THAT(result.articles[0].stage_seconds, SizeIs(1));
  EXPECT_EQ(result.articles[0].stage_seconds[0].first, "one");
  EXPECT_GE(result.articles[0].stage_seconds[0].second, 0);
}

}  // namespace
}  // namespace wiredesk
