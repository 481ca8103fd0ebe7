#include "daemon/demo_session.h"

#include <signal.h>
#include <spdlog/spdlog.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <boost/json.hpp>
#include <cstdio>
#include <cstdlib>

#include "daemon/config_loader.h"
#include "daemon/demo_columns.h"
#include "daemon/demo_signals.h"

namespace wiredesk {
namespace {

using std::chrono::milliseconds;

constexpr int kFailed = 70;
constexpr int kDefaultWidth = 100;
constexpr int kMinWidth = 40;
constexpr milliseconds kPollInterval{100};
constexpr milliseconds kTooLong{30'000};
constexpr const char* kConfigName = "config/demo.yaml";

int terminal_width() {
  winsize size{};
  if (isatty(STDOUT_FILENO) && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
    return std::max<int>(size.ws_col, kMinWidth);
  const char* columns = std::getenv("COLUMNS");
  const int width = columns ? std::atoi(columns) : 0;
  return width > 0 ? std::max(width, kMinWidth) : kDefaultWidth;
}

bool wants_colour() {
  const char* no_colour = std::getenv("NO_COLOR");
  const char* terminal = std::getenv("TERM");
  return isatty(STDOUT_FILENO) && !(no_colour && *no_colour) &&
         !(terminal && std::string_view(terminal) == "dumb");
}

void print(const std::string& text) {
  std::fwrite(text.data(), 1, text.size(), stdout);
  std::fflush(stdout);
}

Config demo_config(const ConfigOverrides& overrides = {}) {
  return parse_config(demo_config_text(), kConfigName, overrides);
}

std::map<std::string, int> topics_of(const Config& config) {
  // One partition: the samples belong together, and their order is what one wants to see.
  return {{config.input.topics.front(), 1},
          {config.output.topic, 1},
          {config.dead_letters.topic, 1},
          {config.state.topic, config.state.partitions}};
}

std::string uri_of(const DemoOutcome& outcome) {
  const auto* published = std::get_if<PublishedMessage>(&outcome);
  if (!published) return {};
  boost::system::error_code error;
  const boost::json::value message = boost::json::parse(published->value, error);
  return error ? std::string{} : std::string(text_at(message, "/item/uri"));
}

}  // namespace

DemoSession::DemoSession(const DemoRequest& request)
    : request_(request), config_(demo_config()), topics_(topics_of(config_)), broker_(topics_) {
  start_daemon();
}

DemoSession::~DemoSession() {
  daemon_->stop();
  daemon_thread_.join();
}

void DemoSession::start_daemon() {
  DaemonHooks hooks;
  hooks.prepare_topics = false;
  hooks.handle_signals = false;
  hooks.on_started = [this](const std::string& address) { admin_promise_.set_value(address); };
  const NamedValue broker{"bootstrap.servers", broker_.bootstrap_servers(), {}};
  config_.kafka.common = {broker};
  try {
    daemon_ = std::make_unique<Daemon>(config_, hooks);
  } catch (const std::runtime_error& error) {
    spdlog::warn("{}; taking a free port instead", error.what());
    config_ = demo_config({{"admin.listen", "127.0.0.1:0"}});
    config_.kafka.common = {broker};
    daemon_ = std::make_unique<Daemon>(config_, hooks);
  }
  daemon_thread_ = std::thread([this] {
    daemon_status_ = daemon_->run();
    daemon_ended_ = true;
  });
}

int DemoSession::run() {
  if (!wait_for_daemon()) return daemon_status_;
  introduce();
  const int status = show_all();
  print(status ? "" : "\nThe demo has ended; its broker and all that was in it are gone.\n");
  return status;
}

/// false: a signal came, or the daemon ended, before it had started.
bool DemoSession::wait_for_daemon() {
  while (admin_future_.wait_for(kPollInterval) != std::future_status::ready)
    if (end_signal_came() || daemon_ended_) return false;
  admin_address_ = admin_future_.get();
  return true;
}

void DemoSession::introduce() const {
  const std::string kcat = "kcat -b " + broker_.bootstrap_servers() + " -t ";
  print("wiredesk demo: " + std::to_string(demo_samples().size()) +
        " wire articles go through the whole daemon, and each is shown before and after.\n"
        "The Kafka broker is embedded in this process (librdkafka's mock cluster): nothing is\n"
        "installed, nothing stays behind. It has no real transactions, so delivery is at least\n"
        "once here; on a real broker it is exactly once.\n\n"
        "From a second terminal:\n"
        "  what comes out       " +
        kcat + config_.output.topic + " -C -u -f '%s\\n'\n" + "  the dead letters     " + kcat +
        config_.dead_letters.topic + " -C -u -f '%k: %h\\n'\n" + "  send one of yours    " + kcat +
        config_.input.topics.front() + " -P FILE\n" + "  state and metrics    http://" +
        admin_address_ + "/\n\n" + show_legend({terminal_width(), wants_colour(), {}}) +
        "Joining the consumer group; the first article comes in a few seconds.\n\n");
}

int DemoSession::show_all() {
  const std::size_t expected = demo_samples().size();
  DemoReader reader(config_, topics_);
  DemoFeed feed(broker_.bootstrap_servers(), config_.input.topics.front(), demo_samples(),
                request_.pace);
  std::string failure;
  while (!end_signal_came() && failure.empty()) {
    if (const auto pair = reader.poll(kPollInterval)) {
      show(*pair);
      if (shown_ == expected && request_.once) return 0;
      if (shown_ == expected) say_what_next();
    }
    if (daemon_ended_) return daemon_status_ ? daemon_status_.load() : kFailed;
    failure = feed.failure();
    if (request_.once && reader.waiting() > kTooLong) failure = "an article did not come out";
  }
  if (!failure.empty()) spdlog::error("{}", failure);
  return failure.empty() ? 0 : kFailed;
}

void DemoSession::show(const DemoPair& pair) {
  const std::string name = pair.name.empty() ? "one of yours" : pair.name;
  const ViewOptions options{terminal_width(), wants_colour(), names_};
  print(show_article({name, pair.value, pair.place}, pair.outcome, options));
  const std::string uri = uri_of(pair.outcome);
  if (!uri.empty()) names_.try_emplace(uri, name);
  ++shown_;
}

void DemoSession::say_what_next() const {
  print(
      "All " + std::to_string(shown_) +
      " are through. The daemon goes on running, and shows whatever else you send it:\n  kcat -b " +
      broker_.bootstrap_servers() + " -t " + config_.input.topics.front() +
      " -P FILE\nCtrl-C ends it.\n\n");
}

}  // namespace wiredesk
