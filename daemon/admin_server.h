// The HTTP server for operators and probes: GET and HEAD, answers made whole in memory.
//
// Owned by main; runs on the io_context that main gives it, which must outlive it, and on the one
// thread that runs it: handlers are called there, and so must stop() and the destructor be (or
// after run() returned). It fails at construction only (std::invalid_argument, std::runtime_error:
// what, where, how to mend). After that, whatever a client sends is answered or the connection is
// closed; a handler that throws becomes a 500 and a log line.
#pragma once

#include <boost/asio/io_context.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace wiredesk {

struct AdminRequest {
  std::string_view path;
  std::string_view query;  // what follows the '?', still percent-encoded
};

struct AdminResponse {
  unsigned status = 200;
  std::string body;
  std::string content_type = "text/plain; charset=utf-8";
};

/// One row of the server's table. "/" lists them all and is the server's own.
struct AdminRoute {
  std::string path;
  std::string doc;  // one line
  std::function<AdminResponse(const AdminRequest&)> handler;
};

struct AdminLimits {
  std::uint32_t header_bytes = 8192;
  std::size_t connections = 64;  // more wait in the backlog until one is closed
  std::chrono::milliseconds time{
      10'000};  // for a whole request to arrive, and for its answer to go
};

class AdminServer {
 public:
  /// Listens from here on. `listen` as in the configuration; with "off" it does nothing.
  AdminServer(boost::asio::io_context& io, std::string_view listen, std::vector<AdminRoute> routes,
              AdminLimits limits = {});
  ~AdminServer();
  AdminServer(const AdminServer&) = delete;
  AdminServer& operator=(const AdminServer&) = delete;

  /// The port that it really listens on (`listen` may ask for any with 0); 0 when off.
  std::uint16_t port() const;
  /// Closes the listener and every connection. No handler is called after that.
  void stop();

 private:
  class Listener;
  class Session;

  std::shared_ptr<Listener> listener_;  // shared with sessions whose last operation is under way
};

}  // namespace wiredesk
