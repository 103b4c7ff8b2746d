#include "query/exec/prefix_reader.h"

#include <algorithm>

#include "query/exec/gallop.h"

namespace tripten {

namespace {

// Rows to read behind a seek: few where keys lie far apart, more while what is read is used.
constexpr std::size_t kSmallestFirstRead = 4;
constexpr std::size_t kLargestFirstRead = 1024;
constexpr std::size_t kLargestRead = 4096;

}  // namespace

int PrefixReader::compare(const Quad& prefix, std::size_t row) const {
  for (std::size_t column = from_; column < to_; ++column) {
    const TermId value = rows_.columns[column][row];
    if (value != prefix.terms[column]) return value < prefix.terms[column] ? -1 : 1;
  }
  return 0;
}

bool PrefixReader::refill() {
  if (ended_) return false;
  ended_ = !scan_.next(rows_, limit_);
  at_ = 0;
  return !ended_;
}

bool PrefixReader::next(const Quad& prefix, std::size_t& begin, std::size_t& end) {
  // Where the last read ended inside the prefix, its rows go on behind; else the way is a seek.
  const bool goes_on = rows_.rows > 0 && at_ == rows_.rows && compare(prefix, at_ - 1) == 0;
  if (goes_on || from_ == to_) {
    if (at_ == rows_.rows) {
      limit_ = std::clamp(limit_ * 2, first_read_, kLargestRead);
      if (!refill()) return false;
    }
  } else if (at_ == rows_.rows || compare(prefix, rows_.rows - 1) < 0) {
    if (ended_) return false;
    const bool was_useful = at_ * 2 >= rows_.rows;
    first_read_ = std::clamp(was_useful ? first_read_ * 2 : first_read_ / 2, kSmallestFirstRead,
                             kLargestFirstRead);
    scan_.seek(prefix);
    limit_ = first_read_;
    if (!refill()) return false;
  }
  at_ = gallop(at_, rows_.rows, [&](std::size_t row) { return compare(prefix, row) < 0; });
  begin = at_;
  end = gallop(at_, rows_.rows, [&](std::size_t row) { return compare(prefix, row) == 0; });
  at_ = end;
  return begin < end;
}

}  // namespace tripten
