#include "storage/checksum.h"

#include <xxhash.h>

#include "storage/bytes.h"

namespace tripten {

std::uint64_t hash_bytes(std::string_view bytes) {
  return XXH3_64bits(bytes.data(), bytes.size());
}

void append_checksum(std::string& value) {
  append_u64(hash_bytes(value), value);
}

std::string_view verified(std::string_view value) {
  constexpr std::size_t kSize = 8;
  if (value.size() < kSize) throw Error(ErrorCode::Corrupt, "it ends too early");
  const std::string_view content = value.substr(0, value.size() - kSize);
  if (hash_bytes(content) != load_u64(value.data() + content.size()))
    throw Error(ErrorCode::Corrupt, "its checksum does not match");
  return content;
}

}  // namespace tripten
