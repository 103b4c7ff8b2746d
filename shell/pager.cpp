#include "shell/pager.h"

#include <array>
#include <cerrno>
#include <cstdlib>
#include <streambuf>

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "shell/programs.h"

extern char** environ;

namespace tripten::shell {

/// The writing end of a pipe as a stream. SIGPIPE is ignored in this program: a reader that has
/// gone makes the stream bad.
class Pager::Pipe : public std::streambuf {
 public:
  explicit Pipe(int descriptor) : descriptor_(descriptor) {}
  ~Pipe() override { close(descriptor_); }
  bool is_closed() const { return is_closed_; }

 protected:
  std::streamsize xsputn(const char* bytes, std::streamsize size) override {
    std::streamsize done = 0;
    while (done < size && !is_closed_) {
      const ssize_t written =
          ::write(descriptor_, bytes + done, static_cast<std::size_t>(size - done));
      if (written >= 0)
        done += written;
      else if (errno != EINTR)
        is_closed_ = true;
    }
    return done;
  }
  int_type overflow(int_type c) override {
    const char byte = traits_type::to_char_type(c);
    return xsputn(&byte, 1) == 1 ? c : traits_type::eof();
  }

 private:
  int descriptor_;
  bool is_closed_ = false;
};

Pager::Pager(pid_t process, std::unique_ptr<Pipe> pipe)
    : process_(process),
      pipe_(std::move(pipe)),
      out_(pipe_.get()) {}

Pager::~Pager() {
  out_.rdbuf(nullptr);
  pipe_ = nullptr;
  int status = 0;
  while (waitpid(process_, &status, 0) < 0 && errno == EINTR) {
  }
}

bool Pager::is_closed() const {
  return pipe_->is_closed();
}

std::unique_ptr<Pager> Pager::start(const std::string& command) {
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) return nullptr;
  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_adddup2(&files, ends[0], STDIN_FILENO);
  // This program blocks some signals and ignores others; the pager begins with none of that.
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  sigset_t none, usual;
  sigemptyset(&none);
  sigemptyset(&usual);
  for (const int number : {SIGINT, SIGTERM, SIGPIPE, SIGQUIT, SIGTSTP, SIGXFSZ})
    sigaddset(&usual, number);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setsigdefault(&attributes, &usual);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  std::string shell = "sh", flag = "-c", text = command;
  std::array<char*, 4> words{shell.data(), flag.data(), text.data(), nullptr};
  pid_t process = 0;
  const int failure = posix_spawn(&process, "/bin/sh", &files, &attributes, words.data(), environ);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&files);
  close(ends[0]);
  if (failure != 0) {
    close(ends[1]);
    return nullptr;
  }
  return std::unique_ptr<Pager>(new Pager(process, std::make_unique<Pipe>(ends[1])));
}

std::string pager_command() {
  const char* chosen = std::getenv("PAGER");
  const std::string command = chosen ? chosen : "less -FRSX";
  const std::string program = command.substr(0, command.find(' '));
  return program.empty() || program == "cat" || find_program(program).empty() ? "" : command;
}

}  // namespace tripten::shell
