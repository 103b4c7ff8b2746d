// Zstandard (RFC 8878) by libzstd. A frame that wants a window of more than 128 MB is refused.
#include <zstd.h>

#include "base/check.h"
#include "base/decompress.h"

namespace tripten {
namespace {

struct FreeStream {
  void operator()(ZSTD_DStream* stream) const { ZSTD_freeDStream(stream); }
};

class ZstdInput : public Input {
 public:
  explicit ZstdInput(std::unique_ptr<Input> source)
      : Input(source->name()),
        bytes_(std::move(source)),
        stream_(ZSTD_createDStream()) {
    check(stream_ != nullptr, "libzstd does not start");
  }

  std::uint64_t position() const override { return bytes_.position(); }
  std::size_t read(char* to, std::size_t size) override {
    ZSTD_outBuffer out{to, size, 0};
    while (out.pos == 0 && size > 0) {
      // At the end of the source libzstd may still hold bytes that it has not given out.
      const bool more = bytes_.fill();
      if (!more && !in_frame_) return 0;
      ZSTD_inBuffer in{bytes_.data(), bytes_.left().size(), 0};
      const std::size_t wanted = ZSTD_decompressStream(stream_.get(), &out, &in);
      if (ZSTD_isError(wanted)) bytes_.fail_damaged("zstd", ZSTD_getErrorName(wanted));
      bytes_.take(in.pos);
      in_frame_ = wanted != 0;
      if (!more && in_frame_ && out.pos == 0) bytes_.fail_cut_short("zstd");
    }
    return out.pos;
  }

 private:
  CompressedBytes bytes_;
  std::unique_ptr<ZSTD_DStream, FreeStream> stream_;
  bool in_frame_ = false;
};

}  // namespace

std::unique_ptr<Input> unzstd(std::unique_ptr<Input> source) {
  return std::make_unique<ZstdInput>(std::move(source));
}

}  // namespace tripten
