// The program's commands and their options. Used by main() only.
#pragma once

namespace wiredesk {

/// Parses the command line, runs the command, gives the exit status: 0, 1 (dead letters,
/// `process`), 64 usage, 69 broker unavailable, 70 internal, 78 configuration.
int run_command_line(int argc, char** argv);

}  // namespace wiredesk
