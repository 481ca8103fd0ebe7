// The files of config/demo and config/demo.yaml, as the program was built with them.
// Read-only from start on; any thread.
#pragma once

#include <string_view>
#include <vector>

namespace wiredesk {

struct DemoSample {
  std::string_view name;      // of the file
  std::string_view supplier;  // sent as the header wiredesk-supplier; "" where the format names it
  std::string_view value;
};

/// In the order in which they are sent.
const std::vector<DemoSample>& demo_samples();
std::string_view demo_config_text();

}  // namespace wiredesk
