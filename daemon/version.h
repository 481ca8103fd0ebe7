// The program's version, from CMake's project().
#pragma once

#include <string_view>

namespace wiredesk {

std::string_view program_version();

}  // namespace wiredesk
