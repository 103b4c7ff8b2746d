// What the crash tests do to a database, step by step, and what it must hold after each step.
//
// Step k is the same whoever computes it: a transaction or a load that also replaces the quad
// <counter> <is> k-1 by <counter> <is> k. So a database tells which step it stands at, and its
// quads are right exactly when they are those of the model after that step. After some steps the
// database is compacted, backed up or restored elsewhere, which changes none of its quads.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "storage/store.h"
#include "tests/unit/storage/term_quads.h"

namespace tripten::test {

enum class Chore : std::uint8_t { None, Compact, Backup, Restore, Reopen };

/// The changes of one step.
struct Step {
  bool is_load = false;  ///< Only inserts then, and the counter goes by the transaction after it.
  std::vector<TermQuad> inserted{}, erased{};
  Chore chore = Chore::None;  ///< What follows.
};
Step step_of(std::uint64_t number);

/// The quads after each step.
class Model {
 public:
  /// Fast for numbers that grow: readers of a writer without pause must keep up with it. Lives
  /// until the next call.
  const TermQuads& after(std::uint64_t number);

 private:
  std::uint64_t steps_ = 0;  ///< Taken.
  TermQuads quads_{};
};

/// The number of steps that a view's counter tells; nothing in a database without one.
std::optional<std::uint64_t> steps_of(const StoreView& view);

/// What has been acknowledged.
struct Acknowledged {
  volatile std::uint64_t steps = 0;     ///< Steps done, one more than their last number.
  volatile std::uint64_t backups = 0;   ///< Steps that the last backup must hold.
  volatile std::uint64_t restored = 0;  ///< Steps that the last restored database must hold.
};

/// The places of a workload.
struct Places {
  std::filesystem::path folder;  ///< Of everything below.
  std::filesystem::path database() const { return folder / "db"; }
  std::filesystem::path backups() const { return folder / "backups"; }
  std::filesystem::path restored() const { return folder / "restored"; }
};

/// Opens or makes the database and takes its next steps up to number `last`; throws what fails, or
/// fails twice where `is_patient`.
void take_steps(const Places& places, std::uint64_t last, Acknowledged& acknowledged,
                const std::shared_ptr<rocksdb::FileSystem>& files = {}, bool is_patient = false);

/// The changes of one step, without its chore.
void take_step(Store& store, const Places& places, std::uint64_t number);

/// Looks at what a crash has left: a sentence for each thing that is wrong. All that was
/// acknowledged is there, what was not is wholly there or not at all, nothing else has changed.
std::vector<std::string> faults_after_crash(const Places& places, const Acknowledged& acknowledged,
                                            Model& model);

StoreOptions small_store(const std::shared_ptr<rocksdb::FileSystem>& files = {});

}  // namespace tripten::test
