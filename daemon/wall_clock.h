// The time of day as Kafka counts it. Any thread.
#pragma once

#include <chrono>

#include "processors/record.h"

namespace wiredesk {

inline Timestamp wall_clock() {
  return std::chrono::duration_cast<Timestamp>(std::chrono::system_clock::now().time_since_epoch());
}

}  // namespace wiredesk
