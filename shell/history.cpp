#include "shell/history.h"

#include <cstdlib>
#include <fstream>

#include <fcntl.h>
#include <unistd.h>

namespace tripten::shell {

namespace {

constexpr std::uintmax_t kMostBytes = std::uintmax_t{4} << 20;
constexpr std::size_t kMostStatement = std::size_t{64} << 10;

std::string escaped(std::string_view statement) {
  std::string line;
  for (const char c : statement) {
    if (c == '\\')
      line += "\\\\";
    else if (c == '\n')
      line += "\\n";
    else
      line += c;
  }
  return line;
}

std::string unescaped(std::string_view line) {
  std::string statement;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '\\' && i + 1 < line.size()) {
      ++i;
      statement += line[i] == 'n' ? '\n' : line[i];
    } else {
      statement += line[i];
    }
  }
  return statement;
}

/// Adds to a file of the user's own, made where it is missing.
bool append(const std::filesystem::path& file, const std::string& text, int flags) {
  const int descriptor = open(file.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | flags, 0600);
  if (descriptor < 0) return false;
  const ssize_t written = write(descriptor, text.data(), text.size());
  close(descriptor);
  return written == static_cast<ssize_t>(text.size());
}

}  // namespace

std::filesystem::path History::file_of_user() {
  if (const char* state = std::getenv("XDG_STATE_HOME"); state && *state)
    return std::filesystem::path(state) / "tripten" / "history";
  if (const char* home = std::getenv("HOME"); home && *home)
    return std::filesystem::path(home) / ".local" / "state" / "tripten" / "history";
  return {};
}

History::History(std::filesystem::path file) : file_(std::move(file)) {
  if (file_.empty()) return;
  std::error_code failure;
  if (!std::filesystem::is_regular_file(file_, failure)) return;
  const std::uintmax_t bytes = std::filesystem::file_size(file_, failure);
  std::ifstream in(file_, std::ios::binary);
  std::string line;
  if (bytes > kMostBytes) {
    in.seekg(static_cast<std::streamoff>(bytes - kMostBytes));
    std::getline(in, line);  // the rest of one
  }
  while (std::getline(in, line))
    if (!line.empty() && line.size() <= kMostStatement) entries_.push_back(unescaped(line));
  if (entries_.size() > kMost) {
    entries_.erase(entries_.begin(), entries_.end() - kMost);
    if (bytes > kMostBytes / 2) shorten_file();
  }
}

bool History::add(std::string_view statement) {
  while (!statement.empty() && (statement.back() == '\n' || statement.back() == ' '))
    statement.remove_suffix(1);
  if (statement.empty() || statement.front() == ' ' || statement.size() > kMostStatement ||
      (!entries_.empty() && entries_.back() == statement))
    return false;
  entries_.emplace_back(statement);
  if (entries_.size() > kMost) entries_.erase(entries_.begin());
  if (file_.empty()) return true;
  std::error_code failure;
  std::filesystem::create_directories(file_.parent_path(), failure);
  append(file_, escaped(statement) + '\n', O_APPEND);
  return true;
}

void History::shorten_file() const {
  std::string text;
  for (const std::string& entry : entries_)
    text += escaped(entry) + '\n';
  std::filesystem::path shorter = file_;
  shorter += ".new";
  std::error_code failure;
  std::filesystem::remove(shorter, failure);
  if (append(shorter, text, O_EXCL)) std::filesystem::rename(shorter, file_, failure);
}

}  // namespace tripten::shell
