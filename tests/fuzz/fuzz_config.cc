// Any text as a configuration: accepted, or refused with problems that say where.
#include "tests/fuzz/fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace wiredesk;
  const std::string_view text = fuzz::view(data, size);
  // A path of the fuzzer's own making could name a device that never ends.
  if (text.find('/') != std::string_view::npos) return 0;
  try {
    parse_config(text, "fuzz.yaml");
  } catch (const ConfigError& error) {
    fuzz::require(!error.problems().empty(), "a refusal names a problem");
    for (const ConfigProblem& problem : error.problems())
      fuzz::require(!problem.message.empty(), "a problem says what is wrong");
  }
  return 0;
}
