// Hash functions (§17.4.6) by OpenSSL: hexadecimal digits of the UTF-8 bytes' digest.
#include <array>

#include <openssl/evp.h>

#include "query/expr/node.h"

namespace tripten {
namespace {

using Algorithm = const EVP_MD* (*)();

template <Algorithm algorithm>
Value hash(Frame& frame, std::span<Operand> arguments) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  const auto text = arguments[0].simple_string();
  if (!text) return {};
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest;
  unsigned int size = 0;
  if (EVP_Digest(text->data(), text->size(), digest.data(), &size, algorithm(), nullptr) != 1)
    return {};
  std::string hexadecimal;
  for (unsigned int i = 0; i < size; ++i) {
    hexadecimal += kDigits[digest[i] >> 4];
    hexadecimal += kDigits[digest[i] & 0xF];
  }
  return frame.string(hexadecimal);
}

}  // namespace

FunctionTraits hash_function(Function function) {
  switch (function) {
    case Function::Md5:
      return {hash<EVP_md5>, Reads::Strings};
    case Function::Sha1:
      return {hash<EVP_sha1>, Reads::Strings};
    case Function::Sha256:
      return {hash<EVP_sha256>, Reads::Strings};
    case Function::Sha384:
      return {hash<EVP_sha384>, Reads::Strings};
    case Function::Sha512:
      return {hash<EVP_sha512>, Reads::Strings};
    default:
      return {};
  }
}

}  // namespace tripten
