// `wiredesk demo`: the daemon on an embedded broker, fed with sample articles, each shown before
// and after. Called by main(), on its thread; SIGINT and SIGTERM end it cleanly at any time.
#pragma once

#include <chrono>

namespace CLI {
class App;
}

namespace wiredesk {

struct DemoRequest {
  std::chrono::milliseconds pace{2'000};  // from one article to the next
  bool once = false;                      // end after the last article
};

/// `request` must outlive the parsing.
void add_demo_options(CLI::App& command, DemoRequest& request);

/// The exit status: 0, or 70 where the daemon failed or an article did not come out.
int run_demo(const DemoRequest& request);

}  // namespace wiredesk
