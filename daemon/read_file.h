// A whole file as a string, for what is read once at start. Any thread.
#pragma once

#include <optional>
#include <string>

namespace wiredesk {

/// nullopt, with errno, where there is no such file or it cannot be read (a directory, say).
std::optional<std::string> read_file(const std::string& path);

}  // namespace wiredesk
