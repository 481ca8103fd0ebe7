// Any record on the state topic: taken in, or refused with a message. The first byte says how long
// the key is.
#include <algorithm>
#include <stdexcept>

#include "tests/fuzz/fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace wiredesk;
  static const auto factory = fuzz::chain("dedupe: {max_bytes: 16MiB}");
  if (size == 0) return 0;
  const std::string_view rest = fuzz::view(data + 1, size - 1);
  const std::string_view key = rest.substr(0, std::min<std::size_t>(data[0], rest.size()));
  for (StateStore* state : factory->states()) {
    try {
      state->restore(key, rest.substr(key.size()));
    } catch (const std::runtime_error& error) {
      fuzz::require(*error.what() != '\0', "a refusal says why");
    }
    fuzz::require(state->byte_count() <= std::size_t{17} << 20, "the store keeps to its limit");
  }
  return 0;
}
