#include "daemon/command_line.h"

#include <spdlog/spdlog.h>

#include <CLI/CLI.hpp>
#include <functional>
#include <iostream>
#include <string>
#include <vector>

#include "daemon/config_loader.h"
#include "daemon/daemon.h"
#include "daemon/demo_command.h"
#include "daemon/list_command.h"
#include "daemon/log.h"
#include "daemon/process_command.h"
#include "daemon/version.h"

namespace wiredesk {
namespace {

constexpr int kUsage = 64;
constexpr int kInternal = 70;
constexpr int kConfiguration = 78;

const char* const kFooter = R"(Examples:
  wiredesk demo                                   see it work, without a broker of your own
  wiredesk process article.txt                    one raw article -> one line of JSON
  kcat -b broker:9092 -t wire.raw -C -e -J | wiredesk process --records -
  wiredesk check -c wiredesk.yaml                 every error of a configuration at once
  wiredesk run -c wiredesk.yaml                   the daemon

Exit status: 0; 1 where `process` met a record that would be a dead letter; 64 usage; 69 no broker;
70 a fatal error; 78 configuration.)";

int run_daemon(const std::string& file) {
  Config config = load_config(file);
  set_up_logging(config.logging);
  return Daemon(std::move(config)).run();
}

int check(const std::string& file) {
  load_config(file);
  std::cout << file << ": no errors\n";
  return 0;
}

void report(const ConfigError& error) {
  for (const ConfigProblem& problem : error.problems()) {
    const std::string mark = to_string(problem.mark);
    std::cerr << (mark.empty() ? "configuration" : mark) << ": " << escape_controls(problem.message)
              << "\n";
  }
}

/// Each command adds itself to the parser and leaves in `chosen` what is to be done.
class Commands {
 public:
  explicit Commands(CLI::App& app) : app_(app) {
    add_run();
    add_demo();
    add_process();
    add_check();
    add_list();
  }

  int run() const { return chosen_(); }

 private:
  CLI::App* add(const char* name, const char* doc, std::function<int()> action) {
    CLI::App* command = app_.add_subcommand(name, doc);
    command->callback([this, action = std::move(action)] { chosen_ = action; });
    return command;
  }

  void add_run() {
    CLI::App* command =
        add("run", "The daemon: Kafka in, Kafka out", [this] { return run_daemon(config_file_); });
    command->add_option("-c,--config", config_file_, "configuration file")->required();
    command->footer(
        "SIGTERM or SIGINT ends it: the batch at hand is finished and committed first.\n"
        "Probes and metrics: http://127.0.0.1:8080/ (admin.listen).");
  }

  void add_demo() {
    CLI::App* command = add("demo", "The daemon on an embedded broker, fed with sample articles",
                            [this] { return run_demo(demo_); });
    add_demo_options(*command, demo_);
  }

  void add_process() {
    CLI::App* command = add("process", "The chain without Kafka: files in, JSON lines out", [this] {
      const auto load = [this] {
        ConfigOverrides overrides;
        if (!format_.empty()) overrides.emplace_back("decode.format", format_);
        return load_config(config_file_, overrides);
      };
      return run_process(load, process_, std::cin, std::cout, std::cerr);
    });
    command->add_option("-c,--config", config_file_, "configuration file");
    command->add_option("--format", format_, "overrides decode.format: auto, text, json");
    command->add_flag("--records", process_.records,
                      "each line is a record as `kcat -J` prints it; one stream, one window");
    command->add_flag("--keep-dropped", process_.keep_dropped,
                      "also print what would be dropped, marked wire.dropped");
    command->add_flag("--explain", process_.explain, "say on stderr what each segment is");
    command->add_option("FILE", process_.files, "raw articles; - is standard input (the default)");
    command->footer("Dead letters go to stderr as JSON, and the exit status is then 1.");
  }

  void add_check() {
    CLI::App* command = add("check", "Every error of a configuration, with file:line:column",
                            [this] { return check(config_file_); });
    command->add_option("-c,--config", config_file_, "configuration file")->required();
  }

  void add_list() {
    CLI::App* command = add("list", "Processors and options, with types and defaults",
                            [this] { return run_list(section_, std::cout, std::cerr); });
    command->add_option("SECTION", section_, "a processor or another section, such as `dedupe`");
  }

  CLI::App& app_;
  std::function<int()> chosen_;
  std::string config_file_;
  std::string format_;
  std::string section_;
  ProcessRequest process_;
  DemoRequest demo_;
};

int parse_and_run(int argc, char** argv) {
  CLI::App app("wiredesk: raw wire articles in from Kafka, enriched messages out, exactly once",
               "wiredesk");
  app.set_version_flag("--version", "wiredesk " + std::string(program_version()));
  app.require_subcommand(1);
  app.footer(kFooter);
  Commands commands(app);
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp& help) {
    return app.exit(help);
  } catch (const CLI::CallForVersion& version) {
    return app.exit(version);
  } catch (const CLI::ParseError& error) {
    std::cerr << "wiredesk: " << error.what() << "; `wiredesk --help` shows the commands\n";
    return kUsage;
  }
  return commands.run();
}

}  // namespace

int run_command_line(int argc, char** argv) {
  set_up_logging(LoggingConfig{});
  try {
    return parse_and_run(argc, argv);
  } catch (const ConfigError& error) {
    report(error);
    return kConfiguration;
  } catch (const std::exception& error) {
    std::cerr << "wiredesk: " << escape_controls(error.what()) << "\n";
    return kInternal;
  }
}

}  // namespace wiredesk
