// General compression over the body of a block (storage/format.h).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace tripten {

enum class Compression : unsigned char { None = 0, Zstd = 1 };

/// Appends `body` compressed by zstd's `level` and tells how: None where that saves less than an
/// eighth.
Compression append_compressed(std::string_view body, int level, std::string& out);

/// Appends the `size` bytes that were compressed; throws Corrupt where they were not, before
/// allocating more than that.
void append_decompressed(Compression compression, std::string_view compressed, std::size_t size,
                         std::string& out);

}  // namespace tripten
