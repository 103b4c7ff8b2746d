#include "shell/query_progress.h"

#include <algorithm>
#include <iostream>
#include <streambuf>
#include <utility>

#include <fmt/format.h>

#include "shell/progress_line.h"
#include "shell/quantities.h"
#include "shell/terminal.h"

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

struct StatementProgress::Line {
  ProgressLine shown{};
  bool is_seen = false;
  bool is_over = false;  // the answer has begun

  void end() {
    if (std::exchange(is_over, true)) return;
    shown.clear();
  }

  void show(const QueryProgress& progress) {
    if (is_over || shown.time() < kPatience) return;
    is_seen = false;  // what is written to std::cerr flushes std::cout, which is no answer
    shown.show([&] { return progress_text(progress, shown.time()); });
    is_seen = true;
  }
};

/// Standard output's buffer: the line goes before anything is written.
class StatementProgress::WatchedBuffer : public std::streambuf {
 public:
  explicit WatchedBuffer(Line& line) : line_(line), output_(std::cout.rdbuf(this)) {}
  ~WatchedBuffer() override { std::cout.rdbuf(output_); }

 protected:
  int overflow(int c) override {
    line_.end();
    return c == traits_type::eof() ? 0 : output_->sputc(static_cast<char>(c));
  }
  std::streamsize xsputn(const char* text, std::streamsize count) override {
    line_.end();
    return output_->sputn(text, count);
  }
  int sync() override {
    if (line_.is_seen) line_.end();  // as before a pager starts
    return output_->pubsync();
  }

 private:
  Line& line_;
  std::streambuf* output_;
};

StatementProgress::StatementProgress() {
  if (!error_is_terminal()) return;
  line_ = std::make_shared<Line>();
  if (output_is_terminal()) output_ = std::make_unique<WatchedBuffer>(*line_);
}

StatementProgress::~StatementProgress() {
  if (line_) line_->end();
}

std::function<void(const QueryProgress&)> StatementProgress::function() const {
  if (!line_) return {};
  return [line = line_](const QueryProgress& progress) { line->show(progress); };
}

}  // namespace tripten::shell
