#include "storage/compression.h"

#include <memory>
#include <new>

#include <zstd.h>

#include "tripten/error.h"

#include "base/check.h"

namespace tripten {
namespace {

constexpr std::size_t kSmallest = 64;

struct FreeContext {
  void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
};

/// zstd's tables, 150 KB that it would otherwise ask the system for again with every block. A
/// thread has its own; nothing stays in it from one block to the next.
ZSTD_DCtx* decompression_context() {
  thread_local const std::unique_ptr<ZSTD_DCtx, FreeContext> context(ZSTD_createDCtx());
  return context.get();
}

}  // namespace

Compression append_compressed(std::string_view body, int level, std::string& out) {
  const std::size_t start = out.size();
  if (body.size() >= kSmallest) {
    const std::size_t room = ZSTD_compressBound(body.size());
    out.resize(start + room);
    const std::size_t size =
        ZSTD_compress(out.data() + start, room, body.data(), body.size(), level);
    check(!ZSTD_isError(size), "zstd could not compress a block");
    if (size < body.size() - body.size() / 8) {
      out.resize(start + size);
      return Compression::Zstd;
    }
  }
  out.resize(start);
  out += body;
  return Compression::None;
}

void append_decompressed(Compression compression, std::string_view compressed, std::size_t size,
                         std::string& out) {
  if (compression == Compression::None) {
    if (compressed.size() != size) throw Error(ErrorCode::Corrupt, "it has a wrong size");
    out += compressed;
    return;
  }
  if (compression != Compression::Zstd)
    throw Error(ErrorCode::Corrupt, "its compression is unknown");
  if (ZSTD_getFrameContentSize(compressed.data(), compressed.size()) != size)
    throw Error(ErrorCode::Corrupt, "it has a wrong size");
  const std::size_t start = out.size();
  out.resize(start + size);
  ZSTD_DCtx* const context = decompression_context();
  if (!context) throw std::bad_alloc();
  if (ZSTD_decompressDCtx(context, out.data() + start, size, compressed.data(),
                          compressed.size()) != size)
    throw Error(ErrorCode::Corrupt, "it can't be decompressed");
}

}  // namespace tripten
