// bzip2 by libbz2, which also verifies each block's checksum. Parallel compressors write one stream
// after another.
#include <algorithm>
#include <limits>

#include <bzlib.h>

#include "base/check.h"
#include "base/decompress.h"

namespace tripten {
namespace {

class Bzip2Input : public Input {
 public:
  explicit Bzip2Input(std::unique_ptr<Input> source)
      : Input(source->name()),
        bytes_(std::move(source)) {}
  Bzip2Input(const Bzip2Input&) = delete;
  Bzip2Input& operator=(const Bzip2Input&) = delete;
  ~Bzip2Input() override {
    if (in_stream_) BZ2_bzDecompressEnd(&stream_);
  }

  std::uint64_t position() const override { return bytes_.position(); }
  std::size_t read(char* to, std::size_t size) override {
    const std::size_t most = std::min<std::size_t>(size, std::numeric_limits<unsigned>::max());
    stream_.next_out = to;
    stream_.avail_out = static_cast<unsigned>(most);
    while (stream_.avail_out == most && most > 0) {
      // At the end of the source libbz2 may still hold blocks that it has not given out.
      const bool more = bytes_.fill();
      if (!more && !in_stream_) return 0;
      if (!in_stream_) begin_stream();
      if (!decompress_some() && !more) bytes_.fail_cut_short("bzip2");
    }
    return most - stream_.avail_out;
  }

 private:
  void begin_stream() {
    char* const to = stream_.next_out;
    const unsigned room = stream_.avail_out;
    stream_ = {};
    check(BZ2_bzDecompressInit(&stream_, 0, 0) == BZ_OK, "libbz2 does not start");
    stream_.next_out = to;
    stream_.avail_out = room;
    in_stream_ = true;
  }

  /// Whether it got any further.
  bool decompress_some() {
    const std::size_t before = bytes_.left().size();
    const unsigned room = stream_.avail_out;
    stream_.next_in = bytes_.data();
    stream_.avail_in = static_cast<unsigned>(before);
    const int status = BZ2_bzDecompress(&stream_);
    bytes_.take(before - stream_.avail_in);
    if (status == BZ_STREAM_END) {
      BZ2_bzDecompressEnd(&stream_);
      in_stream_ = false;
      return true;
    }
    if (status == BZ_DATA_ERROR_MAGIC) bytes_.fail_damaged("bzip2", "no bzip2 header");
    if (status != BZ_OK) bytes_.fail_damaged("bzip2", "a checksum is wrong");
    return stream_.avail_in < before || stream_.avail_out < room;
  }

  CompressedBytes bytes_;
  bz_stream stream_{};
  bool in_stream_ = false;
};

}  // namespace

std::unique_ptr<Input> bunzip2(std::unique_ptr<Input> source) {
  return std::make_unique<Bzip2Input>(std::move(source));
}

}  // namespace tripten
