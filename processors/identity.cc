#include "processors/identity.h"

#include <openssl/evp.h>
#include <xxhash.h>

#include <array>
#include <span>

namespace wiredesk {
namespace {

constexpr std::string_view kHex = "0123456789abcdef";

bool is_unreserved(char byte) {
  return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
         (byte >= '0' && byte <= '9') || byte == '-' || byte == '.' || byte == '_' || byte == '~';
}

void append_encoded(std::string& out, std::string_view text) {
  for (char byte : text) {
    if (is_unreserved(byte)) {
      out.push_back(byte);
      continue;
    }
    const auto value = static_cast<unsigned char>(byte);
    out.append({'%', "0123456789ABCDEF"[value >> 4], "0123456789ABCDEF"[value & 15]});
  }
}

std::string to_hex(std::span<const unsigned char> bytes) {
  std::string text;
  text.reserve(bytes.size() * 2);
  for (const unsigned char byte : bytes) text.append({kHex[byte >> 4], kHex[byte & 15]});
  return text;
}

}  // namespace

std::string slug(std::string_view name) {
  std::string result;
  for (char byte : name) {
    const bool upper = byte >= 'A' && byte <= 'Z';
    const char lower = upper ? static_cast<char>(byte - 'A' + 'a') : byte;
    const bool keep = (lower >= 'a' && lower <= 'z') || (lower >= '0' && lower <= '9') ||
                      static_cast<unsigned char>(lower) >= 0x80;
    if (keep)
      result.push_back(lower);
    else if (!result.empty() && result.back() != '-')
      result.push_back('-');
  }
  while (result.ends_with('-')) result.pop_back();
  return result;
}

std::string make_uri(std::string_view supplier, std::string_view id) {
  std::string uri = "urn:wiredesk:";
  append_encoded(uri, supplier.empty() ? "unknown" : supplier);
  uri.push_back(':');
  append_encoded(uri, id);
  return uri;
}

std::string sha256_hex(std::string_view bytes) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest;
  unsigned int size = 0;
  // The fetch behind EVP_sha256() takes a lock and longer than a short hash; once is enough.
  static const EVP_MD* const kAlgorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, kAlgorithm, nullptr);
  return to_hex({digest.data(), size});
}

std::string fast_hash_hex(std::string_view bytes) {
  XXH128_canonical_t canonical;
  XXH128_canonicalFromHash(&canonical, XXH3_128bits(bytes.data(), bytes.size()));
  return to_hex(canonical.digest);
}

}  // namespace wiredesk
