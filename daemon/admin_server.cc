#include "daemon/admin_server.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <array>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/system/system_error.hpp>
#include <exception>
#include <optional>
#include <stdexcept>
#include <unordered_set>
#include <utility>

#include "daemon/listen_address.h"
#include "daemon/log.h"

namespace wiredesk {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using asio::ip::tcp;
using boost::system::error_code;

// How long what a client still sends is read and thrown away after the last answer: closing at once
// would reset the connection, and the answer would be lost with it.
constexpr std::chrono::seconds kDrainTime{2};
// Accepting fails when the process is out of file descriptors, say: trying on at once would spin.
constexpr std::chrono::milliseconds kAcceptPause{100};

constexpr std::string_view mend_for(const error_code& error) {
  if (error == asio::error::address_in_use)
    return "another process listens there: stop it (`ss -ltnp` names it) or set admin.listen to "
           "another port; port 0 takes a free one";
  if (error == asio::error::access_denied)
    return "ports below 1024 need a capability: set admin.listen to a higher one";
  return "set admin.listen to an address that this machine has, as in 127.0.0.1:8080, or to off";
}

[[noreturn]] void cannot_listen(const ListenAddress& address, const error_code& error) {
  throw std::runtime_error("admin.listen: cannot listen on " + to_string(address) + ": " +
                           error.message() + "; " + std::string(mend_for(error)));
}

tcp::endpoint resolve(asio::io_context& io, const ListenAddress& address) {
  error_code error;
  const auto found =
      tcp::resolver(io).resolve(address.host, std::to_string(address.port),
                                tcp::resolver::passive | tcp::resolver::numeric_service, error);
  if (error || found.empty()) cannot_listen(address, error);
  return found.begin()->endpoint();
}

void open(tcp::acceptor& acceptor, const tcp::endpoint& endpoint, error_code& error) {
  acceptor.open(endpoint.protocol(), error);
  if (!error) acceptor.set_option(tcp::acceptor::reuse_address(true), error);
  if (!error) acceptor.bind(endpoint, error);
  if (!error) acceptor.listen(asio::socket_base::max_listen_connections, error);
}

bool is_http_error(const error_code& error) {
  return error.category() == make_error_code(http::error::bad_method).category();
}

// What to say to a client whose request could not be read; nullopt: the connection is gone (a
// time-out has closed it).
std::optional<AdminResponse> answer_to(const error_code& error) {
  if (error == http::error::end_of_stream || error == http::error::partial_message)
    return std::nullopt;
  if (error == http::error::header_limit || error == http::error::buffer_overflow)
    return AdminResponse{431, "The request's header is too large.\n"};
  if (error == http::error::body_limit) return AdminResponse{413, "No request has a body here.\n"};
  if (is_http_error(error)) return AdminResponse{400, "This is not a request in HTTP/1.1.\n"};
  return std::nullopt;
}

AdminRequest split(std::string_view target) {
  const std::size_t mark = target.find('?');
  if (mark == std::string_view::npos) return {target, {}};
  return {target.substr(0, mark), target.substr(mark + 1)};
}

AdminResponse call(const AdminRoute& route, const AdminRequest& request) noexcept {
  try {
    return route.handler(request);
  } catch (const std::exception& error) {
    spdlog::error("admin server: {} failed: {}", route.path, error.what());
  } catch (...) {
    spdlog::error("admin server: {} failed", route.path);
  }
  return {500, "This endpoint failed; the log says why.\n"};
}

}  // namespace

class AdminServer::Listener : public std::enable_shared_from_this<Listener> {
 public:
  Listener(asio::io_context& io, std::vector<AdminRoute> routes, AdminLimits limits)
      : acceptor_(io), pause_(io), routes_(std::move(routes)), limits_(limits) {
    std::string list = "wiredesk\n\n";
    for (const AdminRoute& route : routes_) list += route.path + "  " + route.doc + "\n";
    routes_.push_back({"/", "", [list](const AdminRequest&) { return AdminResponse{200, list}; }});
  }

  void listen(asio::io_context& io, const ListenAddress& address) {
    error_code error;
    open(acceptor_, resolve(io, address), error);
    if (error) cannot_listen(address, error);
    port_ = acceptor_.local_endpoint().port();
    accept();
  }

  void accept();
  void stop();
  void add(Session* session) { sessions_.insert(session); }
  void remove(Session* session) {
    sessions_.erase(session);
    accept();
  }

  bool stopped() const { return stopped_; }
  std::uint16_t port() const { return port_; }
  const AdminLimits& limits() const { return limits_; }
  const AdminRoute* find(std::string_view path) const {
    const auto route = std::find_if(routes_.begin(), routes_.end(),
                                    [&](const AdminRoute& each) { return each.path == path; });
    return route == routes_.end() ? nullptr : &*route;
  }

 private:
  void on_accept(const error_code& error, tcp::socket socket);

  tcp::acceptor acceptor_;
  asio::steady_timer pause_;
  std::vector<AdminRoute> routes_;
  const AdminLimits limits_;
  std::uint16_t port_ = 0;
  std::unordered_set<Session*> sessions_;
  bool accepting_ = false;
  bool stopped_ = false;
  RateLimited complaint_{std::chrono::seconds(30)};
};

