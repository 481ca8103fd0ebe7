// How long each processor takes: the whole chain in one thread, without Kafka, over the sample
// articles, an invented article of 6 KB, and texts that nobody would send. Prints medians, so that
// other work on the machine does not count. Run it by tests/bench/chain.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "daemon/config_loader.h"
#include "daemon/demo_samples.h"
#include "daemon/records_file.h"
#include "processors/message/message_writer.h"
#include "processors/pipeline.h"

namespace wiredesk {
namespace {

using Clock = std::chrono::steady_clock;
using Microseconds = std::chrono::duration<double, std::micro>;

struct Workload {
  std::string name;
  std::vector<std::string> articles;

  std::size_t bytes() const {
    std::size_t sum = 0;
    for (const std::string& article : articles) sum += article.size();
    return sum;
  }
};

/// Adds up what the stages of one round took.
class StageTimes : public PipelineObserver {
 public:
  explicit StageTimes(std::size_t stages) : times_(stages) {}

  void stage_done(std::size_t stage, const Outcome&, std::chrono::nanoseconds duration) override {
    times_[stage] += duration;
  }
  void add(std::size_t stage, std::chrono::nanoseconds duration) { times_[stage] += duration; }
  std::vector<std::chrono::nanoseconds> take() {
    return std::exchange(times_, std::vector<std::chrono::nanoseconds>(times_.size()));
  }

 private:
  std::vector<std::chrono::nanoseconds> times_;
};

Workload samples() {
  Workload workload{"samples of the demo", {}};
  for (const DemoSample& sample : demo_samples()) workload.articles.emplace_back(sample.value);
  return workload;
}

/// Captions, dateline, sub-heads and two dozen paragraphs with names, figures and quotations.
std::string invented_article() {
  static constexpr auto kSentences = std::to_array<std::string_view>(
      {"Harbour master Ingrid Solvang said on Tuesday that the quay would stay closed until the "
       "survey of the sea wall was finished, which may take another three weeks.",
       "The ministry of transport in Oslo has set aside 41.5 million crowns for repairs, and a "
       "further 12 million for the families that had to leave their houses in January.",
       "\"We heard the wall give way a little before four, and nobody waited to be told,\" said "
       "Per Aune, who keeps the shop by the ferry landing.",
       "Trade between Norway and Germany passed through the port at a rate of some 900 containers "
       "a day last year, according to figures of Statistics Norway.",
       "Engineers from Japan and the Netherlands arrived at the weekend, and are to report to the "
       "European Commission in Brussels before the end of March.",
       "Insurers expect claims of up to 300 million euros (324 million dollars), most of them from "
       "owners of boats that broke loose."});
  std::string text =
      "Norway counts the cost of its broken sea wall\n\n"
      "Workers clear rubble from the quay at Havnes, Norway, Feb. 3, 2026. (Xinhua/Lin Moran)\n\n"
      "Boats lie on their sides behind the sea wall. (Xinhua/Lin Moran)\n\n"
      "OSLO, Feb. 3 (Xinhua) -- ";
  for (std::size_t i = 0; text.size() < 6000; ++i) {
    if (i % 9 == 8) text += i % 2 ? "WHO PAYS\n\n" : "THREE WEEKS OF WORK\n\n";
    text.append(kSentences[i % kSentences.size()]).append(" ");
    text.append(kSentences[(i * 5 + 3) % kSentences.size()].substr(0, 60)).append(" too.\n\n");
  }
  return text + "Enditem\n";
}

std::string repeated(std::string_view piece) {
  std::string text;
  while (text.size() < std::size_t{1} << 20) text.append(piece);
  return text;
}

std::vector<Workload> workloads(const std::string& records) {
  std::vector<Workload> all{samples(), {"an article of 6 KB", {invented_article()}}};
  if (!records.empty()) {
    std::ifstream in(records);
    if (!in) throw CLI::ValidationError("--records", records + " cannot be read");
    Workload workload{records, {}};
    for (RecordsFile file(in); auto line = file.next();)
      if (line->record.value) workload.articles.push_back(std::move(*line->record.value));
    all.push_back(std::move(workload));
  }
  for (std::string_view piece :
       {"one line of a megabyte ", "short lines\n", "Ann Lee\n", "Ann Lee, ", "(", ")", "(a)\n",
        "/", "A(AP)", "(AP) a ", "a/B. ", "KILL ", "- \n", "Smith said (on Monday)\n",
        "tea.Ann Lee drinks it (AP)The end\n"}) {
    std::string name = "1 MB of \"" + std::string(piece) + '"';
    std::replace(name.begin(), name.end(), '\n', '$');
    all.push_back({name, {repeated(piece)}});
  }
  return all;
}

class Bench {
 public:
  Bench(const Config& config, int rounds)
      : rounds_(rounds),
        names_(config.pipeline->stage_names()),
        times_(names_.size() + 1),
        pipeline_(config.pipeline->make()),
        writer_({.versions = config.pipeline->versions()}) {
    names_.push_back("message");
    pipeline_->set_observer(&times_);
    pipeline_->set_keep_dropped(true);  // so that every article passes every stage
  }

