#include "shell/query_progress.h"

#include <algorithm>
#include <memory>

#include <fmt/format.h>

#include "shell/progress_line.h"
#include "shell/quantities.h"

namespace tripten::shell {

namespace {

constexpr std::chrono::seconds kPatience{2};

/// 4200000 → "4.2 M".
std::string rounded(double count) {
  if (count < 1e4) return fmt::format("{:.0f}", count);
  if (count < 1e6) return fmt::format("{:.0f} K", count / 1e3);
  if (count < 1e9) return fmt::format("{:.1f} M", count / 1e6);
  return fmt::format("{:.1f} G", count / 1e9);
}

}  // namespace

std::string progress_text(const QueryProgress& progress, std::chrono::nanoseconds time) {
  const double seconds = std::max(std::chrono::duration<double>(time).count(), 1e-9);
  const auto rows = static_cast<double>(progress.rows_read);
  std::string text = rounded(rows) + " rows read";
  // An estimate that was passed tells nothing any more.
  if (progress.rows_expected > progress.rows_read)
    text +=
        fmt::format(" of about {} ({:.0f} %)", rounded(static_cast<double>(progress.rows_expected)),
                    100 * rows / static_cast<double>(progress.rows_expected));
  text += fmt::format("  {}/s  {}", rounded(rows / seconds), readable_size(progress.memory));
  if (progress.spilled_bytes > 0) text += "  spilt " + readable_size(progress.spilled_bytes);
  return text + "  " + readable_duration(time) + "  (Ctrl-C ends it)";
}

std::function<void(const QueryProgress&)> shown_progress() {
  const auto line = std::make_shared<ProgressLine>();
  if (!line->is_seen()) return {};
  return [line](const QueryProgress& progress) {
    if (line->time() < kPatience) return;
    line->show([&] { return progress_text(progress, line->time()); });
  };
}

}  // namespace tripten::shell