// One connection. Lives as long as an operation of it is under way.
class AdminServer::Session : public std::enable_shared_from_this<Session> {
 public:
  Session(tcp::socket socket, std::shared_ptr<Listener> listener)
      : stream_(std::move(socket)), listener_(std::move(listener)) {
    listener_->add(this);
  }
  ~Session() { listener_->remove(this); }
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  void read();
  void close() { stream_.close(); }

 private:
  // The header and what a client may have sent ahead; the parser's own limit comes first.
  static constexpr std::size_t kBufferRoom = 1024;

  void on_read(const error_code& error);
  AdminResponse handle(const http::request<http::empty_body>& request);
  void write(AdminResponse answer, bool keep_alive);
  void on_write(const error_code& error);
  void drain();

  beast::tcp_stream stream_;
  std::shared_ptr<Listener> listener_;
  beast::flat_buffer buffer_{listener_->limits().header_bytes + kBufferRoom};
  std::optional<http::request_parser<http::empty_body>> parser_;
  http::response<http::string_body> response_;
  std::array<char, 4096> discarded_;
};

void AdminServer::Listener::accept() {
  if (stopped_ || accepting_ || sessions_.size() >= limits_.connections) return;
  accepting_ = true;
  acceptor_.async_accept([self = shared_from_this()](const error_code& error, tcp::socket socket) {
    self->on_accept(error, std::move(socket));
  });
}

void AdminServer::Listener::on_accept(const error_code& error, tcp::socket socket) {
  if (stopped_) return;
  if (!error) {
    accepting_ = false;
    std::make_shared<Session>(std::move(socket), shared_from_this())->read();
    return accept();
  }
  if (complaint_.pass())
    spdlog::warn("admin server: cannot accept a connection: {}; trying again", error.message());
  pause_.expires_after(kAcceptPause);
  pause_.async_wait([self = shared_from_this()](const error_code&) {
    self->accepting_ = false;
    self->accept();
  });
}

void AdminServer::Listener::stop() {
  stopped_ = true;
  error_code ignored;
  acceptor_.close(ignored);
  pause_.cancel();
  for (Session* session : sessions_) session->close();
}

void AdminServer::Session::read() {
  parser_.emplace();
  parser_->header_limit(listener_->limits().header_bytes);
  stream_.expires_after(listener_->limits().time);
  http::async_read_header(
      stream_, buffer_, *parser_,
      [self = shared_from_this()](const error_code& error, std::size_t) { self->on_read(error); });
}

void AdminServer::Session::on_read(const error_code& error) {
  if (listener_->stopped()) return;
  if (error) {
    std::optional<AdminResponse> answer = answer_to(error);
    if (answer) write(std::move(*answer), false);
    return;
  }
  // A body is never read, so nothing that comes after it on this connection can be, either.
  const bool has_body = !parser_->is_done();
  AdminResponse answer = handle(parser_->get());
  write(std::move(answer), parser_->keep_alive() && !has_body);
}

AdminResponse AdminServer::Session::handle(const http::request<http::empty_body>& request) {
  const AdminRequest asked = split({request.target().data(), request.target().size()});
  const AdminRoute* const route = listener_->find(asked.path);
  if (!route) return {404, "There is no such endpoint; / lists them.\n"};
  if (request.method() != http::verb::get && request.method() != http::verb::head)
    return {405, "Only GET and HEAD are allowed here.\n"};
  if (!parser_->is_done()) return {413, "No request has a body here.\n"};
  return call(*route, asked);
}

void AdminServer::Session::write(AdminResponse answer, bool keep_alive) {
  const http::request<http::empty_body>& request = parser_->get();
  response_ = {};
  response_.version(request.version() == 10 ? 10 : 11);
  response_.result(answer.status);
  response_.set(http::field::content_type, answer.content_type);
  response_.set(http::field::cache_control, "no-store");
  response_.set("X-Content-Type-Options", "nosniff");
  if (answer.status == 405) response_.set(http::field::allow, "GET, HEAD");
  response_.content_length(answer.body.size());
  response_.keep_alive(keep_alive);
  if (request.method() != http::verb::head) response_.body() = std::move(answer.body);
  stream_.expires_after(listener_->limits().time);
  http::async_write(
      stream_, response_,
      [self = shared_from_this()](const error_code& error, std::size_t) { self->on_write(error); });
}

void AdminServer::Session::on_write(const error_code& error) {
  if (error || listener_->stopped()) return;
  if (response_.keep_alive()) return read();
  error_code ignored;
  stream_.socket().shutdown(tcp::socket::shutdown_send, ignored);
  stream_.expires_after(kDrainTime);
  drain();
}

void AdminServer::Session::drain() {
  stream_.async_read_some(asio::buffer(discarded_),
                          [self = shared_from_this()](const error_code& error, std::size_t) {
                            if (!error && !self->listener_->stopped()) self->drain();
                          });
}

AdminServer::AdminServer(asio::io_context& io, std::string_view listen,
                         std::vector<AdminRoute> routes, AdminLimits limits)
    : listener_(std::make_shared<Listener>(io, std::move(routes), limits)) {
  std::optional<ListenAddress> address;
  try {
    address = parse_listen_address(listen);
  } catch (const std::invalid_argument& error) {
    throw std::invalid_argument("admin.listen: " + std::string(error.what()));
  }
  if (address) listener_->listen(io, *address);
}

AdminServer::~AdminServer() {
  stop();
}

std::uint16_t AdminServer::port() const {
  return listener_->port();
}

void AdminServer::stop() {
  listener_->stop();
}

}  // namespace wiredesk