  void run(const Workload& workload) {
    std::vector<std::vector<double>> rounds(names_.size());
    const int count = workload.bytes() > std::size_t{1} << 19 ? std::min(rounds_, 5) : rounds_;
    for (int round = 0; round < count; ++round) {
      pass(workload);
      const auto times = times_.take();
      for (std::size_t i = 0; i < times.size(); ++i)
        rounds[i].push_back(Microseconds(times[i]).count());
    }
    print(workload, rounds);
  }

 private:
  void pass(const Workload& workload) {
    for (const std::string& article : workload.articles) {
      Record record;
      record.position.topic = "bench";
      record.value = article;
      const PipelineResult result = pipeline_->process(record);
      const Clock::time_point start = Clock::now();
      message_.clear();
      for (const Article& each : result.articles) writer_.write(each, message_);
      times_.add(names_.size() - 1, Clock::now() - start);
    }
    pipeline_->end_batch(false);  // the next round must find nothing
  }

  void print(const Workload& workload, std::vector<std::vector<double>>& rounds) const {
    const auto bytes = static_cast<double>(workload.bytes());
    const auto articles = static_cast<double>(workload.articles.size());
    std::printf("\n%s: %.0f articles, %.1f KB each\n", workload.name.c_str(), articles,
                bytes / articles / 1000);
    double sum = 0;
    for (std::size_t i = 0; i < names_.size(); ++i) {
      std::nth_element(rounds[i].begin(), rounds[i].begin() + std::ssize(rounds[i]) / 2,
                       rounds[i].end());
      const double median = rounds[i][rounds[i].size() / 2];
      print_row(names_[i], median, articles, bytes);
      sum += median;
    }
    print_row("together", sum, articles, bytes);
  }

  static void print_row(std::string_view name, double microseconds, double articles, double bytes) {
    std::printf("  %-12.*s %12.1f us/article %10.1f MB/s\n", static_cast<int>(name.size()),
                name.data(), microseconds / articles, bytes / std::max(microseconds, 1e-3));
  }

  int rounds_;
  std::vector<std::string_view> names_;
  StageTimes times_;
  std::unique_ptr<Pipeline> pipeline_;
  MessageWriter writer_;
  std::string message_;
};

}  // namespace
}  // namespace wiredesk

int main(int argc, char** argv) {
  CLI::App app("Microseconds and megabytes a second of every stage of the chain, in one thread.");
  int rounds = 101;
  std::string records;
  std::string only;
  app.add_option("--rounds", rounds, "Rounds over each set of articles; medians are printed")
      ->check(CLI::PositiveNumber);
  app.add_option("--records", records, "Also the articles of this file, as `kcat -J` prints them");
  app.add_option("--only", only, "Only sets of articles whose name holds this");
  CLI11_PARSE(app, argc, argv);
  try {
    const wiredesk::Config config = wiredesk::load_config("");
    wiredesk::Bench bench(config, rounds);
    for (const wiredesk::Workload& workload : wiredesk::workloads(records))
      if (workload.name.find(only) != std::string::npos) bench.run(workload);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "wiredesk_chain_bench: %s\n", error.what());
    return 1;
  }
  return 0;
}
