// The endpoints of the admin server: /livez, /readyz, /metrics.
//
// Called by the thread that runs the server; `health` and `metrics` must outlive it.
#pragma once

#include <vector>

#include "daemon/admin_server.h"
#include "daemon/health.h"
#include "daemon/metrics.h"

namespace wiredesk {

std::vector<AdminRoute> admin_routes(const Health& health, const Metrics& metrics);

}  // namespace wiredesk
