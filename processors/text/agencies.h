// The vocabulary of news and picture agencies: how their names are written in datelines, credits
// and end marks, and the one name that the message uses.
// Pure functions over constant tables; any thread.
#pragma once

#include <string_view>
#include <vector>

namespace wiredesk {

struct Agency {
  std::string_view name;       // canonical: "Xinhua"
  bool pictures_only = false;  // Getty Images, Shutterstock: never the source of a text
};

/// The agency that the whole of `text` names ("Xinhua", "AP", "The Associated Press", "dpa/lby"),
/// without regard to the case of ASCII letters, or nullptr.
const Agency* find_agency(std::string_view text);

/// The same, but words that go with a picture may follow: "AP Photo", "Xinhua File Photo".
/// `photo` is set where they do.
const Agency* find_picture_agency(std::string_view text, bool& photo);

/// The names of all agencies in lower case, for vocabularies that include them.
std::vector<std::string_view> agency_names();

}  // namespace wiredesk
