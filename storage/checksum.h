// Checksums: every value that the store writes ends with one of its own.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace tripten {

/// XXH3_64bits: the hash of terms and of checksums.
std::uint64_t hash_bytes(std::string_view bytes);

void append_checksum(std::string& value);

/// The value without its checksum; throws Corrupt where that does not fit.
std::string_view verified(std::string_view value);

}  // namespace tripten
