#include "tests/crash/writer_process.h"

#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <optional>
#include <stdexcept>

#include <fcntl.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/fault_point.h"
#include "tests/crash/observed_files.h"

extern char** environ;

namespace tripten::test {
namespace {

constexpr std::string_view kWriter = "--writer";

void require(bool holds, const char* what) {
  if (!holds) throw std::runtime_error(std::string(what) + ": " + std::strerror(errno));
}

Acknowledged* map_acknowledged(const Places& places) {
  const auto file = places.folder / "acknowledged";
  const int opened = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  require(opened >= 0 && ::ftruncate(opened, sizeof(Acknowledged)) == 0, "acknowledged");
  void* memory =
      ::mmap(nullptr, sizeof(Acknowledged), PROT_READ | PROT_WRITE, MAP_SHARED, opened, 0);
  ::close(opened);
  require(memory != MAP_FAILED, "mmap");
  return static_cast<Acknowledged*>(memory);
}

void die() {
  ::kill(::getpid(), SIGKILL);
}

/// The kernel kills this process, whatever it is doing then.
void die_after(std::uint64_t microseconds) {
  sigevent event{};
  event.sigev_notify = SIGEV_SIGNAL;
  event.sigev_signo = SIGKILL;
  timer_t timer{};
  require(::timer_create(CLOCK_MONOTONIC, &event, &timer) == 0, "timer");
  itimerspec when{};
  when.it_value.tv_sec = static_cast<time_t>(microseconds / 1'000'000);
  when.it_value.tv_nsec = static_cast<long>(microseconds % 1'000'000 * 1000);
  require(::timer_settime(timer, 0, &when, nullptr) == 0, "timer");
}

// A fault point's action is a plain function: what it knows lies here.
std::string deadly_place;
std::atomic<std::uint64_t> visits_left = 0;

void visit(const char* place) {
  if (deadly_place == place && --visits_left == 0) die();
}

class DeadlyFiles final : public FileObserver {
 public:
  explicit DeadlyFiles(std::uint64_t changes) : left_(changes) {}
  rocksdb::IOStatus before(FileCall& call) override {
    if (call.is_change() && --left_ == 0) die();
    return rocksdb::IOStatus::OK();
  }
  void after(const FileCall&) override {}

 private:
  std::atomic<std::uint64_t> left_;
};

/// Now and then a log can't be synced.
class FailingLogs final : public FileObserver {
 public:
  rocksdb::IOStatus before(FileCall& call) override {
    constexpr int kSyncs = 7;
    const bool is_log = call.kind == CallKind::Sync && call.path.ends_with(".log");
    return is_log && ++syncs_ % kSyncs == 0 ? rocksdb::IOStatus::IOError("a failing disk")
                                            : rocksdb::IOStatus::OK();
  }
  void after(const FileCall&) override {}

 private:
  std::atomic<int> syncs_ = 0;
};

int write_until(const Places& places, const Death& death) {
  // A test that fails leaves no writer behind.
  require(::prctl(PR_SET_PDEATHSIG, SIGKILL) == 0, "prctl");
  Acknowledged& acknowledged = *map_acknowledged(places);
  std::shared_ptr<rocksdb::FileSystem> files;
  switch (death.at) {
    case Death::At::Never:
      break;
    case Death::At::Time:
      die_after(death.count);
      break;
    case Death::At::Place:
      deadly_place = death.place;
      visits_left = death.count;
      fault_action = visit;
      files = observed_files(std::make_shared<FailingLogs>());
      break;
    case Death::At::Change:
      files = observed_files(std::make_shared<DeadlyFiles>(death.count));
      break;
  }
  const bool is_endless = death.at == Death::At::Never;
  take_steps(places, is_endless ? ~std::uint64_t{0} - 1 : acknowledged.steps + kMostSteps,
             acknowledged, files, death.at == Death::At::Place);
  return 0;
}

}  // namespace

std::optional<int> run_as_writer(int count, char** arguments) {
  if (count != 6 || arguments[1] != kWriter) return std::nullopt;
  try {
    return write_until({arguments[2]}, {static_cast<Death::At>(std::stoi(arguments[3])),
                                        std::stoull(arguments[4]), arguments[5]});
  } catch (const std::exception& error) {
    std::fprintf(stderr, "the writer has failed: %s\n", error.what());
    return 1;
  }
}

WriterProcess::WriterProcess(const Places& places, const Death& death)
    : acknowledged_(map_acknowledged(places)) {
  std::string program = "/proc/self/exe", writer(kWriter), folder = places.folder,
              at = std::to_string(static_cast<int>(death.at)), times = std::to_string(death.count),
              place = death.place;
  std::array<char*, 7> arguments{program.data(), writer.data(), folder.data(), at.data(),
                                 times.data(),   place.data(),  nullptr};
  require(::posix_spawn(&id_, program.c_str(), nullptr, nullptr, arguments.data(), environ) == 0,
          "spawn");
}

WriterProcess::~WriterProcess() {
  if (is_running_) {
    kill();
    wait();
  }
  ::munmap(const_cast<Acknowledged*>(acknowledged_), sizeof(Acknowledged));
}

void WriterProcess::kill() {
  ::kill(id_, SIGKILL);
}

bool WriterProcess::wait() {
  int status = 0;
  while (::waitpid(id_, &status, 0) < 0 && errno == EINTR)
    continue;
  is_running_ = false;
  if (WIFEXITED(status) && WEXITSTATUS(status) != 0)
    throw std::runtime_error("the writer has failed");
  return WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
}

}  // namespace tripten::test
