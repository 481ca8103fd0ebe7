#include "daemon/admin_server.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio.hpp>
#include <future>
#include <random>
#include <stdexcept>
#include <thread>

#include "daemon/admin_routes.h"

namespace wiredesk {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;
using std::chrono::milliseconds;
using std::chrono::steady_clock;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

// A client that speaks bytes, not HTTP.
class Client {
 public:
  explicit Client(std::uint16_t port, const char* host = "127.0.0.1") : socket_(io_) {
    socket_.connect({asio::ip::make_address(host), port});
  }
  void send(std::string_view bytes) {
    error_code ignored;
    asio::write(socket_, asio::buffer(bytes.data(), bytes.size()), ignored);
  }
  void end_of_input() { socket_.shutdown(tcp::socket::shutdown_send); }
  // Everything until the server closes.
  std::string read_all() {
    error_code error;
    asio::read(socket_, asio::dynamic_buffer(received_), error);
    EXPECT_TRUE(error == asio::error::eof || error == asio::error::connection_reset) << error;
    return std::exchange(received_, {});
  }
  // One answer that ends with `end`; the connection stays.
  std::string read_until(std::string_view end) {
    const std::size_t size = asio::read_until(socket_, asio::dynamic_buffer(received_), end);
    std::string answer = received_.substr(0, size);
    received_.erase(0, size);
    return answer;
  }
  bool readable_within(milliseconds time) {
    pollfd entry{socket_.native_handle(), POLLIN, 0};
    return poll(&entry, 1, static_cast<int>(time.count())) > 0;
  }

 private:
  asio::io_context io_;
  tcp::socket socket_;
  std::string received_;
};

class AdminServerTest : public testing::Test {
 protected:
  void SetUp() override { start({}); }
  void TearDown() override { end(); }

  void start(AdminLimits limits, std::string_view listen = "127.0.0.1:0") {
    end();
    auto routes = admin_routes(health_, metrics_);
    routes.push_back({"/throws", "fails", [](const AdminRequest&) -> AdminResponse {
                        throw std::runtime_error("secret detail");
                      }});
    routes.push_back({"/query", "shows its query", [](const AdminRequest& request) {
                        return AdminResponse{200, std::string(request.query)};
                      }});
    io_.restart();
    server_.emplace(io_, listen, std::move(routes), limits);
    thread_ = std::thread([this] { io_.run(); });
  }

  void end() {
    if (!thread_.joinable()) return;
    asio::post(io_, [this] { server_.reset(); });
    thread_.join();
  }

