// YAML text -> ConfigNode. The only place that knows yaml-cpp. Used at start, by the main thread.
#pragma once

#include <string>
#include <string_view>

#include "processors/options.h"

namespace wiredesk {

/// `file` is what marks name. Throws ConfigError where the text is not one sound YAML document with
/// unique plain keys. An empty text is an empty map.
ConfigNode parse_yaml(std::string_view text, const std::string& file);

/// Replaces ${env:NAME}, ${env:NAME:-default} and ${file:/path} (one line end at its end is
/// dropped) in every value, and appends to `problems` where there is no such variable or file. $$
/// is a plain $.
void substitute_secrets(ConfigNode& node, std::vector<ConfigProblem>& problems);

}  // namespace wiredesk
