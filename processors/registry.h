// The list of what a chain can be made of. Adding a processor = one folder + one row in registry.cc
// + its section in config/wiredesk.yaml.
#pragma once

#include <functional>
#include <memory>
#include <string_view>
#include <vector>

#include "processors/options.h"
#include "processors/processor.h"

namespace wiredesk {

/// Options of one processor, ready to be declared (read or described) and then made into a factory.
class ProcessorOptions {
 public:
  virtual ~ProcessorOptions() = default;
  virtual void declare(OptionReader& in) = 0;
  /// Throws std::runtime_error where what the options name (a file, say) cannot be used.
  virtual std::unique_ptr<ProcessorFactory> make_factory() const = 0;
};

/// One row a processor: its name is its folder, its YAML key and its metric label.
struct ProcessorRow {
  std::string_view name;
  std::string_view doc;
  std::unique_ptr<ProcessorOptions> (*make_options)();
};

/// In the order of the default chain. `decode` is not among them: it always comes first and makes
/// the articles (see decode/decode.h).
const std::vector<ProcessorRow>& processor_rows();
const ProcessorRow* find_processor(std::string_view name);

}  // namespace wiredesk