  std::uint16_t port() const { return server_->port(); }
  std::string ask(std::string_view bytes) {
    Client client(port());
    client.send(bytes);
    return client.read_all();
  }
  std::string get(const std::string& target) {
    return ask("GET " + target + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  }

  Health health_{1};
  Metrics metrics_{{"decode"}, "1.2.3"};
  asio::io_context io_;
  std::optional<AdminServer> server_;
  std::thread thread_;
};

TEST_F(AdminServerTest, LivenessFollowsThePollLoops) {
  EXPECT_THAT(get("/livez"), StartsWith("HTTP/1.1 200 OK\r\n"));
  EXPECT_THAT(get("/livez"), EndsWith("\r\n\r\nlive\n"));
}

TEST_F(AdminServerTest, ReadinessSaysWhyNot) {
  health_.set_state(0, LaneState::restoring, "12 records left");
  const std::string before = get("/readyz");
  EXPECT_THAT(before, StartsWith("HTTP/1.1 503 "));
  EXPECT_THAT(before, EndsWith("lane 0: restoring, 12 records left\n"));
  health_.set_state(0, LaneState::ready);
  EXPECT_THAT(get("/readyz"), StartsWith("HTTP/1.1 200 "));
}

TEST_F(AdminServerTest, MetricsComeInPrometheusForm) {
  const std::string answer = get("/metrics");
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 200 "));
  EXPECT_THAT(answer, HasSubstr("Content-Type: text/plain; version=0.0.4; charset=utf-8\r\n"));
  EXPECT_THAT(answer, HasSubstr("\nwiredesk_build_info{version=\"1.2.3\"} 1\n"));
}

TEST_F(AdminServerTest, TheRootListsTheEndpoints) {
  const std::string answer = get("/");
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 200 "));
  for (const char* path : {"/livez  ", "/readyz  ", "/metrics  ", "/throws  fails"})
    EXPECT_THAT(answer, HasSubstr(path));
}

TEST_F(AdminServerTest, HeadHasTheLengthAndNoBody) {
  const std::string answer = ask("HEAD /livez HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 200 "));
  EXPECT_THAT(answer, HasSubstr("Content-Length: 5\r\n"));
  EXPECT_THAT(answer, EndsWith("\r\n\r\n"));
}

TEST_F(AdminServerTest, TheQueryIsNoPartOfThePath) {
  EXPECT_THAT(get("/livez?verbose"), StartsWith("HTTP/1.1 200 "));
  EXPECT_THAT(get("/query?a=1&b=%3F?"), EndsWith("\r\n\r\na=1&b=%3F?"));
}

TEST_F(AdminServerTest, UnknownPathsAreNotEchoed) {
  const std::string answer = get("/<script>");
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 404 "));
  EXPECT_THAT(answer, Not(HasSubstr("script")));
}

TEST_F(AdminServerTest, OtherMethodsAreNotAllowed) {
  for (const char* method : {"POST", "PUT", "DELETE", "OPTIONS", "PATCH", "BREW"}) {
    const std::string answer =
        ask(method + std::string(" /livez HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"));
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 405 ")) << method;
    EXPECT_THAT(answer, HasSubstr("Allow: GET, HEAD\r\n")) << method;
  }
}

TEST_F(AdminServerTest, ABodyIsRefusedAndTheConnectionEnds) {
  EXPECT_THAT(ask("GET /livez HTTP/1.1\r\nContent-Length: 5\r\n\r\nhello"),
              StartsWith("HTTP/1.1 413 "));
  EXPECT_THAT(ask("GET /livez HTTP/1.1\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n"),
              StartsWith("HTTP/1.1 413 "));
  EXPECT_THAT(ask("GET /livez HTTP/1.1\r\nContent-Length: 99999999999\r\n\r\n"),
              StartsWith("HTTP/1.1 413 "));
  EXPECT_THAT(ask("GET /livez HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"),
              StartsWith("HTTP/1.1 413 "));
  EXPECT_THAT(ask("POST /livez HTTP/1.1\r\nContent-Length: 5\r\n\r\nhello"),
              StartsWith("HTTP/1.1 405 "));
}

// What follows a refused body must not be taken for a request of its own.
TEST_F(AdminServerTest, NoRequestIsSmuggledInABody) {
  const std::string answer =
      ask("GET /livez HTTP/1.1\r\nContent-Length: 30\r\n\r\nGET /metrics HTTP/1.1\r\n\r\n    ");
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 413 "));
  EXPECT_THAT(answer, Not(HasSubstr("wiredesk_build_info")));
}

TEST_F(AdminServerTest, GarbageIsABadRequest) {
  const std::string nul("GET /\0 HTTP/1.1\r\n\r\n", 19);
  for (const std::string& bytes :
       {std::string("hello\r\n\r\n"), std::string("GET /livez\r\n\r\n"), nul,
        std::string("GET /livez HTTP/9.9\r\n\r\n"), std::string("\x16\x03\x01\x02\x01\x01\xfc\x03"),
        std::string("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
        std::string("GET /livez HTTP/1.1\r\nContent-Length: -1\r\n\r\n"),
        std::string("GET /livez HTTP/1.1\r\nBad Header\r\n\r\n")})
    EXPECT_THAT(ask(bytes), StartsWith("HTTP/1.1 400 ")) << bytes;
}

TEST_F(AdminServerTest, LargeHeadersAreRefused) {
  const std::string line = "X-Filler: " + std::string(4000, 'x') + "\r\n";
  EXPECT_THAT(ask("GET /livez HTTP/1.1\r\nConnection: close\r\n" + line + "\r\n"),
              StartsWith("HTTP/1.1 200 "));
  EXPECT_THAT(ask("GET /livez HTTP/1.1\r\n" + line + line + line + "\r\n"),
              StartsWith("HTTP/1.1 431 "));
  EXPECT_THAT(ask("GET /" + std::string(100'000, 'x')), StartsWith("HTTP/1.1 431 "));
}

TEST_F(AdminServerTest, AConnectionServesManyRequests) {
  Client client(port());
  for (int i = 0; i < 3; ++i) {
    client.send("GET /livez HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_THAT(client.read_until("live\n"), StartsWith("HTTP/1.1 200 "));
  }
  client.send("GET /livez HTTP/1.1\r\n\r\nGET /nowhere HTTP/1.1\r\nConnection: close\r\n\r\n");
  EXPECT_THAT(client.read_until("live\n"), StartsWith("HTTP/1.1 200 "));
  EXPECT_THAT(client.read_all(), StartsWith("HTTP/1.1 404 "));
}

TEST_F(AdminServerTest, AnHttp10ConnectionEndsWithItsAnswer) {
  EXPECT_THAT(ask("GET /livez HTTP/1.0\r\n\r\n"), StartsWith("HTTP/1.0 200 "));
}

TEST_F(AdminServerTest, AHandlerThatThrowsIsAnErrorForItsClientOnly) {
  const std::string answer = get("/throws");
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 500 "));
  EXPECT_THAT(answer, Not(HasSubstr("secret")));
  EXPECT_THAT(get("/livez"), StartsWith("HTTP/1.1 200 "));
}

TEST_F(AdminServerTest, ASlowRequestIsCutOff) {
  AdminLimits limits;
  limits.time = milliseconds(300);
  start(limits);
  const auto begin = steady_clock::now();
  Client client(port());
  client.send("GET /livez HTTP/1.1\r\nX-Slow: ");
  while (!client.readable_within(milliseconds(50))) {
    client.send("x");  // every byte arrives in time; the request does not
    ASSERT_LT(steady_clock::now() - begin, milliseconds(5000));
  }
  EXPECT_EQ(client.read_all(), "");
  EXPECT_GE(steady_clock::now() - begin, milliseconds(290));
}

TEST_F(AdminServerTest, AnIdleConnectionIsClosed) {
  AdminLimits limits;
  limits.time = milliseconds(200);
  start(limits);
  Client client(port());
  client.send("GET /livez HTTP/1.1\r\n\r\n");
  client.read_until("live\n");
  EXPECT_EQ(client.read_all(), "");
}

TEST_F(AdminServerTest, ConnectionsAboveTheLimitWaitForTheirTurn) {
  AdminLimits limits;
  limits.connections = 4;
  start(limits);
  std::vector<std::unique_ptr<Client>> idle;
  for (int i = 0; i < 4; ++i) {
    idle.push_back(std::make_unique<Client>(port()));
    idle.back()->send("GET /livez HTTP/1.1\r\n\r\n");
    idle.back()->read_until("live\n");
  }
  Client waiting(port());
  waiting.send("GET /livez HTTP/1.1\r\nConnection: close\r\n\r\n");
  EXPECT_FALSE(waiting.readable_within(milliseconds(200)));
  idle.pop_back();
  EXPECT_THAT(waiting.read_all(), StartsWith("HTTP/1.1 200 "));
}

TEST_F(AdminServerTest, ClientsThatVanishDoNoHarm) {
  for (int i = 0; i < 100; ++i) {
    Client client(port());
    if (i % 3 != 0) client.send(i % 3 == 1 ? "GET /met" : "GET /metrics HTTP/1.1\r\n\r\n");
  }
  EXPECT_THAT(get("/livez"), StartsWith("HTTP/1.1 200 "));
}

TEST_F(AdminServerTest, RandomBytesAreAnsweredOrClosed) {
  std::mt19937 random(1);
  const std::string seed = "GET /livez HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n";
  for (int i = 0; i < 300; ++i) {
    std::string bytes = seed;
    for (unsigned changes = 1 + random() % 8; changes > 0; --changes)
      bytes[random() % bytes.size()] = static_cast<char>(random());
    Client client(port());
    client.send(bytes);
    client.end_of_input();
    const std::string answer = client.read_all();
    EXPECT_TRUE(answer.empty() || answer.starts_with("HTTP/1."))
        << testing::PrintToString(bytes) << answer;
  }
  EXPECT_THAT(get("/livez"), StartsWith("HTTP/1.1 200 "));
}

TEST_F(AdminServerTest, StoppingClosesEveryConnection) {
  Client idle(port());
  idle.send("GET /livez HTTP/1.1\r\n\r\n");
  idle.read_until("live\n");
  const std::uint16_t old_port = port();
  const auto begin = steady_clock::now();
  end();
  EXPECT_EQ(idle.read_all(), "");
  EXPECT_LT(steady_clock::now() - begin, AdminLimits{}.time / 2) << "it was left to time out";
  EXPECT_THROW(Client{old_port}, boost::system::system_error);
}

TEST_F(AdminServerTest, ListensOnIpv6) {
  try {
    start({}, "[::1]:0");
  } catch (const std::runtime_error& error) {
    GTEST_SKIP() << "no IPv6 here: " << error.what();
  }
  Client client(port(), "::1");
  client.send("GET /livez HTTP/1.1\r\nConnection: close\r\n\r\n");
  EXPECT_THAT(client.read_all(), StartsWith("HTTP/1.1 200 "));
}

TEST_F(AdminServerTest, ListensOnAHostName) {
  asio::io_context io;
  error_code unknown;
  tcp::resolver(io).resolve("localhost", "", unknown);
  // A container made by debootstrap has no /etc/hosts.
  if (unknown) GTEST_SKIP() << "this machine has no localhost: " << unknown.message();
  start({}, "localhost:0");
  EXPECT_NE(port(), 0);
}

TEST_F(AdminServerTest, ABusyPortSaysHowToMendIt) {
  asio::io_context io;
  const std::string listen = "127.0.0.1:" + std::to_string(port());
  const auto twice = [&] { AdminServer(io, listen, {}); };
  EXPECT_THAT(
      twice,
      testing::ThrowsMessage<std::runtime_error>(testing::AllOf(
          StartsWith("admin.listen: cannot listen on " + listen + ": Address already in use; "),
          HasSubstr("set admin.listen to another port"))));
}

TEST(AdminServer, AnAddressOfAnotherMachineIsAnError) {
  asio::io_context io;
  const auto listen = [&] { AdminServer(io, "192.0.2.1:0", {}); };
  EXPECT_THAT(listen, testing::ThrowsMessage<std::runtime_error>(
                          HasSubstr("set admin.listen to an address that this machine has")));
}

TEST(AdminServer, AMalformedAddressIsAnError) {
  asio::io_context io;
  const auto listen = [&] { AdminServer(io, "8080", {}); };
  EXPECT_THAT(listen, testing::ThrowsMessage<std::invalid_argument>(
                          StartsWith("admin.listen: '8080': there is no port")));
}

TEST(AdminServer, OffDoesNothing) {
  asio::io_context io;
  const AdminServer server(io, "off", {});
  EXPECT_EQ(server.port(), 0);
  EXPECT_EQ(io.run(), 0U);
}

TEST(AdminServer, MayGoWhileItsContextStillHoldsConnections) {
  asio::io_context io;
  auto server = std::make_unique<AdminServer>(io, "127.0.0.1:0", std::vector<AdminRoute>{});
  Client client(server->port());
  client.send("GET / HTTP/1.1\r\n\r\n");
  io.run_for(milliseconds(50));
  server.reset();
}

}  // namespace
}  // namespace wiredesk
