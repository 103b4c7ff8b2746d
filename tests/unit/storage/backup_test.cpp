// Backups: what they hold, what they share, and what they refuse.
#include "storage/backup.h"

#include <atomic>
#include <fstream>
#include <thread>

#include <catch2/catch.hpp>

#include "storage/store.h"
#include "tests/unit/storage/store_model.h"
#include "tests/unit/storage/temporary_folder.h"

namespace tripten {
namespace {

namespace fs = std::filesystem;
using Catch::Matchers::Contains;

const StoreOptions kSmall{.sync = false, .cache_bytes = 1 << 16, .block_rows = 4};
const StoreOptions kReading{
    .read_only = true, .create = false, .cache_bytes = 1 << 16, .block_rows = 4};

std::vector<Quad> quads_in(const fs::path& database) {
  return test::all_rows(Store::open(database, kReading)->snapshot()->scan(QuadOrder::Spog, {}));
}

std::uintmax_t bytes_in(const fs::path& folder) {
  std::uintmax_t bytes = 0;
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    if (entry.is_regular_file()) bytes += entry.file_size();
  return bytes;
}

Error failure_of(const std::function<void()>& work) {
  try {
    work();
  } catch (const Error& error) {
    return error;
  }
  FAIL("it succeeded");
  throw std::logic_error("not reached");
}

/// A database of some loaded quads, and a delta where `changes` says so.
void make_database(const fs::path& path, bool changes = true) {
  const StorePtr store = Store::open(path, kSmall);
  const test::TermPool pool = test::TermPool::make(*store, 10);
  std::mt19937 random(7);
  std::vector<Quad> quads;
  for (int i = 0; i < 300; ++i)
    quads.push_back(pool.random_quad(random));
  test::load_quads(*store, quads);
  if (!changes) return;
  const auto transaction = store->begin();
  for (int i = 0; i < 20; ++i)
    transaction->insert(pool.random_quad(random));
  transaction->erase(quads[0]);
  transaction->commit();
}

void add_one(Store& store, int number) {
  const auto transaction = store.begin();
  const TermId term = transaction->intern(view_of(Term::iri("urn:n" + std::to_string(number))));
  transaction->insert({{term, term, term, kDefaultGraph}});
  transaction->commit();
}

TEST_CASE("A backup gives back what the database held, also what only its log has") {
  const test::TemporaryFolder folder;
  make_database(folder / "db");
  back_up(folder / "db", folder / "backups", {});
  restore_backup(folder / "backups", folder / "restored");
  CHECK((quads_in(folder / "restored") == quads_in(folder / "db")));
  std::vector<Damage> damages;
  Store::open(folder / "restored", kReading)->verify([&](const Damage& damage) {
    damages.push_back(damage);
  });
  CHECK(damages.empty());
  const StorePtr store = Store::open(folder / "restored", kSmall);
  const auto before = store->statistics().quads;
  add_one(*store, 1);
  CHECK(store->statistics().quads == before + 1);
}

TEST_CASE("The latest of several backups is restored, and they share what is the same") {
  const test::TemporaryFolder folder;
  make_database(folder / "db", false);
  back_up(folder / "db", folder / "backups", {});
  const std::uintmax_t first = bytes_in(folder / "backups");
  add_one(*Store::open(folder / "db", kSmall), 1);
  back_up(folder / "db", folder / "backups", {});
  CHECK(bytes_in(folder / "backups") < first * 2);
  fs::create_directory(folder / "restored");
  restore_backup(folder / "backups", folder / "restored");
  CHECK((quads_in(folder / "restored") == quads_in(folder / "db")));
}

TEST_CASE("Backups taken while others write are whole commits") {
  const test::TemporaryFolder folder;
  make_database(folder / "db");
  const StorePtr store = Store::open(folder / "db", kSmall);
  const auto before = store->statistics().quads;
  std::atomic<bool> done = false;
  std::atomic<int> committed = 0;
  std::jthread writer([&] {
    while (!done)
      add_one(*store, ++committed);
  });
  for (int i = 0; i < 5; ++i) {
    const auto least = before + static_cast<std::uint64_t>(std::max(0, committed - 1));
    back_up(folder / "db", folder / "backups", {});
    const fs::path restored = folder / ("restored" + std::to_string(i));
    restore_backup(folder / "backups", restored);
    const auto held = Store::open(restored, kReading)->statistics().quads;
    CHECK(held >= least);
    CHECK(held <= before + static_cast<std::uint64_t>(committed));
  }
  done = true;
}

TEST_CASE("A backup tells how far it is") {
  const test::TemporaryFolder folder;
  {
    const StorePtr store = Store::open(folder / "db", kSmall);
    const test::TermPool pool = test::TermPool::make(*store, 200);
    std::mt19937 random(7);
    std::vector<Quad> quads;
    for (int i = 0; i < 60'000; ++i)
      quads.push_back(pool.random_quad(random));
    test::load_quads(*store, quads);
  }
  std::uint64_t last = 0, calls = 0;
  back_up(folder / "db", folder / "backups", {}, {}, [&](std::uint64_t bytes, std::uint64_t most) {
    CHECK(bytes >= last);
    CHECK(bytes <= most);
    last = bytes;
    ++calls;
  });
  CHECK(calls > 1);
  calls = 0;  // nothing is copied twice
  back_up(folder / "db", folder / "backups", {}, {},
          [&](std::uint64_t, std::uint64_t) { ++calls; });
  CHECK(calls == 0);
}

TEST_CASE("A first backup that was killed at its first step does not stand in the way") {
  const test::TemporaryFolder folder;
  make_database(folder / "db");
  fs::create_directories(folder / "backups");
  std::ofstream(folder / "backups/TRIPTEN-BACKUPS.new") << "Trip";
  back_up(folder / "db", folder / "backups", {});
  CHECK_NOTHROW(restore_backup(folder / "backups", folder / "restored"));
}

TEST_CASE("Folders that hold something else are left as they are") {
  const test::TemporaryFolder folder;
  make_database(folder / "db");
  fs::create_directory(folder / "letters");
  std::ofstream(folder / "letters/one.txt") << "dear";
  CHECK_THAT(failure_of([&] { back_up(folder / "db", folder / "letters", {}); }).what(),
             Contains("holds something else than backups"));
  CHECK(bytes_in(folder / "letters") == 4);
  CHECK(failure_of([&] { back_up(folder / "none", folder / "backups", {}); }).code ==
        ErrorCode::NotFound);
  CHECK(!fs::exists(folder / "backups"));
  back_up(folder / "db", folder / "backups", {});
  const auto kept = quads_in(folder / "db");
  CHECK_THAT(failure_of([&] { restore_backup(folder / "backups", folder / "db"); }).what(),
             Contains("There is something here already"));
  CHECK((quads_in(folder / "db") == kept));
  CHECK(failure_of([&] { restore_backup(folder / "letters", folder / "new"); }).code ==
        ErrorCode::Corrupt);
  CHECK(failure_of([&] { restore_backup(folder / "none", folder / "new"); }).code ==
        ErrorCode::NotFound);
  CHECK(!fs::exists(folder / "new"));
}

TEST_CASE("A damaged backup is not restored") {
  const test::TemporaryFolder folder;
  make_database(folder / "db");
  back_up(folder / "db", folder / "backups", {});
  for (const auto& entry : fs::directory_iterator(folder / "backups/shared_checksum")) {
    std::fstream file(entry.path(), std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(100);
    file.put('\x55');
    file.put('\xAA');
  }
  CHECK(failure_of([&] { restore_backup(folder / "backups", folder / "new"); }).code ==
        ErrorCode::Corrupt);
  CHECK(!fs::exists(folder / "new"));
  for (const auto& entry : fs::directory_iterator(folder.path()))
    CHECK(entry.path().filename().string().find("restore") == std::string::npos);
}

TEST_CASE("Backups that give one file different checksums are not restored and not added to") {
  const test::TemporaryFolder folder;
  make_database(folder / "db");
  const StorePtr store = Store::open(folder / "db", kSmall);
  store->back_up(folder / "backups", {});
  store->back_up(folder / "backups", {});
  const fs::path list = folder / "backups" / "meta" / "2";
  std::ifstream file(list);
  std::string text{std::istreambuf_iterator<char>(file), {}};
  const std::size_t at = text.find(' ', text.find("shared_checksum")) + sizeof(" crc32");
  text[at] = text[at] == '1' ? '2' : '1';
  std::ofstream(list, std::ios::trunc) << text;
  const Error refused = failure_of([&] { restore_backup(folder / "backups", folder / "back"); });
  CHECK(refused.code == ErrorCode::Corrupt);
  CHECK_THAT(refused.what(), Contains(list.parent_path().string()) && Contains("checksum"));
  CHECK(!fs::exists(folder / "back"));
  CHECK(failure_of([&] { store->back_up(folder / "backups", {}); }).code == ErrorCode::Corrupt);
}

TEST_CASE("An interrupted backup leaves those before it as they are") {
  const test::TemporaryFolder folder;
  make_database(folder / "db");
  back_up(folder / "db", folder / "backups", {});
  const auto kept = quads_in(folder / "db");
  add_one(*Store::open(folder / "db", kSmall), 1);
  std::stop_source stop;
  stop.request_stop();
  CHECK(failure_of([&] {
          back_up(folder / "db", folder / "backups",
                  Interrupt(stop.get_token(), std::chrono::milliseconds(0)));
        }).code == ErrorCode::Cancelled);
  restore_backup(folder / "backups", folder / "restored");
  CHECK((quads_in(folder / "restored") == kept));
}

}  // namespace
}  // namespace tripten
