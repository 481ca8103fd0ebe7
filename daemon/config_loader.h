// Reads a configuration file over the defaults. Used at start, by the main thread.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "daemon/config.h"

namespace wiredesk {

/// Values that a command sets over the file's, by whole path: {"decode.format", "json"}.
using ConfigOverrides = std::vector<std::pair<std::string, std::string>>;

/// Throws ConfigError with everything that is wrong with the file ("" = the defaults alone).
Config load_config(const std::string& path, const ConfigOverrides& overrides = {});

/// The same from a text; `name` is what error marks call it.
Config parse_config(std::string_view text, const std::string& name,
                    const ConfigOverrides& overrides = {});

/// Every option with its default, in the reference's order: "kafka.common", ...,
/// "entities.gazetteer".
std::vector<OptionDoc> describe_config();

}  // namespace wiredesk
