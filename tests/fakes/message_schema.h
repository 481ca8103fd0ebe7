// Runs tests/validate_messages.py over messages: the schemas of config/schema are the judge.
#pragma once

#include <string>
#include <vector>

namespace wiredesk::fakes {

/// What the validator says; empty when every message is valid.
std::string schema_faults(const std::vector<std::string>& messages, bool ninjs_only = false);

}  // namespace wiredesk::fakes
