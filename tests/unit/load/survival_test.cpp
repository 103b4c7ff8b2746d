// Processes that die while they write, and processes that read beside one that writes.
#include <cstdlib>
#include <random>

#include <catch2/catch.hpp>

#include "storage/store.h"
#include "tests/unit/load/writer_process.h"
#include "tests/unit/storage/temporary_folder.h"

namespace tripten {
namespace {

const StoreOptions kReading{.read_only = true, .create = false, .block_rows = 4};

int rounds_of(const char* variable, int otherwise) {
  const char* value = std::getenv(variable);
  return value ? std::atoi(value) : otherwise;
}

/// A database that stands at step 0.
void make_database(const std::filesystem::path& path) {
  const StorePtr store = Store::open(path, {.block_rows = 4});
  const auto transaction = store->begin();
  const test::TermQuad counter = test::counter_quad(0);
  transaction->insert(
      {{transaction->intern(view_of(counter[0])), transaction->intern(view_of(counter[1])),
        transaction->intern(view_of(counter[2])), kDefaultGraph}});
  transaction->commit();
}

// TRIPTEN_CRASH_ROUNDS is the number of moments.
TEST_CASE("A database is as it was before or after the step at which its writer is killed") {
  const test::TemporaryFolder folder;
  const auto database = folder / "db", acknowledged = folder / "acknowledged";
  make_database(database);
  test::WriterModel model;
  const unsigned seed = std::random_device()();
  CAPTURE(seed);
  std::mt19937 random(seed);
  std::uint64_t last = 0;
  for (int round = rounds_of("TRIPTEN_CRASH_ROUNDS", 200); round > 0; --round) {
    const auto microseconds = random() % 60'000 + 1;
    REQUIRE(test::WriterProcess(database, acknowledged, microseconds).wait());
    const std::uint64_t promised = test::acknowledged_steps(acknowledged);
    const StorePtr store = Store::open(database, {.block_rows = 4});
    const auto snapshot = store->snapshot();
    const std::uint64_t steps = test::steps_of(*snapshot);
    CAPTURE(round, promised, steps);
    REQUIRE((steps == std::max(promised, last) || steps == std::max(promised, last) + 1));
    REQUIRE(test::quads_of(*snapshot) == model.after(steps));
    store->verify([](const Damage& damage) { FAIL(damage); });
    last = steps;
  }
  CHECK(last > 0);  // the writers did get somewhere
}

TEST_CASE("Readers beside a writer see one of its commits, whole, and never fail") {
  const test::TemporaryFolder folder;
  const auto database = folder / "db", acknowledged = folder / "acknowledged";
  make_database(database);
  test::WriterModel model;
  test::WriterProcess writer(database, acknowledged, 0);
  std::uint64_t different = 0, last = 0;
  for (int round = rounds_of("TRIPTEN_READER_ROUNDS", 100); round > 0; --round) {
    const std::uint64_t promised = test::acknowledged_steps(acknowledged);
    const StorePtr store = Store::open(database, kReading);
    const auto snapshot = store->snapshot();
    const std::uint64_t steps = test::steps_of(*snapshot);
    CAPTURE(round, promised, steps);
    REQUIRE(steps >= promised);
    REQUIRE(test::quads_of(*snapshot) == model.after(steps));
    if (round % 10 == 0) store->verify([](const Damage& damage) { FAIL(damage); });
    different += steps != last;
    last = steps;
  }
  writer.kill();
  CHECK(writer.wait());
  CHECK(different > 10);
  CHECK(std::distance(std::filesystem::directory_iterator(folder.path()), {}) == 2);
}

TEST_CASE("A second process that wants to write is told who does") {
  const test::TemporaryFolder folder;
  const auto database = folder / "db", acknowledged = folder / "acknowledged";
  make_database(database);
  test::WriterProcess writer(database, acknowledged, 0);
  while (test::acknowledged_steps(acknowledged) == 0)
    continue;
  try {
    Store::open(database, {});
    FAIL("it opened");
  } catch (const Error& error) {
    CHECK(error.code == ErrorCode::Busy);
    CHECK_THAT(error.what(), Catch::Contains("process " + std::to_string(writer.id()) + " on "));
  }
  writer.kill();
  CHECK(writer.wait());
  CHECK(test::quads_of(*Store::open(database, {})->snapshot()).size() > 1);
}

}  // namespace
}  // namespace tripten
