#include "shell/key_input.h"

#include <algorithm>
#include <array>
#include <cerrno>

#include <poll.h>
#include <signal.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "shell/unicode_text.h"

namespace tripten::shell {

namespace {

int open_resized_descriptor() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGWINCH);
  return signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK);
}

/// Bytes of the UTF-8 character that begins so.
std::size_t length_of(char first) {
  const auto byte = static_cast<unsigned char>(first);
  return byte < 0xC0 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

}  // namespace

KeyInput::KeyInput(int end_descriptor)
    : end_descriptor_(end_descriptor),
      resized_descriptor_(open_resized_descriptor()) {}

KeyInput::~KeyInput() {
  if (resized_descriptor_ >= 0) close(resized_descriptor_);
}

bool KeyInput::has_more() const {
  pollfd input{STDIN_FILENO, POLLIN, 0};
  return !bytes_.empty() || poll(&input, 1, 0) == 1;
}

bool KeyInput::fill(const std::function<void()>& resized) {
  for (;;) {
    std::array<pollfd, 3> waits{pollfd{STDIN_FILENO, POLLIN, 0}, pollfd{end_descriptor_, POLLIN, 0},
                                pollfd{resized_descriptor_, POLLIN, 0}};
    if (poll(waits.data(), waits.size(), -1) < 0) {
      if (errno == EINTR) continue;
      return false;
    }
    if (waits[1].revents & POLLIN) return false;
    if (waits[2].revents & POLLIN) {
      signalfd_siginfo signal{};
      while (read(resized_descriptor_, &signal, sizeof signal) > 0) {
      }
      resized();
    }
    if (waits[0].revents == 0) continue;
    std::array<char, 4096> part{};
    const ssize_t count = read(STDIN_FILENO, part.data(), part.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;
    bytes_.append(part.data(), static_cast<std::size_t>(count));
    return true;
  }
}

int KeyInput::next(wchar_t* out, const std::function<void()>& resized) {
  if (bytes_.empty() && !fill(resized)) return 0;
  const std::size_t length = length_of(bytes_[0]);
  while (bytes_.size() < length)
    if (!fill(resized)) return 0;
  const std::wstring character = wide(std::string_view(bytes_).substr(0, length));
  bytes_.erase(0, character.size() == 1 ? length : 1);
  *out = character[0];
  return 1;
}

}  // namespace tripten::shell
