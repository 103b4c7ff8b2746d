// gzip (RFC 1952) by zlib, which also verifies each member's checksum and length.
#include <algorithm>
#include <limits>

#include <zlib.h>

#include "base/check.h"
#include "base/decompress.h"

namespace tripten {
namespace {

constexpr int kGzipOnly = 15 + 16;  // zlib: the largest window, and a gzip header is required

class GzipInput : public Input {
 public:
  explicit GzipInput(std::unique_ptr<Input> source)
      : Input(source->name()),
        bytes_(std::move(source)) {
    check(inflateInit2(&stream_, kGzipOnly) == Z_OK, "zlib does not start");
  }
  GzipInput(const GzipInput&) = delete;
  GzipInput& operator=(const GzipInput&) = delete;
  ~GzipInput() override { inflateEnd(&stream_); }

  std::uint64_t position() const override { return bytes_.position(); }
  std::size_t read(char* to, std::size_t size) override {
    const std::size_t most = std::min<std::size_t>(size, std::numeric_limits<uInt>::max());
    stream_.next_out = reinterpret_cast<Bytef*>(to);
    stream_.avail_out = static_cast<uInt>(most);
    while (stream_.avail_out == most && most > 0) {
      if (!bytes_.fill()) {
        if (in_member_) bytes_.fail_cut_short("gzip");
        return 0;
      }
      if (!in_member_ && !begin_member()) continue;
      inflate_some();
    }
    return most - stream_.avail_out;
  }

 private:
  /// Zeros behind the last member are padding (of tapes, of block devices); anything else must be
  /// another member.
  bool begin_member() {
    const std::string_view left = bytes_.left();
    if (members_ > 0 && left.front() == '\0') {
      bytes_.take(std::min(left.find_first_not_of('\0'), left.size()));
      return false;
    }
    if (members_ > 0 && left.front() != '\x1f')
      bytes_.fail_damaged("gzip", "other bytes follow its end");
    inflateReset(&stream_);
    in_member_ = true;
    ++members_;
    return true;
  }

  void inflate_some() {
    const std::size_t before = bytes_.left().size();
    stream_.next_in = reinterpret_cast<Bytef*>(bytes_.data());
    stream_.avail_in = static_cast<uInt>(before);
    const int status = inflate(&stream_, Z_NO_FLUSH);
    bytes_.take(before - stream_.avail_in);
    if (status == Z_STREAM_END)
      in_member_ = false;
    else if (status != Z_OK && status != Z_BUF_ERROR)
      bytes_.fail_damaged("gzip", stream_.msg ? stream_.msg : "no deflate data");
  }

  CompressedBytes bytes_;
  z_stream stream_{};
  bool in_member_ = false;
  std::size_t members_ = 0;
};

}  // namespace

std::unique_ptr<Input> gunzip(std::unique_ptr<Input> source) {
  return std::make_unique<GzipInput>(std::move(source));
}

}  // namespace tripten
