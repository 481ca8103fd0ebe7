#include "processors/decode/decode.h"

#include <string>
#include <utility>

#include "processors/decode/content_type.h"
#include "processors/decode/text_format.h"
#include "processors/identity.h"
#include "processors/text/utf8.h"
#include "processors/text/white_space.h"

namespace wiredesk {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::string_view kSupplierHeader = "wiredesk-supplier";
// Both end up in the output's key and in the dedupe index; a megabyte of id would fit in neither.
constexpr std::size_t kMaxIdBytes = 1024;
constexpr std::size_t kMaxSupplierBytes = 256;

bool looks_like_json(std::string_view bytes) {
  constexpr std::string_view kBlank = " \t\r\n";
  const std::size_t open = bytes.find_first_not_of(kBlank);
  const std::size_t next =
      open == std::string_view::npos ? open : bytes.find_first_not_of(kBlank, open + 1);
  if (next == std::string_view::npos) return false;
  const char second = bytes[next];
  if (bytes[open] == '{') return second == '"' || second == '}';
  return bytes[open] == '[' && (second == '{' || second == '[' || second == ']');
}

Outcome check_charset(const ContentType& type) {
  if (type.charset.empty() || type.charset == "utf-8" || type.charset == "utf8" ||
      type.charset == "us-ascii")
    return Outcome::keep();
  return Outcome::fail("unsupported_charset",
                       "content-type names the character set '" + type.charset + "'; send UTF-8");
}

Outcome check_metadata(const Metadata& meta) {
  const auto too_long = [](std::string_view what, std::size_t size, std::size_t limit) {
    return Outcome::fail("metadata_too_long", "the " + std::string(what) + " has " +
                                                  std::to_string(size) + " bytes, at most " +
                                                  std::to_string(limit) + " are taken");
  };
  if (meta.id.size() > kMaxIdBytes) return too_long("id", meta.id.size(), kMaxIdBytes);
  if (meta.supplier.size() > kMaxSupplierBytes)
    return too_long("supplier", meta.supplier.size(), kMaxSupplierBytes);
  return Outcome::keep();
}

class WireDecoder : public Decoder {
 public:
  explicit WireDecoder(const DecodeOptions& options) : options_(options), json_(options.json) {}

  Outcome decode(const Record& record, std::vector<Article>& articles) override;

 private:
  Outcome check(const Record& record, const ContentType& type) const;
  /// nullptr: the content-type is none that can be read.
  Format* choose(const ContentType& type, std::string_view bytes);
  static Outcome finish(const Record& record, std::string_view format, Article& article);

  const DecodeOptions options_;
  TextFormat text_;
  JsonFormat json_;
};

Outcome WireDecoder::check(const Record& record, const ContentType& type) const {
  if (!record.value) return Outcome::fail("empty", "the record has no value (a tombstone)");
  const std::string_view value = *record.value;
  if (value.size() > options_.max_bytes)
    return Outcome::fail("too_large", "the value has " + std::to_string(value.size()) +
                                          " bytes, decode.max_bytes is " +
                                          std::to_string(options_.max_bytes));
  if (Outcome outcome = check_charset(type); outcome.failed()) return outcome;
  const std::size_t invalid = utf8::first_invalid(value);
  if (invalid != utf8::kValid)
    return Outcome::fail("not_utf8", "not UTF-8 at byte " + std::to_string(invalid) +
                                         ": decode.charset is utf-8, convert before sending");
  if (is_blank(value)) return Outcome::fail("empty", "nothing but white space");
  return Outcome::keep();
}

Format* WireDecoder::choose(const ContentType& type, std::string_view bytes) {
  if (options_.format == FormatChoice::text) return &text_;
  if (options_.format == FormatChoice::json || type.is_json()) return &json_;
  if (type.is_text()) return &text_;
  if (!type.is_silent()) return nullptr;
  return looks_like_json(bytes) ? static_cast<Format*>(&json_) : &text_;
}

Outcome WireDecoder::finish(const Record& record, std::string_view format, Article& article) {
  article.meta.format = format;
  const auto header = record.header(kSupplierHeader);
  if (article.meta.supplier.empty() && header) {
    if (utf8::first_invalid(*header) != utf8::kValid)
      return Outcome::fail("not_utf8", "the header wiredesk-supplier is not UTF-8");
    article.meta.supplier = *header;
  }
  article.meta.supplier = slug(article.meta.supplier);
  if (article.raw_sha256.empty()) article.raw_sha256 = sha256_hex(*record.value);
  return check_metadata(article.meta);
}

Outcome WireDecoder::decode(const Record& record, std::vector<Article>& articles) {
  const ContentType type = parse_content_type(record.header("content-type").value_or(""));
  if (Outcome outcome = check(record, type); outcome.failed()) return outcome;

  Payload payload{record, *record.value};
  if (payload.bytes.starts_with(kByteOrderMark)) payload.offset = kByteOrderMark.size();
  payload.bytes.remove_prefix(payload.offset);

  Format* format = choose(type, payload.bytes);
  if (!format)
    return Outcome::fail("unsupported_format", "no decoder for content-type '" + type.media_type +
                                                   "'; decode.format: text or json overrides it");
  Outcome outcome = format->decode(payload, articles);
  for (std::size_t i = 0; i < articles.size() && !outcome.failed(); ++i)
    outcome = finish(record, format->name(), articles[i]);
  return outcome;
}

class WireDecoderFactory : public DecoderFactory {
 public:
  explicit WireDecoderFactory(DecodeOptions options) : options_(std::move(options)) {}
  std::unique_ptr<Decoder> make() const override { return std::make_unique<WireDecoder>(options_); }

 private:
  DecodeOptions options_;
};

}  // namespace

void DecodeOptions::declare(OptionReader& in) {
  in.choice("format", format,
            {{"auto", FormatChoice::automatic},
             {"text", FormatChoice::text},
             {"json", FormatChoice::json}},
            "what a record's value is; auto: by content-type header, else by first bytes");
  in.choice("charset", charset, {{"utf-8", Charset::utf8}},
            "character set of the values; UTF-8 is the only one that is read");
  in.bytes("max_bytes", max_bytes, 1, std::size_t{1} << 30,
           "larger values go to the dead letters unread");
  in.section("json", "where a JSON record's fields stand",
             [this](OptionReader& section) { json.declare(section); });
}

std::unique_ptr<DecoderFactory> DecodeOptions::make_factory() const {
  return std::make_unique<WireDecoderFactory>(*this);
}

}  // namespace wiredesk
