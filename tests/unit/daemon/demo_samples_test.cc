#include "daemon/demo_samples.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "daemon/config_loader.h"
#include "processors/text/utf8.h"

namespace wiredesk {
namespace {

using testing::HasSubstr;

const std::filesystem::path kFolder =
    std::filesystem::path(WIREDESK_SOURCE_DIR) / "config" / "demo";

std::string read_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream bytes;
  bytes << in.rdbuf();
  return bytes.str();
}

std::string_view value_of(std::string_view name) {
  for (const DemoSample& sample : demo_samples())
    if (sample.name == name) return sample.value;
  ADD_FAILURE() << name << " is missing";
  return {};
}

TEST(DemoSamples, AreTheFilesOfTheFolderInTheirOrder) {
  std::vector<std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator(kFolder))
    if (entry.path().filename() != "README.md") files.push_back(entry.path().filename());
  std::sort(files.begin(), files.end());
  std::vector<std::string> names;
  for (const DemoSample& sample : demo_samples()) names.emplace_back(sample.name);
  EXPECT_EQ(names, files);
  const std::string readme = read_file(kFolder / "README.md");
  for (const DemoSample& sample : demo_samples()) {
    EXPECT_EQ(sample.value, read_file(kFolder / sample.name)) << sample.name;
    EXPECT_THAT(readme, HasSubstr("`" + std::string(sample.name) + "`"));
  }
}

TEST(DemoSamples, HoldWhatTheDemoPromises) {
  EXPECT_EQ(value_of("09-xinhua-tea-train-resend.txt"), value_of("01-xinhua-tea-train.txt"));
  std::set<std::string_view> suppliers;
  for (const DemoSample& sample : demo_samples()) {
    suppliers.insert(sample.supplier);
    const bool poison = sample.name == "13-efe-lighthouse-latin1.txt";
    EXPECT_EQ(utf8::first_invalid(sample.value) != utf8::kValid, poison) << sample.name;
  }
  EXPECT_GE(suppliers.size(), 6u);
}

TEST(DemoSamples, TheConfigurationIsSound) {
  const Config config = parse_config(demo_config_text(), "demo.yaml");
  EXPECT_EQ(config.delivery, Delivery::at_least_once);
  EXPECT_FALSE(config.topics.create);
  EXPECT_EQ(config.output.format, OutputFormat::wiredesk);
}

}  // namespace
}  // namespace wiredesk
