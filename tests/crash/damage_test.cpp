// Flipped bits and lost ends in every file of a database and of a folder of backups: found, by
// name, or of no consequence; never a wrong answer, a crash or a hang.
#include <algorithm>
#include <fstream>
#include <iterator>
#include <random>

#include <catch2/catch.hpp>

#include "storage/backup.h"
#include "tests/crash/settings.h"
#include "tests/crash/workload.h"
#include "tests/unit/storage/temporary_folder.h"

namespace tripten {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kSteps = 8;
constexpr std::size_t kSstFooter = 53;

/// A database of two generations' runs, a delta, terms of rows and a log that holds commits, as a
/// running writer's directory looks; with backups.
void make_database(const test::Places& places) {
  const test::Places live{places.folder / "live"};
  fs::create_directories(live.folder);
  test::Acknowledged acknowledged;
  test::take_steps(live, kSteps - 1, acknowledged);
  const StorePtr store = Store::open(live.database(), test::small_store());
  test::take_step(*store, live, kSteps);
  fs::copy(live.folder, places.folder, fs::copy_options::recursive);
  fs::remove_all(live.folder);
}

std::string read_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<fs::path> files_in(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    if (entry.is_regular_file() && entry.file_size() > 0)
      files.push_back(entry.path().lexically_relative(folder));
  std::sort(files.begin(), files.end());
  return files;
}

enum class Verdict { Refused, Reported, Right };

/// Opens, checks and reads everything.
Verdict examine(const fs::path& database, bool read_only, const test::TermQuads& quads) {
  StoreOptions options = test::small_store();
  options.read_only = read_only;
  options.create = false;
  bool is_reported = false;
  try {
    const StorePtr store = Store::open(database, options);
    store->verify([&](const Damage& damage) {
      is_reported = true;
      CHECK_THAT(damage, Catch::Contains(database.string()));
    });
    const bool is_right = test::quads_of(*store->snapshot()) == quads;
    CHECK(is_right);
  } catch (const Error& error) {
    CAPTURE(error.what());
    // A file that says what the directory is may say something else now.
    CHECK((error.code == ErrorCode::Corrupt || error.code == ErrorCode::NotFound));
    CHECK_THAT(error.what(), Catch::Contains(database.string()));
    return Verdict::Refused;
  }
  return is_reported ? Verdict::Reported : Verdict::Right;
}

/// One changed file at a time, in a folder that is otherwise as it was.
class Damaging {
 public:
  Damaging(fs::path original, fs::path work)
      : original_(std::move(original)),
        work_(std::move(work)) {}

  const fs::path& work() const { return work_; }
  void put(const fs::path& file, std::string_view bytes) {
    fs::remove_all(work_);
    fs::create_directories(work_);
    fs::copy(original_, work_, fs::copy_options::recursive);
    std::ofstream(work_ / file, std::ios::binary | std::ios::trunc) << bytes;
  }

 private:
  fs::path original_, work_;
};

/// `count` offsets of a file: its first and last bytes, and others evenly, from a random one.
std::vector<std::size_t> offsets_of(std::size_t size, std::uint64_t count,
                                    std::mt19937_64& random) {
  std::vector<std::size_t> offsets{0, size - 1, size / 2};
  const std::size_t stride = std::max<std::size_t>(1, size / count);
  for (std::size_t at = random() % stride; at < size; at += stride)
    offsets.push_back(at);
  return offsets;
}

TEST_CASE("A flipped bit is found or of no consequence, in every file of a database") {
  const test::TemporaryFolder folder;
  const test::Places places{folder / "original"};
  make_database(places);
  test::Model model;
  Damaging damaging(places.database(), folder / "damaged");
  std::mt19937_64 random(test::seed());
  std::uint64_t flips = 0, found = 0;
  for (const fs::path& file : files_in(places.database())) {
    const std::string bytes = read_file(places.database() / file);
    for (const std::size_t offset : offsets_of(bytes.size(), test::flips(), random)) {
      std::string changed = bytes;
      const int bit = static_cast<int>(random() % 8);
      changed[offset] = static_cast<char>(changed[offset] ^ (1 << bit));
      damaging.put(file, changed);
      CAPTURE(test::seed(), file, offset, bit, bytes.size());
      const Verdict verdict = examine(damaging.work(), offset % 2 == 0, model.after(kSteps));
      // The footer is padded with bytes that nobody reads.
      if (file.extension() == ".sst" && offset + kSstFooter < bytes.size())
        CHECK(verdict != Verdict::Right);
      ++flips;
      found += verdict != Verdict::Right;
    }
  }
  CHECK(found > flips / 2);
  test::report("{} flips in a database, {} found", flips, found);
}

TEST_CASE("A lost end is found or of no consequence, in every file of a database") {
  const test::TemporaryFolder folder;
  const test::Places places{folder / "original"};
  make_database(places);
  test::Model model;
  Damaging damaging(places.database(), folder / "damaged");
  std::mt19937_64 random(test::seed());
  std::uint64_t cuts = 0;
  for (const fs::path& file : files_in(places.database())) {
    const std::string bytes = read_file(places.database() / file);
    for (const std::size_t kept : offsets_of(bytes.size(), test::flips() / 2, random)) {
      damaging.put(file, std::string_view(bytes).substr(0, kept));
      CAPTURE(test::seed(), file, kept, bytes.size());
      const Verdict verdict = examine(damaging.work(), kept % 2 == 0, model.after(kSteps));
      if (file.extension() == ".sst") CHECK(verdict != Verdict::Right);
      ++cuts;
    }
  }
  test::report("{} cuts of files of a database", cuts);
}

TEST_CASE("A damaged backup is refused, or gives back what it held") {
  const test::TemporaryFolder folder;
  const test::Places places{folder / "original"};
  make_database(places);
  test::Model model;
  Damaging damaging(places.backups(), folder / "damaged");
  const fs::path restored = folder / "restored";
  std::mt19937_64 random(test::seed());
  std::uint64_t changes = 0, refused = 0;
  for (const fs::path& file : files_in(places.backups())) {
    const std::string bytes = read_file(places.backups() / file);
    for (const std::size_t offset : offsets_of(bytes.size(), test::flips(), random)) {
      std::string changed = bytes;
      if (random() % 3 == 0)
        changed.resize(offset);
      else
        changed[offset] = static_cast<char>(changed[offset] ^ (1 << random() % 8));
      damaging.put(file, changed);
      CAPTURE(test::seed(), file, offset, changed.size(), bytes.size());
      fs::remove_all(restored);
      ++changes;
      try {
        restore_backup(damaging.work(), restored);
        const StorePtr store = Store::open(restored, test::small_store());
        const auto last = test::steps_of(*store->snapshot());
        REQUIRE(last);
        const bool is_right = test::quads_of(*store->snapshot()) == model.after(*last);
        CHECK(is_right);
        CHECK((*last == 3 || *last == 7));
      } catch (const Error& error) {
        ++refused;
        CAPTURE(error.what());
        CHECK((error.code == ErrorCode::Corrupt || error.code == ErrorCode::NotFound));
        CHECK(!fs::exists(restored));
      }
    }
  }
  CHECK(refused > changes / 2);
  test::report("{} changes of backups, {} refused", changes, refused);
}

}  // namespace
}  // namespace tripten
