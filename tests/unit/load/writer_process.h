// A process that writes into a database without pause, and what the database must hold after each
// of its steps.
//
// Step k is the same whoever computes it: a transaction or a load that also replaces the quad
// <counter> <is> k-1 by <counter> <is> k. So a database tells which step it stands at, and its
// quads are right exactly when they are those of the model after that step.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <random>
#include <set>
#include <string>
#include <vector>

#include <sys/types.h>

#include "tripten/term.h"

#include "storage/store.h"

namespace tripten::test {

using TermQuad = std::array<Term, 4>;
using TermQuads = std::set<TermQuad>;

/// The changes of one step.
struct WriterStep {
  bool is_load = false;  ///< Only inserts then, and the counter goes by a transaction before it.
  std::vector<TermQuad> inserted{}, erased{};
};
WriterStep writer_step(std::uint64_t number);
TermQuad counter_quad(std::uint64_t number);

/// The model's state, moved on step by step.
class WriterModel {
 public:
  /// The quads after `number` steps; numbers only grow.
  const TermQuads& after(std::uint64_t number);

 private:
  TermQuads quads_{counter_quad(0)};
  std::uint64_t number_ = 0;
};

/// All quads of a view, as terms.
TermQuads quads_of(const StoreView& view);
/// The number of steps that a view's counter tells.
std::uint64_t steps_of(const StoreView& view);

/// This program, started again as a writer: it takes the database's next steps until it is killed,
/// and counts those that were committed in the file `acknowledged`.
class WriterProcess {
 public:
  /// It is killed by the kernel after `microseconds` (0: not).
  WriterProcess(const std::filesystem::path& database, const std::filesystem::path& acknowledged,
                std::uint64_t microseconds);
  WriterProcess(const WriterProcess&) = delete;
  WriterProcess& operator=(const WriterProcess&) = delete;
  /// Kills it, if it still runs.
  ~WriterProcess();

  /// Waits until it has been killed; false where it ended in another way.
  bool wait();
  void kill();
  pid_t id() const { return id_; }

 private:
  pid_t id_ = 0;
  bool is_running_ = true;
};

/// The number that the last writer left in the file.
std::uint64_t acknowledged_steps(const std::filesystem::path& acknowledged);

}  // namespace tripten::test
