#include "shell/back_up.h"

#include <cstdint>
#include <functional>
#include <utility>

#include <fmt/format.h>

#include "shell/progress_line.h"
#include "shell/quantities.h"

namespace tripten::shell {

void back_up(const Database& database, const std::filesystem::path& folder, std::stop_token stop) {
  ProgressLine line;
  std::function<void(std::uint64_t, std::uint64_t)> progress;
  if (line.is_seen())
    progress = [&](std::uint64_t bytes, std::uint64_t most) {
      line.show([&] {
        return fmt::format("copied {} of at most {}", readable_size(bytes), readable_size(most));
      });
    };
  database.backup(folder, std::move(stop), progress);
}

}  // namespace tripten::shell
