#include "shell/programs.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tripten/error.h"

extern char** environ;

namespace tripten::shell {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kMostErrorBytes = 4096;
constexpr int kPollMilliseconds = 50;  // how late a stop is seen

/// A file descriptor that is closed.
class Descriptor {
 public:
  Descriptor() = default;
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() { reset(); }
  void reset(int number = -1) {
    if (number_ >= 0) close(number_);
    number_ = number;
  }
  int get() const { return number_; }

 private:
  int number_ = -1;
};

struct PipeEnds {
  Descriptor reading{}, writing{};
  PipeEnds() {
    std::array<int, 2> ends{};
    if (pipe2(ends.data(), O_CLOEXEC) != 0)
      throw Error(ErrorCode::Io, fmt::format("no pipe: {}", std::strerror(errno)));
    reading.reset(ends[0]);
    writing.reset(ends[1]);
  }
};

/// A process that does not outlive the object.
class Process {
 public:
  Process(const std::string& file, const std::vector<std::string>& words, int input, int output,
          int errors) {
    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_adddup2(&files, input, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&files, output, STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&files, errors, STDERR_FILENO);
    // Ctrl-C is this program's to see: the other has a process group of its own.
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    sigset_t none, usual;
    sigemptyset(&none);
    sigemptyset(&usual);
    for (const int number : {SIGINT, SIGTERM, SIGPIPE, SIGXFSZ})
      sigaddset(&usual, number);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &usual);
    posix_spawnattr_setpgroup(&attributes, 0);
    posix_spawnattr_setflags(
        &attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
    std::vector<std::string> copies = words;
    std::vector<char*> arguments;
    for (std::string& word : copies)
      arguments.push_back(word.data());
    arguments.push_back(nullptr);
    const int failure =
        posix_spawn(&id_, file.c_str(), &files, &attributes, arguments.data(), environ);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&files);
    if (failure != 0)
      throw Error(ErrorCode::Io,
                  fmt::format("{} cannot be started: {}", words[0], std::strerror(failure)));
  }
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;
  ~Process() {
    if (id_ <= 0) return;
    kill(id_, SIGKILL);
    wait();
  }
  /// Its exit code; -1 where a signal ended it.
  int wait() {
    int status = 0;
    while (waitpid(id_, &status, 0) < 0 && errno == EINTR) {
    }
    id_ = 0;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

 private:
  pid_t id_ = 0;
};

/// Reads what is there; false at the end.
bool read_some(int from, std::string& to) {
  std::array<char, 65536> bytes;
  const ssize_t size = read(from, bytes.data(), bytes.size());
  if (size > 0) to.append(bytes.data(), static_cast<std::size_t>(size));
  return size > 0 || (size < 0 && (errno == EINTR || errno == EAGAIN));
}

/// Feeds the process and collects what it says, all three pipes as they are ready.
class Conversation {
 public:
  Conversation(const std::string& name, const std::string& input, Descriptor& to, Descriptor& from,
               Descriptor& errors)
      : name_(name),
        input_(input),
        to_(to),
        from_(from),
        errors_(errors) {
    fcntl(to_.get(), F_SETFL, O_NONBLOCK);
  }

  void run(Clock::time_point deadline, const std::stop_token& stop, std::size_t most) {
    if (input_.empty()) to_.reset();
    while (from_.get() >= 0 || errors_.get() >= 0) {
      if (stop.stop_requested())
        throw Error(ErrorCode::Cancelled, fmt::format("{} was interrupted", name_));
      if (Clock::now() >= deadline)
        throw Error(ErrorCode::Limit, fmt::format("{} takes too long", name_));
      std::array<pollfd, 3> ready{pollfd{to_.get(), POLLOUT, 0}, pollfd{from_.get(), POLLIN, 0},
                                  pollfd{errors_.get(), POLLIN, 0}};
      if (poll(ready.data(), ready.size(), kPollMilliseconds) <= 0) continue;
      if (ready[0].revents != 0) write_some();
      if (ready[1].revents != 0 && !read_some(from_.get(), output)) from_.reset();
      if (ready[2].revents != 0 && !read_some(errors_.get(), complaints)) errors_.reset();
      if (complaints.size() > kMostErrorBytes) complaints.resize(kMostErrorBytes);
      if (output.size() > most)
        throw Error(ErrorCode::Limit, fmt::format("{} writes too much", name_));
    }
  }

  std::string output{}, complaints{};

 private:
  void write_some() {
    const ssize_t size = write(to_.get(), input_.data() + written_, input_.size() - written_);
    if (size > 0) written_ += static_cast<std::size_t>(size);
    const bool goes_on = size >= 0 || errno == EINTR || errno == EAGAIN;
    if (!goes_on || written_ == input_.size()) to_.reset();
  }

  const std::string& name_;
  const std::string& input_;
  Descriptor &to_, &from_, &errors_;
  std::size_t written_ = 0;
};

bool is_executable(const std::filesystem::path& file) {
  std::error_code failure;
  return std::filesystem::is_regular_file(file, failure) && access(file.c_str(), X_OK) == 0;
}

}  // namespace

std::string find_program(const std::string& name) {
  if (name.find('/') != std::string::npos) return is_executable(name) ? name : "";
  const char* value = std::getenv("PATH");
  std::string path = value ? value : "/usr/local/bin:/usr/bin:/bin";
  for (std::size_t begin = 0; begin <= path.size();) {
    const std::size_t end = std::min(path.find(':', begin), path.size());
    const std::filesystem::path file =
        std::filesystem::path(path.substr(begin, end - begin)) / name;
    if (end > begin && is_executable(file)) return file.string();
    begin = end + 1;
  }
  return "";
}

std::string run_program(const std::vector<std::string>& words, const std::string& input,
                        std::chrono::milliseconds timeout, std::stop_token stop, std::size_t most) {
  const std::string file = find_program(words.at(0));
  if (file.empty())
    throw Error(ErrorCode::NotFound, fmt::format("there is no program {} in PATH", words[0]));
  PipeEnds in, out, errors;
  Process process(file, words, in.reading.get(), out.writing.get(), errors.writing.get());
  in.reading.reset();
  out.writing.reset();
  errors.writing.reset();
  Conversation conversation(words[0], input, in.writing, out.reading, errors.reading);
  conversation.run(Clock::now() + timeout, stop, most);
  const int code = process.wait();
  if (code != 0) {
    const std::string& said = conversation.complaints;
    throw Error(ErrorCode::Invalid, fmt::format("{} failed{}{}", words[0], said.empty() ? "" : ": ",
                                                said.substr(0, said.find('\n'))));
  }
  return std::move(conversation.output);
}

}  // namespace tripten::shell
