#include "shell/interrupts.h"

#include <atomic>
#include <mutex>
#include <thread>

#include <pthread.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "shell/exit_code.h"

namespace tripten::shell {

struct Interrupts::State {
  std::mutex mutex{};
  std::stop_source source{};
  std::atomic<bool> keeps_running{false}, must_end{false};
  int end_descriptor = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);

  void take(int signal_number) {
    // Before the stop: work that begins after it has a new token, and asks for this.
    const bool ends = signal_number != SIGINT;
    // A terminal that closes says so more than once: its shell does, then the kernel.
    const bool ends_again = ends && must_end.exchange(true) && signal_number != SIGHUP;
    std::stop_source at_work;
    {
      const std::lock_guard lock(mutex);
      at_work = source;
    }
    const bool is_second = at_work.stop_requested();
    at_work.request_stop();
    if (ends_again || (!keeps_running && (is_second || signal_number == SIGHUP)))
      _exit(kInterrupted);
    if (ends) eventfd_write(end_descriptor, 1);
  }
};

namespace {

bool is_ignored(int signal_number) {
  struct sigaction action {};
  return sigaction(signal_number, nullptr, &action) == 0 && action.sa_handler == SIG_IGN;
}

}  // namespace

Interrupts::Interrupts() : state_(std::make_shared<State>()) {
  signal(SIGPIPE, SIG_IGN);
  signal(SIGXFSZ, SIG_IGN);  // a file over its limit is an error of the write
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  if (!is_ignored(SIGHUP)) sigaddset(&signals, SIGHUP);  // nohup ignores it
  sigset_t blocked = signals;
  sigaddset(&blocked, SIGWINCH);                  // the editor asks for it
  pthread_sigmask(SIG_BLOCK, &blocked, nullptr);  // inherited by every thread to come
  std::thread([signals, state = state_] {
    for (;;) {
      int signal_number = 0;
      if (sigwait(&signals, &signal_number) == 0) state->take(signal_number);
    }
  }).detach();
}

std::stop_token Interrupts::stop() const {
  const std::lock_guard lock(state_->mutex);
  return state_->source.get_token();
}

void Interrupts::keep_running() {
  state_->keeps_running = true;
}

void Interrupts::begin_work() {
  const std::lock_guard lock(state_->mutex);
  if (state_->source.stop_requested()) state_->source = std::stop_source();
}

bool Interrupts::must_end() const {
  return state_->must_end;
}

int Interrupts::end_descriptor() const {
  return state_->end_descriptor;
}

}  // namespace tripten::shell
