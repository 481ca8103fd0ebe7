// The first stage: a record's bytes -> articles with their source and metadata. Chooses the format
// and checks what every format needs checked; the formats are behind format.h.
//
// The format, where `decode.format` is auto: the record's `content-type` header
// (application/json and +json, text/plain; application/octet-stream says nothing; any other one
// fails "unsupported_format"), else the first bytes: `{` before `"` or `}`, `[` before `{`, `[` or
// `]` (white space between them) is JSON, all else plain text. What looks like JSON is read as
// JSON: where it is broken it is a dead letter and not an article full of braces.
//
// The supplier: the format's, else the header `wiredesk-supplier`, else unknown.
//
// Fails (each with a detail that says where and how to mend): "too_large", checked before anything
// else; "empty" for a tombstone, no bytes, nothing but white space; "unsupported_charset";
// "not_utf8"; "unsupported_format"; "metadata_too_long"; and what text_format.h and json_format.h
// name. Takes at most 50 ms for 8 MiB, whatever they hold.
#pragma once

#include <cstddef>
#include <memory>

#include "processors/decode/json_format.h"
#include "processors/options.h"
#include "processors/processor.h"

namespace wiredesk {

enum class FormatChoice { automatic, text, json };
enum class Charset { utf8 };

struct DecodeOptions {
  FormatChoice format = FormatChoice::automatic;
  Charset charset = Charset::utf8;
  std::size_t max_bytes = std::size_t{8} << 20;
  JsonPointers json;

  void declare(OptionReader& in);
  std::unique_ptr<DecoderFactory> make_factory() const;
};

}  // namespace wiredesk
