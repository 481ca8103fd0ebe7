// Who an article is: its id (the format's own, else the record's key where the operator says that
// keys are ids, else a hash of the bytes), and the uri made of supplier and id.
#pragma once

#include <string>
#include <string_view>

namespace wiredesk {

/// "Agence France-Presse" -> "agence-france-presse": the form of a supplier in a uri and in
/// metrics.
std::string slug(std::string_view name);

/// "urn:wiredesk:SUPPLIER:ID", both percent-encoded (RFC 3986's unreserved characters stay); an
/// unknown supplier is "unknown".
std::string make_uri(std::string_view supplier, std::string_view id);

/// SHA-256 (FIPS 180-4) in lower-case hexadecimal.
std::string sha256_hex(std::string_view bytes);

/// XXH3-128 in lower-case hexadecimal: 32 characters. For ids of our own, not for security.
std::string fast_hash_hex(std::string_view bytes);

}  // namespace wiredesk
