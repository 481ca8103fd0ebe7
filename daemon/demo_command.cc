#include "daemon/demo_command.h"

#include <CLI/CLI.hpp>
#include <iostream>

#include "daemon/config_loader.h"
#include "daemon/demo_samples.h"
#include "daemon/demo_session.h"
#include "daemon/demo_signals.h"
#include "daemon/log.h"
#include "processors/options.h"

namespace wiredesk {

void add_demo_options(CLI::App& command, DemoRequest& request) {
  command.add_flag("--once", request.once, "end after the last article");
  command
      .add_option_function<std::string>(
          "--pace",
          [&request](const std::string& text) {
            if (!parse_duration(text, request.pace))
              throw CLI::ValidationError("--pace", "'" + text + "' is not a duration; 2s or 500ms");
          },
          "time from one article to the next (2s)")
      ->type_name("DURATION");
  command.footer(
      "Two columns from 110 columns on. NO_COLOR=1 turns colours off. Ctrl-C ends it at any time.");
}

int run_demo(const DemoRequest& request) {
  const BlockedSignals signals;
  set_up_logging(parse_config(demo_config_text(), "config/demo.yaml").logging);
  return DemoSession(request).run();
}

}  // namespace wiredesk
