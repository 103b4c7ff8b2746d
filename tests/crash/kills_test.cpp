// Processes that are killed while they write: at random moments, at random changes of files, and at
// every fault point that the sources have.
#include <fstream>
#include <iterator>
#include <map>
#include <random>
#include <regex>
#include <set>

#include <catch2/catch.hpp>

#include "tests/crash/settings.h"
#include "tests/crash/writer_process.h"
#include "tests/unit/storage/temporary_folder.h"

namespace tripten {
namespace {

namespace fs = std::filesystem;

/// The names of all fault points in the library's sources.
std::set<std::string> fault_points() {
  std::set<std::string> names;
  const std::regex call("fault_point\\(\\s*\"([^\"]+)\"");
  for (const char* layer : {"base", "storage", "load", "api", "query"})
    for (const auto& entry :
         fs::recursive_directory_iterator(fs::path(TRIPTEN_SOURCE_DIR) / layer)) {
      if (entry.path().extension() != ".cpp") continue;
      std::ifstream file(entry.path());
      const std::string text(std::istreambuf_iterator<char>(file), {});
      for (std::sregex_iterator at(text.begin(), text.end(), call), end; at != end; ++at)
        names.insert((*at)[1]);
    }
  return names;
}

/// Folders beside the database that their processes could not remove.
std::vector<std::string> strangers_in(const fs::path& folder) {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder))
    if (const std::string name = entry.path().filename(); name.starts_with("."))
      names.push_back(name);
  return names;
}

class Killing {
 public:
  explicit Killing(const fs::path& folder) : places_{folder} {}

  /// A writer from where the last one came to, and a look at what it left. Whether it was killed.
  bool kill(const test::Death& death, bool from_nothing) {
    if (from_nothing) {
      fs::remove_all(places_.folder);
      fs::create_directory(places_.folder);
    }
    test::WriterProcess writer(places_, death);
    const bool is_killed = writer.wait();
    const auto& acknowledged = writer.acknowledged();
    CAPTURE(static_cast<int>(death.at), death.count, death.place, acknowledged.steps,
            acknowledged.backups, acknowledged.restored);
    REQUIRE(faults_after_crash(places_, acknowledged, model_) == std::vector<std::string>());
    kills_ += is_killed;
    return is_killed;
  }

  std::uint64_t kills() const { return kills_; }

 private:
  test::Places places_;
  test::Model model_{};
  std::uint64_t kills_ = 0;
};

TEST_CASE("A database holds what it promised, at whatever fault point its writer is killed") {
  const test::TemporaryFolder folder;
  Killing killing(folder / "work");
  const auto places = fault_points();
  CHECK(places.size() > 15);
  const std::uint64_t rounds = 1 + test::kills() / 4 / places.size();
  for (const std::string& place : places) {
    CAPTURE(place);
    for (std::uint64_t round = 1; round <= rounds; ++round) {
      const test::Death death{test::Death::At::Place, round, place};
      bool is_killed = killing.kill(death, true);
      if (!is_killed) {  // perhaps a place of those that clean up
        killing.kill({test::Death::At::Place, 2, "an SST file is finished"}, true);
        is_killed = killing.kill(death, false);
      }
      if (round == 1) CHECK(is_killed);
      if (!is_killed) break;
    }
  }
  test::report("{} kills at {} fault points", killing.kills(), places.size());
}

TEST_CASE("A database holds what it promised, at whatever moment its writer is killed") {
  const test::TemporaryFolder folder;
  Killing killing(folder / "work");
  const unsigned seed = test::seed();
  CAPTURE(seed);
  std::mt19937_64 random(seed);
  std::uint64_t moments = 0, changes = 0;
  for (std::uint64_t round = 0; killing.kills() < test::kills() * 3 / 4; ++round) {
    REQUIRE(round < test::kills() * 2);
    test::Death death{test::Death::At::Time, random() % 150'000 + 1};
    if (random() % 2) death = {test::Death::At::Change, random() % 600 + 1};
    const bool is_killed = killing.kill(death, round % 10 == 0);
    (death.at == test::Death::At::Time ? moments : changes) += is_killed;
  }
  test::report("{} kills at random moments, {} at changes of files", moments, changes);
}

TEST_CASE("What a killed process left beside the database goes with the next one") {
  const test::TemporaryFolder folder;
  const test::Places places{folder / "work"};
  test::Model model;
  for (const char* place : {"a private copy is made", "a backup is copied back"}) {
    fs::remove_all(places.folder);
    fs::create_directory(places.folder);
    test::WriterProcess writer(places, {test::Death::At::Place, 1, place});
    REQUIRE(writer.wait());
    CHECK(strangers_in(places.folder).size() == 1);
    test::WriterProcess next(places, {test::Death::At::Place, 1000, place});
    REQUIRE(!next.wait());
    CHECK(strangers_in(places.folder) == std::vector<std::string>());
  }
}

}  // namespace
}  // namespace tripten
