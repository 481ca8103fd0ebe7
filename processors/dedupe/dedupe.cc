#include "processors/dedupe/dedupe.h"

#include <chrono>
#include <cstddef>
#include <optional>
#include <utility>

#include "processors/dedupe/session.h"
#include "processors/dedupe/state_record.h"

namespace wiredesk {
namespace {

enum class Action { drop_same_supplier, drop, tag };

struct DedupeOptions {
  std::chrono::milliseconds window = std::chrono::hours(72);
  std::size_t max_bytes = std::size_t{512} << 20;
  Action duplicate = Action::drop_same_supplier;
};

/// What the article would be if nothing like it had been seen.
Relation relation_by_mark(LifecycleKind kind) {
  switch (kind) {
    case LifecycleKind::kill:
    case LifecycleKind::withhold:
      return Relation::kill;
    case LifecycleKind::correction:
      return Relation::correction;
    case LifecycleKind::update:
      return Relation::update;
    case LifecycleKind::roundup:
      return Relation::roundup;
    default:
      return Relation::original;
  }
}

Duplicate describe(const Article& article, const std::optional<Head>& head,
                   std::string_view basis) {
  Duplicate result;
  result.relation = relation_by_mark(article.lifecycle.kind);
  if (result.relation != Relation::original) result.evidence.emplace_back("lifecycle_mark");
  result.cluster = article.uri();
  if (!head) return result;
  if (!article.lifecycle.never_dropped()) {
    result.relation = Relation::duplicate;
    result.evidence.clear();
  }
  result.cluster = head->uri;
  result.of = head->uri;
  result.score = 1.0;
  result.evidence.emplace_back(basis);
  return result;
}

DedupeDecision decide(const Article& article, const Fingerprint& fingerprint,
                      const std::optional<Head>& head) {
  DedupeDecision decision;
  decision.position = OwnedPosition(article.position);
  decision.time = article.record->time;
  decision.fingerprint = fingerprint;
  decision.relation = article.duplicate.relation;
  decision.supplier = article.meta.supplier;
  decision.uri = article.uri();
  decision.head = head ? head->position : decision.position;
  decision.head_uri = article.duplicate.cluster;
  return decision;
}

HeadView head_of(const DedupeDecision& decision) {
  return {decision.position.view(), decision.time, decision.uri, decision.supplier};
}

class DedupeProcessor : public Processor {
 public:
  DedupeProcessor(DedupeIndex& index, Action action) : session_(index), action_(action) {}

  Outcome process(Article& article) override;
  void end_record(bool accepted) override { session_.end_record(accepted); }
  void end_batch(bool committed) override { session_.end_batch(committed); }

 private:
  bool drops(const Article& article, const Head& head) const;

  Fingerprinter fingerprinter_;
  DedupeSession session_;
  Action action_;
};

Outcome DedupeProcessor::process(Article& article) {
  const auto [fingerprint, basis] = fingerprinter_.of(article);
  const auto head = session_.find(fingerprint, article.position, article.record->time);
  article.duplicate = describe(article, head, basis);
  const DedupeDecision decision = decide(article, fingerprint, head);
  if (decision.is_head()) session_.stage(fingerprint, Head(head_of(decision)));
  article.state.push_back(to_state_record(decision));
  return head && drops(article, *head) ? Outcome::drop("duplicate") : Outcome::keep();
}

bool DedupeProcessor::drops(const Article& article, const Head& head) const {
  if (article.duplicate.relation != Relation::duplicate || action_ == Action::tag) return false;
  return action_ == Action::drop ||
         (!head.supplier.empty() && head.supplier == article.meta.supplier);
}

/// Rebuilds the index from the state topic.
class DedupeState : public StateStore {
 public:
  explicit DedupeState(DedupeIndex& index) : index_(index) {}

  void restore(std::string_view key, std::string_view value) override {
    const DedupeDecision decision = parse_state_record(key, value);
    if (decision.is_head()) index_.insert(decision.fingerprint, head_of(decision));
  }
  std::chrono::milliseconds window() const override { return index_.window(); }
  std::size_t entry_count() const override { return index_.entry_count(); }
  std::size_t byte_count() const override { return index_.byte_count(); }

 private:
  DedupeIndex& index_;
};

class DedupeFactory : public ProcessorFactory {
 public:
  explicit DedupeFactory(const DedupeOptions& options)
      : action_(options.duplicate),
        index_(std::make_unique<DedupeIndex>(options.window, options.max_bytes)),
        state_(std::make_unique<DedupeState>(*index_)) {}

  std::unique_ptr<Processor> make() const override {
    return std::make_unique<DedupeProcessor>(*index_, action_);
  }
  StateStore* state() const override { return state_.get(); }

 private:
  Action action_;
  std::unique_ptr<DedupeIndex> index_;
  std::unique_ptr<DedupeState> state_;
};

class DedupeSection : public ProcessorOptions {
 public:
  void declare(OptionReader& in) override {
    in.duration("window", options_.window, std::chrono::seconds(1), std::chrono::hours(24 * 366),
                "how far apart in record time two articles can be one story");
    in.bytes("max_bytes", options_.max_bytes, std::size_t{1} << 20, std::size_t{1} << 40,
             "memory of the index, never exceeded; the oldest articles are forgotten first");
    in.section("actions", "what becomes of an article, by its relation",
               [this](OptionReader& section) { declare_actions(section); });
  }
  std::unique_ptr<ProcessorFactory> make_factory() const override {
    return std::make_unique<DedupeFactory>(options_);
  }

 private:
  void declare_actions(OptionReader& in) {
    in.choice("duplicate", options_.duplicate,
              {{"drop_same_supplier", Action::drop_same_supplier},
               {"drop", Action::drop},
               {"tag", Action::tag}},
              "an exact re-send: dropped if both suppliers are known and the same one, dropped "
              "always, or published with its relation");
  }

  DedupeOptions options_;
};

}  // namespace

std::unique_ptr<ProcessorOptions> make_dedupe_options() {
  return std::make_unique<DedupeSection>();
}

}  // namespace wiredesk
