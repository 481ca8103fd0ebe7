#include "tests/fakes/message_schema.h"

#include <stdlib.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <fstream>
#include <stdexcept>

namespace wiredesk::fakes {
namespace {

class TemporaryFile {
 public:
  TemporaryFile() {
    const int descriptor = mkstemp(path_.data());
    if (descriptor < 0) throw std::runtime_error("no temporary file can be made");
    close(descriptor);
  }
  ~TemporaryFile() { unlink(path_.c_str()); }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_ = "/tmp/wiredesk-messages-XXXXXX";
};

/// Output and, in `status`, how the command ended.
std::string run(const std::string& command, int& status) {
  FILE* const pipe = popen(command.c_str(), "r");
  if (!pipe) throw std::runtime_error("cannot run " + command);
  std::string output;
  std::array<char, 4096> buffer;
  while (const std::size_t size = fread(buffer.data(), 1, buffer.size(), pipe))
    output.append(buffer.data(), size);
  status = pclose(pipe);
  return output;
}

}  // namespace

std::string schema_faults(const std::vector<std::string>& messages, bool ninjs_only) {
  const TemporaryFile file;
  std::ofstream lines(file.path(), std::ios::binary);
  for (const std::string& message : messages) lines << message << '\n';
  lines.close();
  const std::string program = WIREDESK_SOURCE_DIR "/tests/validate_messages.py";
  const std::string option = ninjs_only ? " --ninjs " : " ";
  int status = 0;
  const std::string said =
      run("/usr/bin/python3 -W ignore " + program + option + file.path() + " 2>&1", status);
  if (status == 0) return {};
  return said.empty() ? "the validator failed without a word" : said;
}

}  // namespace wiredesk::fakes
