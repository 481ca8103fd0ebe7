// `wiredesk process --explain`: what the chain made of an article, for people. Pure function of the
// article; any thread.
#pragma once

#include <iosfwd>

#include "processors/article.h"

namespace wiredesk {

/// Several lines: every segment with its kind, place and first characters, then the fields.
void explain(const Article& article, std::ostream& out);

}  // namespace wiredesk
