// Ctrl-C, SIGTERM and the closing of the terminal as stop tokens.
#pragma once

#include <memory>
#include <stop_token>

namespace tripten::shell {

/// Shared: the signals are taken by a thread of its own, and the object may go before it.
class Interrupts {
 public:
  /// Make one in a process, before any other thread starts. The first SIGINT or SIGTERM requests a
  /// stop on stop(), the second ends the process with 130, as the first SIGHUP does unless the
  /// process was started with that ignored. SIGPIPE is ignored: writing to a closed pipe is an
  /// error of the stream.
  Interrupts();

  /// Of the work at hand.
  std::stop_token stop() const;

  /// For a program that goes on after Ctrl-C: from now on no SIGINT ends the process. A SIGTERM or
  /// SIGHUP requests a stop and asks it to end; the second ends it.
  void keep_running();
  /// Work begins that no signal has reached yet; stop() is a new token. Ask must_end() behind it.
  void begin_work();
  /// Whether a SIGTERM or SIGHUP came.
  bool must_end() const;
  /// A file descriptor that can be read once must_end().
  int end_descriptor() const;

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace tripten::shell
