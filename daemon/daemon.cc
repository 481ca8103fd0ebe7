#include "daemon/daemon.h"

#include <spdlog/spdlog.h>

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cstdlib>
#include <random>
#include <thread>
#include <utility>
#include <vector>

#include "daemon/admin_routes.h"
#include "daemon/admin_server.h"
#include "daemon/health.h"
#include "daemon/kafka_properties.h"
#include "daemon/kafka_state_reader.h"
#include "daemon/kafka_topics.h"
#include "daemon/lane_worker.h"
#include "daemon/listen_address.h"
#include "daemon/metrics.h"
#include "daemon/systemd_notify.h"
#include "daemon/version.h"

namespace wiredesk {
namespace {

namespace asio = boost::asio;
using std::chrono::milliseconds;

constexpr milliseconds kStopDeadline{20'000};
constexpr milliseconds kGaugeInterval{5'000};
constexpr int kFatalStatus = 70;

std::string fresh_instance() {
  std::random_device random;
  char text[20];
  std::snprintf(text, sizeof text, "%08x%08x", random(), random());
  return text;
}

/// Calls `task` every `interval` until the io_context ends.
class Every {
 public:
  Every(asio::io_context& io, milliseconds interval, std::function<void()> task)
      : timer_(io), interval_(interval), task_(std::move(task)) {
    if (interval_.count() > 0) wait();
  }
  void cancel() { timer_.cancel(); }

 private:
  void wait() {
    timer_.expires_after(interval_);
    timer_.async_wait([this](const boost::system::error_code& error) {
      if (error) return;
      task_();
      wait();
    });
  }

  asio::steady_timer timer_;
  milliseconds interval_;
  std::function<void()> task_;
};

}  // namespace

class Daemon::Impl {
 public:
  Impl(Config config, DaemonHooks hooks)
      : config_(std::move(config)),
        hooks_(std::move(hooks)),
        metrics_(config_.pipeline->stage_names(), program_version()),
        health_(config_.lanes),
        admin_(io_, config_.admin.listen, admin_routes(health_, metrics_)),
        signals_(io_),
        hard_deadline_(io_) {
    const std::vector<StateStore*> states = config_.pipeline->states();
    state_ = states.empty() ? nullptr : states.front();
  }

  int run();
  void stop() {
    asio::post(io_, [this] { begin_to_stop("asked to"); });
  }

 private:
  void wait_for_signals();
  void prepare();
  void start_lanes(std::map<std::string, TopicLimits> limits);
  void start_state_reader();
  void begin_to_stop(const std::string& why);
  void fail(const std::string& text);
  void lane_ended(const std::string& fatal);
  void end_when_done();
  void update_gauges();
  std::string admin_address() const;

  Config config_;
  DaemonHooks hooks_;
  asio::io_context io_;
  Metrics metrics_;
  Health health_;
  AdminServer admin_;
  asio::signal_set signals_;
  asio::steady_timer hard_deadline_;
  StateStore* state_ = nullptr;

  std::atomic<bool> stopping_{false};
  bool preparing_ = false;
  int status_ = 0;
  int running_lanes_ = 0;
  std::thread preparer_;
  std::unique_ptr<KafkaStateReader> state_reader_;
  std::vector<std::unique_ptr<LaneWorker>> lanes_;
};

int Daemon::Impl::run() {
  spdlog::info("wiredesk {} reads {} and writes {}, {}", program_version(),
               config_.input.topics.front(), config_.output.topic,
               config_.delivery == Delivery::exactly_once ? "exactly once" : "at least once");
  if (hooks_.handle_signals) wait_for_signals();
  const Every gauges(io_, kGaugeInterval, [this] { update_gauges(); });
  const Every statistics(io_, config_.logging.statistics,
                         [this] { spdlog::info("totals: {}", metrics_.summary()); });
  const auto interval = watchdog_interval();
  const Every watchdog(
      io_, interval ? std::chrono::duration_cast<milliseconds>(*interval) : milliseconds(0),
      [this] {
        if (health_.live()) notify_watchdog();
      });
  preparing_ = true;
  preparer_ = std::thread([this] { prepare(); });
  notify_ready();
  io_.run();
  preparer_.join();
  lanes_.clear();
  state_reader_.reset();
  spdlog::info("ended; totals: {}", metrics_.summary());
  return status_;
}

void Daemon::Impl::wait_for_signals() {
  signals_.add(SIGTERM);
  signals_.add(SIGINT);
  signals_.async_wait([this](const boost::system::error_code& error, int signal) {
    if (error) return;
    begin_to_stop(signal == SIGTERM ? "SIGTERM" : "SIGINT");
  });
}

/// On a thread of its own, so that probes and signals are answered while a broker is waited for.
void Daemon::Impl::prepare() {
  std::map<std::string, TopicLimits> limits;
  std::string failure;
  try {
    if (hooks_.prepare_topics) {
      KafkaTopics topics(config_);
      const auto still_waiting = [this] {
        for (int lane = 0; lane < config_.lanes; ++lane) {
          health_.beat(lane);
          health_.set_state(lane, LaneState::waiting_for_broker);
        }
        return stopping_.load();
      };
      if (topics.prepare(state_ ? state_->window() : milliseconds(0), still_waiting))
        limits = topics.limits();
    }
  } catch (const std::exception& error) {
    failure = error.what();
  }
  asio::post(io_, [this, limits = std::move(limits), failure = std::move(failure)]() mutable {
    preparing_ = false;
    if (!failure.empty()) fail(failure);
    if (!stopping_)
      start_lanes(std::move(limits));
    else
      end_when_done();
  });
}

void Daemon::Impl::start_state_reader() {
  if (!state_) return;
  state_reader_ = std::make_unique<KafkaStateReader>(
      state_reader_conf(config_), admin_conf(config_), config_.state.topic, *state_,
      [this](const std::string& text) { asio::post(io_, [this, text] { fail(text); }); },
      [this](std::int64_t remaining) { metrics_.set_restore_remaining(remaining); });
}

void Daemon::Impl::start_lanes(std::map<std::string, TopicLimits> limits) {
  start_state_reader();
  const std::string instance = config_.instance.id.empty() ? fresh_instance() : config_.instance.id;
  const LaneSetup setup{config_,  instance, std::move(limits), state_reader_.get(),
                        metrics_, health_};
  running_lanes_ = config_.lanes;
  for (int lane = 0; lane < config_.lanes; ++lane)
    lanes_.push_back(std::make_unique<LaneWorker>(lane, setup, [this](const std::string& fatal) {
      asio::post(io_, [this, fatal] { lane_ended(fatal); });
    }));
  if (hooks_.on_started) hooks_.on_started(admin_address());
}

void Daemon::Impl::begin_to_stop(const std::string& why) {
  if (stopping_.exchange(true)) return;
  spdlog::info("ending ({}): finishing the batch at hand", why);
  notify_stopping();
  for (const auto& lane : lanes_) lane->stop();
  hard_deadline_.expires_after(kStopDeadline);
  hard_deadline_.async_wait([](const boost::system::error_code& error) {
    if (error) return;
    spdlog::error("a lane did not end in time; the process ends all the same");
    spdlog::default_logger()->flush();
    std::_Exit(kFatalStatus);
  });
  end_when_done();
}

void Daemon::Impl::fail(const std::string& text) {
  spdlog::error("{}", text);
  status_ = kFatalStatus;
  begin_to_stop("a fatal error");
}

void Daemon::Impl::lane_ended(const std::string& fatal) {
  --running_lanes_;
  if (!fatal.empty()) fail(fatal);
  end_when_done();
}

void Daemon::Impl::end_when_done() {
  if (!stopping_ || preparing_ || running_lanes_ > 0) return;
  hard_deadline_.cancel();
  admin_.stop();
  io_.stop();
}

void Daemon::Impl::update_gauges() {
  if (state_) metrics_.set_dedupe(state_->entry_count(), state_->byte_count());
}

std::string Daemon::Impl::admin_address() const {
  const auto address = parse_listen_address(config_.admin.listen);
  return address ? to_string(ListenAddress{address->host, admin_.port()}) : std::string{};
}

Daemon::Daemon(Config config, DaemonHooks hooks)
    : impl_(std::make_unique<Impl>(std::move(config), std::move(hooks))) {}
Daemon::~Daemon() = default;
int Daemon::run() {
  return impl_->run();
}
void Daemon::stop() {
  impl_->stop();
}

}  // namespace wiredesk
