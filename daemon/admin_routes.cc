#include "daemon/admin_routes.h"

namespace wiredesk {
namespace {

AdminResponse probe(bool good, const std::string& why) {
  return {good ? 200U : 503U, why + "\n"};
}

AdminResponse live(const Health& health) {
  std::string why;
  const bool good = health.live(why);
  return probe(good, why);
}

AdminResponse ready(const Health& health) {
  std::string why;
  const bool good = health.ready(why);
  return probe(good, why);
}

}  // namespace

std::vector<AdminRoute> admin_routes(const Health& health, const Metrics& metrics) {
  return {
      {"/livez", "200 while the poll loop of every lane advances",
       [&health](const AdminRequest&) { return live(health); }},
      {"/readyz", "200 once every lane has joined its group and restored its state",
       [&health](const AdminRequest&) { return ready(health); }},
      {"/metrics", "what is counted and measured, for Prometheus",
       [&metrics](const AdminRequest&) {
         return AdminResponse{200, metrics.render(), "text/plain; version=0.0.4; charset=utf-8"};
       }},
  };
}

}  // namespace wiredesk
