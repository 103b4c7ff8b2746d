// Pager: a program that shows long answers a screen at a time.
#pragma once

#include <memory>
#include <ostream>
#include <string>

#include <sys/types.h>

namespace tripten::shell {

/// A process that reads what is written to out(). Belongs to one thread.
class Pager {
 public:
  /// `command` is for the system's shell. Nothing where it cannot be started.
  static std::unique_ptr<Pager> start(const std::string& command);
  /// Ends the text, and waits until the reader leaves.
  ~Pager();
  Pager(const Pager&) = delete;
  Pager& operator=(const Pager&) = delete;

  std::ostream& out() { return out_; }
  /// Whether the reader left before the end of the text: out() refuses the rest.
  bool is_closed() const;

 private:
  class Pipe;
  Pager(pid_t process, std::unique_ptr<Pipe> pipe);

  pid_t process_;
  std::unique_ptr<Pipe> pipe_;
  std::ostream out_;
};

/// $PAGER, or less, which cuts long lines and leaves by itself where one screen is enough. Empty
/// where there is no such program, and where it is `cat`, which pages nothing.
std::string pager_command();

}  // namespace tripten::shell
