// `wiredesk list`: what there is to configure, from the declarations that the loader itself reads
// with.
#pragma once

#include <ostream>
#include <string>

namespace wiredesk {

/// `section` "": the processors and every option; else the options whose path begins with it. 64
/// where there is no such section.
int run_list(const std::string& section, std::ostream& out, std::ostream& err);

}  // namespace wiredesk
