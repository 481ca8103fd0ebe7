#include "daemon/process_command.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <boost/json.hpp>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "daemon/config_loader.h"
#include "tests/fakes/message_schema.h"

namespace wiredesk {
namespace {

using boost::json::value;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr std::string_view kChain = "processors: [decode, dedupe]\n";

struct Printed {
  std::vector<std::string> lines() const {
    std::vector<std::string> lines;
    std::istringstream in(out);
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
  }
  value message(std::size_t index) const { return boost::json::parse(lines().at(index)); }

  int status = 0;
  std::string out;
  std::string err;
};

Printed run(const ProcessRequest& request, const std::string& input = "",
            const std::string& config = std::string(kChain)) {
  std::istringstream in(input);
  std::ostringstream out;
  std::ostringstream err;
  const auto load = [&] { return parse_config(config, "test.yaml"); };
  const int status = run_process(load, request, in, out, err);
  return {status, out.str(), err.str()};
}

ProcessRequest records() {
  ProcessRequest request;
  request.records = true;
  return request;
}

class ProcessCommand : public testing::Test {
 protected:
  ProcessCommand() { std::filesystem::create_directory(folder_); }
  ~ProcessCommand() override { std::filesystem::remove_all(folder_); }

  std::string file(const std::string& name, std::string_view bytes) const {
    const std::string path = folder_ / name;
    std::ofstream(path, std::ios::binary) << bytes;
    return path;
  }

