#include "processors/decode/json_format.h"

#include <memory>
#include <utility>

#include "processors/decode/json_reader.h"
#include "processors/options.h"
#include "processors/text/white_space.h"

namespace wiredesk {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

struct Place {
  std::string_view name;
  std::string JsonPointers::*pointer;
  std::string_view doc;
};

/// In the order of JsonFormat::Field.
constexpr std::array<Place, JsonFormat::kFields> kPlaces{{
    {"text", &JsonPointers::text, "JSON pointer of the article's text"},
    {"id", &JsonPointers::id, "of its id; absent: a hash of the bytes is the id"},
    {"headline", &JsonPointers::headline, "of its headline"},
    {"supplier", &JsonPointers::supplier, "of the name of who sent it"},
    {"version", &JsonPointers::version, "of its version"},
    {"time", &JsonPointers::time, "of the time of this version"},
    {"language", &JsonPointers::language, "of its language (BCP 47)"},
    {"slug", &JsonPointers::slug, "of its slug line"},
}};

/// "" where the pointer is sound, else what is wrong with it.
std::string fault_of(std::string_view pointer) {
  if (!pointer.starts_with('/')) return "a JSON pointer begins with '/', such as /article/body";
  for (std::size_t at = pointer.find('~'); at != std::string_view::npos;
       at = pointer.find('~', at + 1))
    if (at + 1 == pointer.size() || (pointer[at + 1] != '0' && pointer[at + 1] != '1'))
      return "in a JSON pointer '~' is written ~0 and '/' inside a name ~1";
  if (pointer_tokens(pointer).size() > JsonFormat::kMaxDepth)
    return "a JSON pointer has at most " + std::to_string(JsonFormat::kMaxDepth) + " parts";
  return "";
}

Outcome failure(const JsonFields& read, std::size_t offset) {
  const std::string where = " at byte " + std::to_string(offset + read.offset);
  if (read.error == JsonFields::Error::too_deep)
    return Outcome::fail("too_deep", "JSON nested deeper than " +
                                         std::to_string(JsonFormat::kMaxDepth) + " levels" + where);
  return Outcome::fail("not_json", "not sound JSON" + where + ": " + read.message);
}

Outcome check(const JsonFields& read, const std::string& text_pointer) {
  const auto& text = read.fields[JsonFormat::text];
  if (!text || !text->is_string)
    return Outcome::fail("no_text", "no string at " + text_pointer +
                                        ": set decode.json.text to the pointer of the text");
  for (std::size_t i = 0; i < kPlaces.size(); ++i)
    if (read.fields[i] && read.fields[i]->text.find('\0') != std::string::npos)
      return Outcome::fail("control_characters",
                           "U+0000 in the " + std::string(kPlaces[i].name) + " of the JSON object");
  if (is_blank(text->text))
    return Outcome::fail("empty", "the string at " + text_pointer + " is blank");
  return Outcome::keep();
}

void set_source(Article& article, std::string text) {
  article.owned_source = std::make_unique<std::string>(std::move(text));
  article.source = *article.owned_source;
  if (article.source.starts_with(kByteOrderMark))
    article.source.remove_prefix(kByteOrderMark.size());
}

}  // namespace

void JsonPointers::declare(OptionReader& in) {
  for (const Place& place : kPlaces) {
    std::string& pointer = this->*place.pointer;
    in.text(place.name, pointer, place.doc);
    if (pointer.empty() && place.name != "text") continue;  // not read
    const std::string fault = fault_of(pointer);
    if (!fault.empty())
      in.problem(place.name, "'" + std::string(place.name) + "': '" + pointer + "': " + fault);
  }
}

std::vector<std::string> pointer_tokens(std::string_view pointer) {
  std::vector<std::string> tokens;
  for (std::size_t i = 0; i < pointer.size(); ++i) {
    if (pointer[i] == '/') {
      tokens.emplace_back();
    } else if (pointer[i] == '~' && i + 1 < pointer.size()) {
      tokens.back().push_back(pointer[++i] == '1' ? '/' : '~');
    } else {
      tokens.back().push_back(pointer[i]);
    }
  }
  return tokens;
}

JsonFormat::JsonFormat(const JsonPointers& pointers) : text_pointer_(pointers.text) {
  for (std::size_t i = 0; i < kPlaces.size(); ++i)
    paths_[i] = pointer_tokens(pointers.*kPlaces[i].pointer);
}

Outcome JsonFormat::decode(const Payload& payload, std::vector<Article>& articles) {
  JsonFields read = read_json(payload.bytes, paths_);
  if (read.error != JsonFields::Error::none) return failure(read, payload.offset);
  if (Outcome outcome = check(read, text_pointer_); outcome.failed()) return outcome;

  const auto take = [&](Field field) {
    return read.fields[field] ? std::move(read.fields[field]->text) : std::string();
  };
  Article& article = articles.emplace_back(payload.record);
  set_source(article, take(text));
  article.meta.id = take(id);
  article.meta.headline = take(headline);
  article.meta.supplier = take(supplier);
  article.meta.version = take(version);
  article.meta.time = take(time);
  article.meta.language = take(language);
  article.meta.slug = take(slug);
  return Outcome::keep();
}

}  // namespace wiredesk
