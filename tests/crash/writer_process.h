// A process that takes the steps of a workload until it is killed.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include <sys/types.h>

#include "tests/crash/workload.h"

namespace tripten::test {

/// When a writer kills itself. It never comes to it where `place` is never passed.
struct Death {
  enum class At : std::uint8_t { Never, Time, Place, Change };
  At at = At::Never;
  std::uint64_t count = 0;  ///< Microseconds, or the how manieth time, from 1.
  std::string place{};      ///< The name of a fault point.
};

/// This program, started again as a writer.
class WriterProcess {
 public:
  WriterProcess(const Places& places, const Death& death);
  WriterProcess(const WriterProcess&) = delete;
  WriterProcess& operator=(const WriterProcess&) = delete;
  /// Kills it, if it still runs.
  ~WriterProcess();

  /// Waits until it has ended; false where it was not killed.
  bool wait();
  void kill();
  pid_t id() const { return id_; }
  /// What the writers in these places have been told so far.
  const Acknowledged& acknowledged() const { return *acknowledged_; }

 private:
  pid_t id_ = 0;
  bool is_running_ = true;
  const Acknowledged* acknowledged_;  // in a file that both processes map
};

/// Steps that one writer takes at most.
constexpr std::uint64_t kMostSteps = 26;

/// The writer's main(), where the arguments ask for one; else nothing.
std::optional<int> run_as_writer(int count, char** arguments);

}  // namespace tripten::test
