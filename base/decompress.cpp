// What all decompressors share: the buffer in front of them and their errors.
#include "base/decompress.h"

#include <fmt/format.h>

#include "tripten/error.h"

namespace tripten {

bool CompressedBytes::fill() {
  if (begin_ < end_) return true;
  begin_ = 0;
  end_ = source_->read(buffer_.data(), buffer_.size());
  return end_ > 0;
}

void CompressedBytes::fail_damaged(std::string_view format, std::string_view reason) const {
  throw Error(ErrorCode::Invalid,
              fmt::format("{}: the {} data is damaged ({})", name(), format, reason));
}

void CompressedBytes::fail_cut_short(std::string_view format) const {
  throw Error(ErrorCode::Invalid,
              fmt::format("{}: the {} data is cut short: the file ends in the middle of it", name(),
                          format));
}

}  // namespace tripten
