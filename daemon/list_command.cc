#include "daemon/list_command.h"

#include <vector>

#include "daemon/config_loader.h"
#include "processors/registry.h"

namespace wiredesk {
namespace {

constexpr int kUsage = 64;

bool belongs_to(const OptionDoc& option, const std::string& section) {
  return section.empty() || option.name == section || option.name.starts_with(section + ".");
}

void print(const OptionDoc& option, std::ostream& out) {
  out << option.name << "\n    " << option.doc << "\n    " << option.type
      << "; default: " << (option.default_value.empty() ? "\"\"" : option.default_value) << "\n";
}

void print_processors(std::ostream& out) {
  out << "Processors, in the order of the chain:\n  decode: bytes to text\n";
  for (const ProcessorRow& row : processor_rows())
    out << "  " << row.name << ": " << row.doc << "\n";
  out << "\nOptions:\n";
}

}  // namespace

int run_list(const std::string& section, std::ostream& out, std::ostream& err) {
  std::vector<OptionDoc> options = describe_config();
  std::erase_if(options, [&](const OptionDoc& each) { return !belongs_to(each, section); });
  if (options.empty()) {
    err << "wiredesk: there is no processor or section '" << section
        << "'; `wiredesk list` shows all of them\n";
    return kUsage;
  }
  if (section.empty()) print_processors(out);
  for (const OptionDoc& option : options) print(option, out);
  return 0;
}

}  // namespace wiredesk
