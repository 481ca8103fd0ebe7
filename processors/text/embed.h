// Puts a file into the program's read-only data at build time: WIREDESK_EMBED(symbol, "path") at
// namespace scope, then embedded_view(symbol_begin, symbol_end) gives its bytes.
#pragma once

#include <string_view>

// clang-format off
#define WIREDESK_EMBED(symbol, path)                         \
  __asm__(".pushsection .rodata\n"                           \
          ".global " #symbol "_begin\n" #symbol "_begin:\n"  \
          ".incbin \"" path "\"\n"                           \
          ".global " #symbol "_end\n" #symbol "_end:\n"      \
          ".byte 0\n"                                        \
          ".popsection\n");                                  \
  extern "C" const char symbol##_begin[];                    \
  extern "C" const char symbol##_end[]
// clang-format on

namespace wiredesk {

inline std::string_view embedded_view(const char* begin, const char* end) {
  return {begin, static_cast<std::size_t>(end - begin)};
}

}  // namespace wiredesk
