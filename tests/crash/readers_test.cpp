// Processes that read beside one that writes without pause.
#include <array>
#include <cerrno>

#include <catch2/catch.hpp>
#include <sys/inotify.h>
#include <unistd.h>

#include "tests/crash/settings.h"
#include "tests/crash/writer_process.h"
#include "tests/unit/storage/temporary_folder.h"

namespace tripten {
namespace {

namespace fs = std::filesystem;

const StoreOptions kReading{
    .read_only = true, .create = false, .cache_bytes = 1 << 18, .block_rows = 4};

TEST_CASE("Readers beside a writer see one of its commits, whole, and never fail") {
  const test::TemporaryFolder folder;
  const test::Places places{folder.path()};
  test::Model model;
  test::WriterProcess writer(places, {});
  while (writer.acknowledged().steps == 0)
    continue;
  std::uint64_t different = 0, last = 0, opens = 0;
  for (; opens < test::opens(); ++opens) {
    const std::uint64_t promised = writer.acknowledged().steps;
    const StorePtr store = Store::open(places.database(), kReading);
    const auto snapshot = store->snapshot();
    const std::uint64_t number = test::steps_of(*snapshot).value();
    CAPTURE(opens, promised, number);
    REQUIRE(number + 1 >= promised);
    REQUIRE(test::quads_of(*snapshot) == model.after(number));
    if (opens % 10 == 0) store->verify([](const Damage& damage) { FAIL(damage); });
    different += number != last;
    last = number;
  }
  writer.kill();
  CHECK(writer.wait());
  CHECK(different > test::opens() / 20);
  test::report("{} opens beside a writer that took {} steps", opens, last);
}

TEST_CASE("A reader changes nothing in the database's directory") {
  const test::TemporaryFolder folder;
  const test::Places places{folder.path()};
  test::Acknowledged acknowledged;
  test::take_steps(places, 6, acknowledged);
  const int watch = ::inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
  REQUIRE(watch >= 0);
  REQUIRE(::inotify_add_watch(watch, places.database().c_str(),
                              IN_CREATE | IN_DELETE | IN_MODIFY | IN_MOVE | IN_CLOSE_WRITE) >= 0);
  {
    const StorePtr store = Store::open(places.database(), kReading);
    test::Model model;
    CHECK(bool(test::quads_of(*store->snapshot()) == model.after(6)));
    store->verify([](const Damage& damage) { FAIL_CHECK(damage); });
    store->back_up(places.backups(), {});
  }
  std::array<char, 4096> events{};
  CHECK(::read(watch, events.data(), events.size()) < 0);
  CHECK(errno == EAGAIN);
  Store::open(places.database(), test::small_store()).reset();  // a writer is seen
  CHECK(::read(watch, events.data(), events.size()) > 0);
  ::close(watch);
}

TEST_CASE("A second process that wants to write is told who does") {
  const test::TemporaryFolder folder;
  const test::Places places{folder.path()};
  test::WriterProcess writer(places, {});
  while (writer.acknowledged().steps == 0)
    continue;
  // The writer itself closes the database now and then.
  std::string refusal;
  while (refusal.empty())
    try {
      Store::open(places.database(), {.create = false});
    } catch (const Error& error) {
      CHECK(error.code == ErrorCode::Busy);
      refusal = error.what();
    }
  CHECK_THAT(refusal, Catch::Contains("process " + std::to_string(writer.id()) + " on ") &&
                          Catch::Contains(" since 20"));
  writer.kill();
  CHECK(writer.wait());
}

}  // namespace
}  // namespace tripten
