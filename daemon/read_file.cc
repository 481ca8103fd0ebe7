#include "daemon/read_file.h"

#include <array>
#include <cstddef>
#include <fstream>

namespace wiredesk {

std::optional<std::string> read_file(const std::string& path) {
  // read() and no iterator: a directory opens, and an iterator over it throws.
  std::ifstream file(path, std::ios::binary);
  std::string text;
  std::array<char, 4096> part;
  while (file) {
    file.read(part.data(), part.size());
    text.append(part.data(), static_cast<std::size_t>(file.gcount()));
  }
  if (!file.eof()) return std::nullopt;
  return text;
}

}  // namespace wiredesk
