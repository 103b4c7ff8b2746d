#include "shell/interrupts.h"

#include <thread>

#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#include "shell/exit_code.h"

namespace tripten::shell {

std::stop_token watch_interrupts() {
  signal(SIGPIPE, SIG_IGN);
  signal(SIGXFSZ, SIG_IGN);  // a file over its limit is an error of the write
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);  // inherited by every thread to come
  std::stop_source source;
  std::thread([signals, source]() mutable {
    int signal_number = 0;
    sigwait(&signals, &signal_number);
    source.request_stop();
    sigwait(&signals, &signal_number);
    _exit(kInterrupted);
  }).detach();
  return source.get_token();
}

}  // namespace tripten::shell
