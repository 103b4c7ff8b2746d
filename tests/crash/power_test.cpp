// The power fails at each change of a file, a name or a folder in turn.
#include <fstream>
#include <iterator>
#include <map>
#include <random>

#include <catch2/catch.hpp>

#include "tests/crash/durable_image.h"
#include "tests/crash/settings.h"
#include "tests/crash/workload.h"
#include "tests/unit/storage/temporary_folder.h"

namespace tripten {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kLastStep = 13;

struct Outage {
  std::shared_ptr<test::DurableImage> disk;
  test::Acknowledged acknowledged{};
  std::string last_error{};
};

/// Takes all steps in an empty folder; the power fails at change `number`.
void run_until(const test::Places& places, std::uint64_t number, Outage& outage) {
  fs::remove_all(places.folder);
  fs::create_directory(places.folder);
  outage.disk = std::make_shared<test::DurableImage>(places.folder, number);
  try {
    test::take_steps(places, kLastStep, outage.acknowledged, test::observed_files(outage.disk));
  } catch (const Error& error) {
    outage.last_error = error.what();
  }
}

std::map<std::string, std::string> files_in(const fs::path& folder) {
  std::map<std::string, std::string> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    const std::string name = entry.path().lexically_relative(folder);
    std::ifstream file(entry.path(), std::ios::binary);
    // What goes past the observed files is of no consequence after a crash.
    if (!name.ends_with("WRITER") && !name.ends_with("LOCK") && name != "step.nq")
      files[name] =
          entry.is_directory() ? "" : std::string(std::istreambuf_iterator<char>(file), {});
  }
  return files;
}

TEST_CASE("The disk's image is what the disk holds, where nothing is lost") {
  const test::TemporaryFolder folder;
  const test::Places before{folder / "before"};
  Outage outage;
  run_until(before, 0, outage);
  std::mt19937_64 random(1);
  outage.disk->write_to(folder / "after", test::Unsynced::Kept, random);
  const auto image = files_in(folder / "after"), disk = files_in(before.folder);
  for (const auto& [name, bytes] : disk) {
    CAPTURE(name);
    REQUIRE(image.contains(name));
    CHECK(image.at(name) == bytes);
  }
  for (const auto& [name, bytes] : image) {
    CAPTURE(name);
    if (!name.starts_with(".")) CHECK(disk.contains(name));
  }
}

TEST_CASE("A database holds what it promised, at whatever change of a file the power fails") {
  const test::TemporaryFolder folder;
  const test::Places before{folder / "before"}, after{folder / "after"};
  test::Model model;
  Outage whole;
  run_until(before, 0, whole);
  REQUIRE(whole.acknowledged.steps == kLastStep + 1);
  const std::uint64_t changes = whole.disk->changes();
  REQUIRE(changes > 200);
  const unsigned seed = test::seed();
  std::mt19937_64 random(seed);
  // Each change in turn, or a sample of them.
  const std::uint64_t stride = std::max<std::uint64_t>(1, changes / test::outages());
  std::uint64_t outages = 0;
  for (std::uint64_t number = 1 + random() % stride; number <= changes; number += stride) {
    Outage outage;
    run_until(before, number, outage);
    for (const auto unsynced :
         {test::Unsynced::Lost, test::Unsynced::Kept, test::Unsynced::Random}) {
      outage.disk->write_to(after.folder, unsynced, random);
      const auto faults = test::faults_after_crash(after, outage.acknowledged, model);
      CAPTURE(seed, number, static_cast<int>(unsynced), outage.acknowledged.steps,
              outage.acknowledged.backups, outage.acknowledged.restored, outage.last_error);
      CHECK(faults == std::vector<std::string>());
      ++outages;
    }
  }
  test::report("{} power failures at {} changes", outages, changes);
}

}  // namespace
}  // namespace tripten
