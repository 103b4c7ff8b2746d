#include "query/results/solution_source.h"

#include <fmt/format.h>

#include "base/utf8.h"

namespace tripten {
namespace {

constexpr std::size_t kReadBytes = std::size_t{1} << 16;

}  // namespace

void SolutionSource::begin_counting(std::size_t most, std::string_view what) {
  counted_ = 0;
  most_ = most;
  counted_what_ = what;
}

bool SolutionSource::fill() {
  counted_ += end_;
  if (counted_ > most_)
    throw error(ErrorCode::Limit,
                fmt::format("{} is longer than {} MB", counted_what_, most_ >> 20));
  buffer_.erase(0, end_);  // leaves the beginning of a character, or broken UTF-8
  at_ = end_ = 0;
  while (end_ == 0) {
    const std::size_t left = buffer_.size();
    if (is_read_ && left == 0) return false;
    if (!is_read_) {
      buffer_.resize(left + kReadBytes);
      const std::size_t got = input_.read(buffer_.data() + left, kReadBytes);
      buffer_.resize(left + got);
      is_read_ = got == 0;
    }
    const std::size_t bad = find_invalid_utf8(buffer_);
    end_ = bad == std::string::npos ? buffer_.size() : bad;
    const bool is_incomplete = !is_read_ && incomplete_utf8_tail(buffer_) == buffer_.size() - end_;
    if (end_ == 0 && !buffer_.empty() && !is_incomplete) {
      unmark();
      throw error(ErrorCode::Invalid, fmt::format("the text is not UTF-8: found the byte {:02X}",
                                                  static_cast<unsigned char>(buffer_[0])));
    }
  }
  return true;
}

bool SolutionSource::skip_character(std::string_view character) {
  if (done() || std::string_view(buffer_).substr(at_, character.size()) != character) return false;
  at_ += character.size();
  return true;
}

Error SolutionSource::error(ErrorCode code, std::string_view what) const {
  const auto [line, column] = marked_.value_or(std::pair(line_, column_));
  return {code, fmt::format("{}, line {}, column {}: {}", input_.name(), line, column, what),
          Position(static_cast<int>(line), static_cast<int>(column))};
}

}  // namespace tripten
