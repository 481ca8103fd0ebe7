// Finds out that an article was sent before. This version knows exact re-sends: articles of one
// fingerprint (fingerprint.h) within `dedupe.window` of record time; what an update, a correction
// or a kill is, its life-cycle mark tells.
//
// Sets Article::duplicate and appends one state record for every article, kept or dropped. Drops
// "duplicate" where `dedupe.actions` says so. Kills, withdrawals and corrections are never dropped.
// Never fails.
//
// A replay gives the same answers (head.h says why); lanes that race give two originals, never none
// (session.h).
#pragma once

#include <memory>

#include "processors/registry.h"

namespace wiredesk {

std::unique_ptr<ProcessorOptions> make_dedupe_options();

}  // namespace wiredesk
