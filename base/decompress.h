// Decompression of an Input on the way, one piece at a time.
//
// Each takes several compressed members (gzip), streams (bzip2) or frames (zstd) in a row as one
// text, holds a fixed amount of memory, and throws Invalid, naming the input, for data that is
// damaged or ends in the middle.
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "base/input.h"

namespace tripten {

std::unique_ptr<Input> gunzip(std::unique_ptr<Input> source);
std::unique_ptr<Input> bunzip2(std::unique_ptr<Input> source);
std::unique_ptr<Input> unzstd(std::unique_ptr<Input> source);

/// Compressed bytes that are waiting to be taken.
class CompressedBytes {
 public:
  explicit CompressedBytes(std::unique_ptr<Input> source) : source_(std::move(source)) {}

  /// Reads more where none are left; false at the end of the source.
  bool fill();
  std::string_view left() const { return {buffer_.data() + begin_, end_ - begin_}; }
  char* data() { return buffer_.data() + begin_; }
  void take(std::size_t bytes) { begin_ += bytes; }
  const std::string& name() const { return source_->name(); }
  std::uint64_t position() const { return source_->position(); }

  [[noreturn]] void fail_damaged(std::string_view format, std::string_view reason) const;
  [[noreturn]] void fail_cut_short(std::string_view format) const;

 private:
  std::unique_ptr<Input> source_;
  std::size_t begin_ = 0, end_ = 0;  // the bytes not yet taken
  std::array<char, 1 << 16> buffer_{};
};

}  // namespace tripten
