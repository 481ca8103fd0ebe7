#include "processors/pipeline.h"

#include <exception>
#include <utility>

#include "processors/identity.h"

namespace wiredesk {
namespace {

constexpr std::string_view kDecode = "decode";

}  // namespace

Pipeline::Pipeline(std::unique_ptr<Decoder> decoder, std::vector<Stage> stages,
                   bool identity_from_key)
    : decoder_(std::move(decoder)),
      stages_(std::move(stages)),
      identity_from_key_(identity_from_key) {}

template <typename Call>
Outcome Pipeline::run_stage(std::size_t stage, Article* article, Call&& call) {
  using Clock = std::chrono::steady_clock;
  const Clock::time_point start = Clock::now();
  Outcome outcome;
  try {
    outcome = call();
  } catch (const std::exception& error) {
    outcome = Outcome::fail("internal_error", error.what());
  }
  const auto duration = std::chrono::duration_cast<std::chrono::nanoseconds>(Clock::now() - start);
  if (observer_) observer_->stage_done(stage, outcome, duration);
  if (article)
    article->stage_seconds.emplace_back(stage == 0 ? kDecode : stages_[stage - 1].name,
                                        std::chrono::duration<double>(duration).count());
  return outcome;
}

Outcome Pipeline::decode(const Record& record) {
  Outcome outcome = run_stage(0, nullptr, [&] { return decoder_->decode(record, articles_); });
  if (outcome.failed()) return outcome;
  for (Article& article : articles_) identify(article);
  return outcome;
}

void Pipeline::identify(Article& article) const {
  if (!article.meta.id.empty()) return;
  const auto& key = article.record->key;
  if (identity_from_key_ && key && !key->empty())
    article.meta.id = *key;
  else
    article.meta.id = article.raw_sha256.substr(0, 32);
}

Outcome Pipeline::run_chain(Article& article, std::string_view& stage) {
  for (std::size_t i = 0; i < stages_.size(); ++i) {
    Outcome outcome =
        run_stage(i + 1, &article, [&] { return stages_[i].processor->process(article); });
    if (outcome.failed()) {
      stage = stages_[i].name;
      return outcome;
    }
    if (outcome.kept()) continue;
    article.outcome = std::move(outcome);
    if (!keep_dropped_) break;
  }
  return Outcome::keep();
}

void Pipeline::close_record(bool accepted) {
  if (!std::exchange(record_open_, false)) return;
  for (Stage& each : stages_) each.processor->end_record(accepted);
}

PipelineResult Pipeline::process(const Record& record) {
  close_record(true);
  articles_.clear();
  record_open_ = true;
  std::string_view stage = kDecode;
  Outcome outcome = decode(record);
  for (Article& article : articles_) {
    if (outcome.failed()) break;
    outcome = run_chain(article, stage);
  }
  if (!outcome.failed()) return {articles_, {}, {}};
  close_record(false);
  return {{}, std::move(outcome), stage};
}

void Pipeline::end_batch(bool committed) {
  close_record(true);
  for (Stage& each : stages_) each.processor->end_batch(committed);
}

PipelineFactory::PipelineFactory(
    std::unique_ptr<DecoderFactory> decoder,
    std::vector<std::pair<std::string_view, std::unique_ptr<ProcessorFactory>>> chain,
    bool identity_from_key)
    : decoder_(std::move(decoder)),
      chain_(std::move(chain)),
      identity_from_key_(identity_from_key) {
  for (const auto& [name, factory] : chain_)
    for (auto& version : factory->versions()) versions_.push_back(std::move(version));
}

std::unique_ptr<Pipeline> PipelineFactory::make() const {
  std::vector<Pipeline::Stage> stages;
  for (const auto& [name, factory] : chain_) stages.push_back({name, factory->make()});
  return std::make_unique<Pipeline>(decoder_->make(), std::move(stages), identity_from_key_);
}

std::vector<std::string_view> PipelineFactory::stage_names() const {
  std::vector<std::string_view> names{kDecode};
  for (const auto& [name, factory] : chain_) names.push_back(name);
  return names;
}

std::vector<StateStore*> PipelineFactory::states() const {
  std::vector<StateStore*> stores;
  for (const auto& [name, factory] : chain_)
    if (StateStore* store = factory->state()) stores.push_back(store);
  return stores;
}

}  // namespace wiredesk
