#include "base/spill_space.h"

#include <algorithm>

#include <fmt/format.h>

#include "tripten/error.h"

namespace tripten {

SpillFile SpillSpace::make_file() {
  const std::lock_guard lock(mutex_);
  for (std::size_t i = 0; i < folders_.size(); ++i) {
    try {
      SpillFile file(folders_[i], this);
      if (limit_ == 0) {
        std::error_code error;
        const auto space = std::filesystem::space(folders_[i], error);
        limit_ = error ? ~std::uint64_t{0} : std::max<std::uint64_t>(1, space.available / 2);
      }
      return file;
    } catch (const Error&) {
      if (i + 1 == folders_.size()) throw;
    }
  }
  throw Error(ErrorCode::Io, "there is no folder for temporary files");
}

void SpillSpace::reserve(std::uint64_t bytes) {
  const std::uint64_t limit = limit_;
  const std::uint64_t before = used_.fetch_add(bytes);
  if (bytes > limit || before > limit - bytes) {
    used_ -= bytes;
    throw Error(ErrorCode::Limit, fmt::format("the limit of {} MB for temporary files was reached",
                                              limit / 1'000'000));
  }
  written_ += bytes;
}

}  // namespace tripten
