// Reads a content-type header: "application/json; charset=utf-8". Pure; any thread.
#pragma once

#include <string>
#include <string_view>

namespace wiredesk {

/// Both in lower case, "" where the header does not say.
struct ContentType {
  std::string media_type;  // "application/json"
  std::string charset;     // "utf-8"

  bool is_json() const { return media_type == "application/json" || media_type.ends_with("+json"); }
  bool is_text() const { return media_type == "text/plain"; }
  /// Says nothing of the form: the bytes themselves have to tell.
  bool is_silent() const { return media_type.empty() || media_type == "application/octet-stream"; }
};

ContentType parse_content_type(std::string_view header);

}  // namespace wiredesk
