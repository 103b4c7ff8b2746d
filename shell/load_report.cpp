#include "shell/load_report.h"

#include <algorithm>
#include <chrono>
#include <iostream>

#include <fmt/format.h>

#include "shell/progress_line.h"
#include "shell/quantities.h"

namespace tripten::shell {

namespace {

/// "reading  4,200,000 statements  512,000/s  37 %  8.1 s, 13 s left"
std::string progress_text(const LoadProgress& progress, std::chrono::nanoseconds time) {
  constexpr double kTooEarly = 0.02;  // to tell how long the rest takes
  const double seconds = std::max(std::chrono::duration<double>(time).count(), 1e-9);
  std::string line =
      fmt::format("{}  {} statements", progress.stage, with_separators(progress.statements));
  if (progress.stage == "reading")
    line += fmt::format("  {}/s", with_separators(static_cast<std::uint64_t>(
                                      static_cast<double>(progress.statements) / seconds)));
  if (progress.done >= 0) line += fmt::format("  {:.0f} %", progress.done * 100);
  line += "  " + readable_duration(time);
  if (progress.done >= kTooEarly && progress.done < 1) {
    const std::chrono::duration<double> left(seconds * (1 - progress.done) / progress.done);
    line += ", " + readable_duration(std::chrono::duration_cast<std::chrono::nanoseconds>(left)) +
            " left";
  }
  return line;
}

void print_report(const LoadReport& report, std::chrono::nanoseconds time) {
  const double seconds = std::max(std::chrono::duration<double>(time).count(), 1e-9);
  std::cerr << fmt::format(
      "loaded {} statements from {} {} in {} ({}/s): {} new\n", with_separators(report.statements),
      report.files, report.files == 1 ? "file" : "files", readable_duration(time),
      with_separators(static_cast<std::uint64_t>(static_cast<double>(report.statements) / seconds)),
      with_separators(report.inserted));
  if (report.figures + report.articles > 0) {
    std::cerr << fmt::format("  figures {}, articles {}\n", with_separators(report.figures),
                             with_separators(report.articles));
    std::string kinds;
    for (const auto& [kind, count] : report.mentions)
      kinds += fmt::format("{}{} {}", kinds.empty() ? "" : ", ", kind, with_separators(count));
    std::cerr << "  mentions: " << (kinds.empty() ? "none" : kinds) << '\n';
    std::cerr << fmt::format("  keywords: {} resolved, {} not resolved\n",
                             with_separators(report.keywords_resolved),
                             with_separators(report.keywords_unresolved));
  }
  if (report.tables > 0)
    std::cerr << fmt::format("  tables {} with {} rows\n", with_separators(report.tables),
                             with_separators(report.rows));
  for (const auto& [reason, count] : report.left_out)
    std::cerr << fmt::format("  left out: {} ({})\n", with_separators(count), reason);
  if (report.passed_over > 0)
    std::cerr << fmt::format("  passed over: {} files of other kinds\n", report.passed_over);
  if (!report.not_compacted.empty())
    std::cerr << fmt::format("  not compacted after it: {}\n", report.not_compacted);
  if (report.skipped > 0) {
    std::cerr << fmt::format("  skipped: {}, the first:\n", with_separators(report.skipped));
    for (const std::string& message : report.first_skipped)
      std::cerr << "    " << message << '\n';
  }
}

}  // namespace

void refuse_missing(const std::filesystem::path& file) {
  if (file != "-" && !std::filesystem::exists(file))
    throw Error(ErrorCode::NotFound, fmt::format("{}: there is no such file", file.string()));
}

void load_files(Database& database, const std::vector<std::filesystem::path>& files,
                LoadOptions options) {
  for (const std::filesystem::path& file : files)
    refuse_missing(file);
  ProgressLine line;
  if (line.is_seen())
    options.progress = [&](const LoadProgress& progress) {
      line.show([&] { return progress_text(progress, line.time()); });
    };
  const LoadReport report = database.load(files, options);
  line.clear();
  print_report(report, line.time());
}

}  // namespace tripten::shell