  const std::filesystem::path folder_ =
      std::filesystem::temp_directory_path() / ("wiredesk-process-" + std::to_string(getpid()));
};

TEST_F(ProcessCommand, PrintsOneValidMessageForEachFile) {
  ProcessRequest request;
  request.files = {file("one.txt", "Rain fell on Zadar.\n"),
                   file("two.txt", "Čamac je potonuo.\n")};
  const Printed result = run(request);
  EXPECT_EQ(result.status, 0);
  EXPECT_EQ(result.err, "");
  ASSERT_THAT(result.lines(), SizeIs(2));
  EXPECT_EQ(result.message(0).at_pointer("/wire/source/topic").as_string(), request.files[0]);
  EXPECT_TRUE(result.message(0).at_pointer("/wire/source/timestamp").is_null());
  EXPECT_THAT(fakes::schema_faults(result.lines()), IsEmpty());
}

TEST_F(ProcessCommand, FilesDoNotKnowOfOneAnother) {
  const std::string name = file("one.txt", "Rain fell on Zadar.\n");
  ProcessRequest request;
  request.files = {name, name, file("copy.txt", "Rain fell on Zadar.\n")};
  const Printed result = run(request);
  ASSERT_THAT(result.lines(), SizeIs(3));
  for (std::size_t i = 0; i < 3; ++i)
    EXPECT_EQ(result.message(i).at_pointer("/wire/duplicate/relation"), "original");
}

TEST_F(ProcessCommand, StandardInputIsOneArticle) {
  for (const std::vector<std::string>& files : {std::vector<std::string>{}, {"-"}}) {
    ProcessRequest request;
    request.files = files;
    EXPECT_THAT(run(request, "One.\nTwo.\n").lines(), SizeIs(1));
  }
}

TEST_F(ProcessCommand, DeadLettersGoToStandardErrorAndTheRestGoesOn) {
  ProcessRequest request;
  request.files = {file("bad.txt", "caf\xE9\n"), file("good.txt", "Good.\n")};
  const Printed result = run(request);
  EXPECT_EQ(result.status, 1);
  EXPECT_THAT(result.lines(), SizeIs(1));
  const value dead = boost::json::parse(result.err);
  EXPECT_EQ(dead.at("stage"), "decode");
  EXPECT_THAT(std::string(dead.at("reason").as_string()), Not(IsEmpty()));
  EXPECT_EQ(dead.at("size"), 5);
  EXPECT_EQ(dead.at_pointer("/source/topic").as_string(), request.files[0]);
}

TEST_F(ProcessCommand, AFileThatCannotBeReadIsToldAndTheRestGoesOn) {
  ProcessRequest request;
  request.files = {folder_ / "missing.txt", folder_, file("good.txt", "Good.\n")};
  const Printed result = run(request);
  EXPECT_EQ(result.status, 66);
  EXPECT_THAT(result.lines(), SizeIs(1));
  EXPECT_THAT(result.err, HasSubstr("missing.txt: cannot be read"));
  EXPECT_EQ(std::count(result.err.begin(), result.err.end(), '\n'), 2);
}

constexpr std::string_view kResend =
    R"({"topic":"a","partition":1,"offset":7,"ts":1639569600000,"payload":"Rain fell on Zadar."})"
    "\n"
    R"({"topic":"a","partition":1,"offset":8,"ts":1639569601000,"payload":"Rain fell on Zadar."})"
    "\n";

TEST_F(ProcessCommand, RecordsAreOneStreamWithOneWindow) {
  const std::string config = std::string(kChain) + "dedupe: {actions: {duplicate: drop}}\n";
  const Printed result = run(records(), std::string(kResend), config);
  EXPECT_EQ(result.status, 0);
  ASSERT_THAT(result.lines(), SizeIs(1));
  EXPECT_EQ(result.message(0).at_pointer("/wire/source/offset"), 7);
  EXPECT_EQ(result.message(0).at_pointer("/wire/source/timestamp"), 1639569600000);
}

TEST_F(ProcessCommand, KeepDroppedPrintsTheDroppedOnesMarked) {
  ProcessRequest request = records();
  request.keep_dropped = true;
  for (const std::string format : {"wiredesk", "ninjs"}) {
    const Printed result = run(request, std::string(kResend),
                               std::string(kChain) + "dedupe: {actions: {duplicate: drop}}\n" +
                                   "output: {format: " + format + "}\n");
    ASSERT_THAT(result.lines(), SizeIs(2));
    EXPECT_TRUE(result.message(0).at_pointer("/wire/dropped").is_null());
    EXPECT_EQ(result.message(1).at_pointer("/wire/dropped"), "duplicate");
    EXPECT_EQ(result.message(1).at_pointer("/wire/duplicate/of"),
              result.message(0).at_pointer("/item/uri"));
    EXPECT_THAT(fakes::schema_faults(result.lines()), IsEmpty());
  }
}

TEST_F(ProcessCommand, LinesThatAreNoRecordsAreToldAndSkipped) {
  const Printed result = run(records(),
                             "{\"payload\":\"caf\xE9\"}\n"
                             "nonsense\n"
                             "{\"payload\":null}\n"
                             "{\"payload\":\"Sound.\"}\n");
  EXPECT_EQ(result.status, 1);
  ASSERT_THAT(result.lines(), SizeIs(1));
  EXPECT_EQ(result.message(0).at_pointer("/wire/source/offset"), 4);
  EXPECT_THAT(result.err, HasSubstr("-:1: byte 16 is not UTF-8"));
  EXPECT_THAT(result.err, HasSubstr("payload_base64"));
  EXPECT_THAT(result.err, HasSubstr("-:2: not JSON"));
  EXPECT_THAT(result.err, HasSubstr("\"reason\":\"empty\""));
}

TEST_F(ProcessCommand, NinjsFormatPrintsTheItemAlone) {
  const Printed result =
      run({}, "Rain fell on Zadar.", std::string(kChain) + "output: {format: ninjs}\n");
  ASSERT_THAT(result.lines(), SizeIs(1));
  EXPECT_THAT(fakes::schema_faults(result.lines(), true), IsEmpty());
}

TEST_F(ProcessCommand, ExplainSaysWhatTheArticleIsMadeOf) {
  ProcessRequest request;
  request.explain = true;
  const Printed result = run(request, "Rain fell \x1B[31mon Zadar.");
  EXPECT_THAT(result.err, HasSubstr("format text"));
  EXPECT_THAT(result.err, HasSubstr("lifecycle: new"));
  EXPECT_THAT(result.err, HasSubstr("duplicate: original"));
  EXPECT_THAT(result.err, Not(HasSubstr("\x1B")));
}

TEST_F(ProcessCommand, AnOutputThatCannotBeWrittenEndsIt) {
  std::istringstream in("Rain.");
  std::ofstream full("/dev/full");
  std::ostringstream err;
  const auto load = [] { return parse_config(kChain, "test.yaml"); };
  EXPECT_EQ(run_process(load, {}, in, full, err), 74);
  EXPECT_THAT(err.str(), HasSubstr("cannot be written"));
}

}  // namespace
}  // namespace wiredesk
