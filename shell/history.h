// History: what a user typed into the shell, in this session and before.
//
// A file of the user's own, mode 0600, a statement a line: `\n` stands for a line break and `\\`
// for a backslash. It is added to after each statement, so that several shells may share it and a
// killed one loses nothing.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace tripten::shell {

class History {
 public:
  static constexpr std::size_t kMost = 2000;

  /// `$XDG_STATE_HOME/tripten/history`, or that of `~/.local/state`; empty without a home.
  static std::filesystem::path file_of_user();

  /// Reads the last kMost statements; a file that can't be read, or an empty name, is no history.
  explicit History(std::filesystem::path file);

  /// A statement that repeats the last one, or begins with a blank, is not kept.
  bool add(std::string_view statement);
  /// The oldest first.
  const std::vector<std::string>& entries() const { return entries_; }

 private:
  void shorten_file() const;

  std::filesystem::path file_;
  std::vector<std::string> entries_{};
};

}  // namespace tripten::shell
