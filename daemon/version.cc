#include "daemon/version.h"

namespace wiredesk {

std::string_view program_version() {
  return WIREDESK_VERSION;
}

}  // namespace wiredesk
