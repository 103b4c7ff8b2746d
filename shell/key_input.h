// KeyInput: characters from the terminal, for an editor that also hears of other things.
#pragma once

#include <functional>
#include <string>

namespace tripten::shell {

/// Belongs to one thread.
class KeyInput {
 public:
  /// The input ends when `end_descriptor` can be read; negative: never for that reason.
  explicit KeyInput(int end_descriptor);
  ~KeyInput();
  KeyInput(const KeyInput&) = delete;
  KeyInput& operator=(const KeyInput&) = delete;

  /// Whether a character waits.
  bool has_more() const;
  /// The next character, waited for: 1, or 0 at the end. Calls `resized` when the terminal has
  /// another size.
  int next(wchar_t* out, const std::function<void()>& resized);

 private:
  bool fill(const std::function<void()>& resized);

  int end_descriptor_, resized_descriptor_;
  std::string bytes_{};  // read, and not given out
};

}  // namespace tripten::shell
