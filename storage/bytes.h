// Bytes: numbers into strings and back, as storage/format.h names them.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "tripten/error.h"

namespace tripten {

static_assert(std::endian::native == std::endian::little,
              "numbers are stored as they lie in memory");

inline std::uint64_t load_u64(const char* from) {
  std::uint64_t value;
  std::memcpy(&value, from, sizeof value);
  return value;
}

inline void append_u32(std::uint32_t value, std::string& out) {
  out.append(reinterpret_cast<const char*>(&value), sizeof value);
}
inline void append_u64(std::uint64_t value, std::string& out) {
  out.append(reinterpret_cast<const char*>(&value), sizeof value);
}
inline void append_be32(std::uint32_t value, std::string& out) {
  append_u32(__builtin_bswap32(value), out);
}
inline void append_be64(std::uint64_t value, std::string& out) {
  append_u64(__builtin_bswap64(value), out);
}
inline void append_varint(std::uint64_t value, std::string& out) {
  while (value >= 0x80) {
    out += static_cast<char>(value | 0x80);
    value >>= 7;
  }
  out += static_cast<char>(value);
}
constexpr std::uint64_t to_zigzag(std::int64_t value) {
  return (static_cast<std::uint64_t>(value) << 1) ^ static_cast<std::uint64_t>(value >> 63);
}
constexpr std::int64_t from_zigzag(std::uint64_t value) {
  return static_cast<std::int64_t>(value >> 1) ^ -static_cast<std::int64_t>(value & 1);
}

/// Takes numbers off the front of bytes that may be anything; throws Corrupt instead of passing
/// their end.
class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : bytes_(bytes) {}

  std::string_view bytes(std::size_t count) {
    if (count > bytes_.size()) throw Error(ErrorCode::Corrupt, "it ends too early");
    const std::string_view taken = bytes_.substr(0, count);
    bytes_.remove_prefix(count);
    return taken;
  }
  std::uint8_t u8() { return static_cast<std::uint8_t>(bytes(1)[0]); }
  std::uint32_t u32() {
    std::uint32_t value;
    std::memcpy(&value, bytes(sizeof value).data(), sizeof value);
    return value;
  }
  std::uint64_t u64() { return load_u64(bytes(8).data()); }
  std::uint32_t be32() { return __builtin_bswap32(u32()); }
  std::uint64_t be64() { return __builtin_bswap64(u64()); }
  std::uint64_t varint() {
    std::uint64_t value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      const std::uint64_t byte = u8();
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
    throw Error(ErrorCode::Corrupt, "a number has no end");
  }

  std::string_view rest() const { return bytes_; }
  bool at_end() const { return bytes_.empty(); }

 private:
  std::string_view bytes_;
};

}  // namespace tripten
