// LineEditor: statements as a person types them at a terminal, on libedit.
//
// The buffer of libedit holds the whole statement, so that lines typed before can be mended. Its
// lines after the first begin with as many blanks as the prompt is wide, over which the
// continuation prompt is drawn; they are no part of the text.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "shell/history.h"

namespace tripten::shell {

/// What may stand in place of the bytes [from, from + length) of a text.
struct Choices {
  struct Choice {
    std::string text;
    std::string note{};  ///< For people, beside it.
  };
  std::size_t from = 0, length = 0;
  std::vector<Choice> choices{};
};

/// Belongs to one thread; one at a time in a process.
class LineEditor {
 public:
  struct Behaviour {
    /// Whether Enter ends the text, or begins a new line.
    std::function<bool(const std::string& text)> is_complete;
    /// For the tab key; `cursor` is in bytes.
    std::function<Choices(const std::string& text, std::size_t cursor)> propose;
    /// Can be read when the editor must end.
    int end_descriptor = -1;
  };

  /// Whether standard input and output are a terminal that can be edited on.
  static bool is_possible();

  LineEditor(const History& history, Behaviour behaviour);
  ~LineEditor();

  enum class Outcome {
    Text,     ///< Enter.
    Cleared,  ///< Ctrl-C.
    Closed    ///< Ctrl-D on an empty line, or the terminal has gone.
  };
  /// `prompt` is as wide each time.
  Outcome read(const std::string& prompt, std::string& text);
  /// The keys up and Ctrl-R will find it.
  void remember(const std::string& statement);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace tripten::shell
