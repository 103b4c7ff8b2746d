// What a directory may hold, who may open it, and what becomes of damaged files.
#include <algorithm>
#include <fstream>
#include <iterator>
#include <random>

#include <catch2/catch.hpp>
#include <rocksdb/db.h>
#include <sys/wait.h>
#include <unistd.h>

#include "storage/format.h"
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

std::string read_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

void write_file(const fs::path& path, std::string_view text) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << text;
}

/// The code and message of the error that opening throws.
Error failure_of(const fs::path& database, const StoreOptions& options) {
  try {
    Store::open(database, options);
  } catch (const Error& error) {
    return error;
  }
  FAIL("it opened");
  throw std::logic_error("not reached");
}

/// All names in a folder.
std::vector<std::string> names_in(const fs::path& folder) {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder))
    names.push_back(entry.path().filename());
  std::sort(names.begin(), names.end());
  return names;
}

/// A database with a loaded base, a delta and terms of both, closed.
test::QuadSet make_database(const fs::path& path, const StoreOptions& options = kSmall) {
  const StorePtr store = Store::open(path, options);
  const test::TermPool pool = test::TermPool::make(*store, 10);
  std::mt19937 random(31);
  std::vector<Quad> quads;
  for (int i = 0; i < 200; ++i)
    quads.push_back(pool.random_quad(random));
  test::load_quads(*store, quads);
  test::QuadSet model(quads.begin(), quads.end());
  const auto transaction = store->begin();
  for (int i = 0; i < 60; ++i) {
    const Quad quad = pool.random_quad(random);
    if (transaction->insert(quad))
      model.insert(quad);
    else if (transaction->erase(quad))
      model.erase(quad);
  }
  transaction->commit();
  return model;
}

std::vector<Quad> quads_of(const Store& store) {
  return test::all_rows(store.snapshot()->scan(QuadOrder::Spog, {}));
}

TEST_CASE("A database is created where there is nothing or an empty folder") {
  const test::TemporaryFolder folder;
  CHECK(Store::open(folder / "new/deep", kSmall)->statistics().quads == 0);
  fs::create_directory(folder / "empty");
  CHECK(Store::open(folder / "empty", kSmall)->statistics().quads == 0);
  CHECK(Store::open(folder / "empty", kReading)->statistics().quads == 0);
}

TEST_CASE("Without create, a missing database is not found and nothing is made") {
  const test::TemporaryFolder folder;
  StoreOptions options = kSmall;
  options.create = false;
  CHECK(failure_of(folder / "none", options).code == ErrorCode::NotFound);
  CHECK(failure_of(folder / "none", kReading).code == ErrorCode::NotFound);
  fs::create_directory(folder / "empty");
  CHECK(failure_of(folder / "empty", options).code == ErrorCode::NotFound);
  CHECK(names_in(folder.path()) == std::vector<std::string>{"empty"});
  CHECK(names_in(folder / "empty").empty());
}

TEST_CASE("A directory that holds something else is refused and left as it is") {
  const test::TemporaryFolder folder;
  write_file(folder / "letter.txt", "dear");
  for (const StoreOptions& options : {kSmall, kReading}) {
    const Error error = failure_of(folder.path(), options);
    CHECK(error.code == ErrorCode::Corrupt);
    CHECK_THAT(error.what(), Contains("is no Tripten database"));
    CHECK(failure_of(folder / "letter.txt", options).code == ErrorCode::Corrupt);
  }
  CHECK(names_in(folder.path()) == std::vector<std::string>{"letter.txt"});
  CHECK(read_file(folder / "letter.txt") == "dear");
}

TEST_CASE("A database of a newer format is refused, and the message says so") {
  const test::TemporaryFolder folder;
  const fs::path database = folder / "db";
  make_database(database);
  const auto files = names_in(database);
  const std::string identity = read_file(database / kIdentityFile);
  write_file(database / kIdentityFile, "Tripten database, format 99\n");
  for (const StoreOptions& options : {kSmall, kReading}) {
    const Error error = failure_of(database, options);
    CHECK(error.code == ErrorCode::Corrupt);
    CHECK_THAT(error.what(), Contains("newer version") && Contains("format is 99"));
  }
  write_file(database / kIdentityFile, "Tripten database, format 1\n");
  CHECK_THAT(failure_of(database, kSmall).what(), Contains("an older version"));
  CHECK(names_in(database) == files);

  write_file(database / kIdentityFile, identity);
  rocksdb::DB* db = nullptr;
  std::vector<rocksdb::ColumnFamilyDescriptor> families;
  std::vector<std::string> names;
  REQUIRE(rocksdb::DB::ListColumnFamilies({}, database, &names).ok());
  for (const std::string& name : names)
    families.emplace_back(name, rocksdb::ColumnFamilyOptions());
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  REQUIRE(rocksdb::DB::Open({}, database, families, &handles, &db).ok());
  REQUIRE(db->Put({}, "format", std::string("\143\0\0\0", 4)).ok());
  for (auto* handle : handles)
    REQUIRE(db->DestroyColumnFamilyHandle(handle).ok());
  delete db;
  for (const StoreOptions& options : {kSmall, kReading})
    CHECK_THAT(failure_of(database, options).what(), Contains("newer version"));
}

TEST_CASE("A creation that was interrupted is taken up again by a writer") {
  const test::TemporaryFolder folder;
  const fs::path database = folder / "db";
  make_database(database);
  for (const auto* text : {"Tripten database, unfinished\n"}) {
    write_file(database / kIdentityFile, text);
    CHECK(failure_of(database, kReading).code == ErrorCode::NotFound);
    CHECK(Store::open(database, kSmall)->statistics().quads > 0);
    CHECK(Store::open(database, kReading)->statistics().quads > 0);
  }
}

TEST_CASE("A second writer is refused, with the holder's process and host") {
  const test::TemporaryFolder folder;
  const StorePtr store = Store::open(folder / "db", kSmall);
  const Error error = failure_of(folder / "db", kSmall);
  CHECK(error.code == ErrorCode::Busy);
  CHECK_THAT(error.what(), Contains("process " + std::to_string(::getpid())) && Contains(" on ") &&
                               Contains(" since 20"));
}

TEST_CASE("A read-only store refuses to write and leaves the directory as it was") {
  const test::TemporaryFolder folder;
  const fs::path database = folder / "db";
  const auto model = make_database(database);
  const auto files = names_in(database);
  const StorePtr store = Store::open(database, kReading);
  CHECK_THROWS_AS(store->begin(), Error);
  CHECK_THROWS_AS(store->build_generation(), Error);
  CHECK(quads_of(*store) == std::vector<Quad>(model.begin(), model.end()));
  store->verify([](const Damage& damage) { FAIL(damage); });
  CHECK(names_in(database) == files);
  CHECK(names_in(folder.path()) == std::vector<std::string>{"db"});  // no private copy stays
}

TEST_CASE("A writer that changes nothing writes no SST file") {
  const test::TemporaryFolder folder;
  const fs::path database = folder / "db";
  make_database(database);
  Store::open(database, kSmall).reset();
  const auto tables = [&] {
    auto names = names_in(database);
    std::erase_if(names, [](const std::string& name) { return !name.ends_with(".sst"); });
    return names;
  };
  const auto before = tables();
  Store::open(database, kSmall).reset();
  CHECK(tables() == before);
}

TEST_CASE("A read-only directory on a read-only path is read") {
  const test::TemporaryFolder folder;
  const fs::path database = folder / "db";
  const auto model = make_database(database);
  fs::permissions(database, fs::perms::owner_read | fs::perms::owner_exec);
  fs::permissions(folder.path(), fs::perms::owner_read | fs::perms::owner_exec);
  const StorePtr store = Store::open(database, kReading);
  CHECK(quads_of(*store) == std::vector<Quad>(model.begin(), model.end()));
  fs::permissions(folder.path(), fs::perms::owner_all);
  fs::permissions(database, fs::perms::owner_all);
}

TEST_CASE("A snapshot outlives loads and its store") {
  const test::TemporaryFolder folder;
  const auto model = make_database(folder / "db");
  StorePtr store = Store::open(folder / "db", kSmall);
  const SnapshotPtr snapshot = store->snapshot();
  for (int i = 0; i < 3; ++i)
    test::load_quads(*store,
                     {{{TermId(IdKind::Integer, 5), TermId(IdKind::Integer, 5),
                        TermId(IdKind::Integer, static_cast<unsigned>(i)), kDefaultGraph}}});
  CHECK(store->statistics().quads == model.size() + 3);
  store.reset();
  std::mt19937 random(1);
  CHECK(test::all_rows(snapshot->scan(QuadOrder::Spog, {})) ==
        std::vector<Quad>(model.begin(), model.end()));
}

TEST_CASE("An old generation's files go with its last reader") {
  const test::TemporaryFolder folder;
  make_database(folder / "db");
  const StorePtr store = Store::open(folder / "db", kSmall);
  const auto load = [&](unsigned n) {
    test::load_quads(*store, {{{TermId(IdKind::Integer, 5), TermId(IdKind::Integer, 5),
                                TermId(IdKind::Integer, n), kDefaultGraph}}});
  };
  const auto files = [&] {
    const auto names = names_in(folder / "db");
    return std::count_if(names.begin(), names.end(),
                         [](const std::string& name) { return name.ends_with(".sst"); });
  };
  load(1);
  const auto one_generation = files();
  {
    const SnapshotPtr snapshot = store->snapshot();
    load(2);
    CHECK(files() > one_generation);
  }
  load(3);
  CHECK(files() <= one_generation);
}

// ---- damage

/// Opens, reads and verifies a database that may be damaged: an Error of code Corrupt, or damage
/// reported, or exactly the quads of the model.
enum class Verdict { Refused, Reported, Right };
Verdict examine(const fs::path& database, const StoreOptions& options,
                const std::vector<Quad>& model) {
  try {
    const StorePtr store = Store::open(database, options);
    bool is_reported = false;
    store->verify([&](const Damage&) { is_reported = true; });
    const auto snapshot = store->snapshot();
    for (int order = 0; order < kQuadOrders; ++order) {
      auto rows = test::all_rows(snapshot->scan(static_cast<QuadOrder>(order), {}));
      for (Quad& row : rows)
        row = from_order(row, static_cast<QuadOrder>(order));
      std::sort(rows.begin(), rows.end());
      REQUIRE(rows == model);
    }
    for (const Quad& quad : model)
      for (const TermId term : quad.terms)
        snapshot->term(term);
    return is_reported ? Verdict::Reported : Verdict::Right;
  } catch (const Error& error) {
    CAPTURE(error.what());
    REQUIRE(error.code == ErrorCode::Corrupt);
    REQUIRE_THAT(error.what(), Contains(database.string()));
    return Verdict::Refused;
  }
}

/// Whether a file's damage can matter at all.
bool holds_data(const fs::path& file) {
  const std::string name = file.filename();
  return name.ends_with(".sst") || name.ends_with(".log") || name.starts_with("MANIFEST") ||
         name == "CURRENT" || name == kIdentityFile || name == kCommitsFile;
}

TEST_CASE("Any flipped bit is refused or harmless, never a wrong answer") {
  const test::TemporaryFolder folder;
  const fs::path original = folder / "db", damaged = folder / "damaged";
  const auto quads = make_database(original);
  const std::vector<Quad> model(quads.begin(), quads.end());
  const unsigned seed = 41;
  CAPTURE(seed);
  std::mt19937 random(seed);
  int refused = 0, tried = 0;
  for (const auto& entry : fs::directory_iterator(original)) {
    if (!holds_data(entry.path()) || fs::file_size(entry.path()) == 0) continue;
    const std::string name = entry.path().filename();
    for (int i = 0; i < 12; ++i) {
      fs::remove_all(damaged);
      fs::copy(original, damaged, fs::copy_options::recursive);
      std::string bytes = read_file(damaged / name);
      const std::size_t place = random() % bytes.size();
      CAPTURE(name, place);
      bytes[place] = static_cast<char>(bytes[place] ^ (1 << random() % 8));
      write_file(damaged / name, bytes);
      ++tried;
      refused += examine(damaged, i % 2 ? kReading : kSmall, model) != Verdict::Right;
    }
  }
  CHECK(refused > tried / 2);
}

TEST_CASE("Any truncated file is refused or harmless, never a wrong answer") {
  const test::TemporaryFolder folder;
  const fs::path original = folder / "db", damaged = folder / "damaged";
  const auto quads = make_database(original);
  const std::vector<Quad> model(quads.begin(), quads.end());
  std::mt19937 random(42);
  for (const auto& entry : fs::directory_iterator(original)) {
    if (!holds_data(entry.path()) || fs::file_size(entry.path()) == 0) continue;
    const std::string name = entry.path().filename();
    for (int i = 0; i < 6; ++i) {
      fs::remove_all(damaged);
      fs::copy(original, damaged, fs::copy_options::recursive);
      const auto size = fs::file_size(damaged / name);
      const auto kept = i == 0 ? 0 : random() % size;
      CAPTURE(name, kept);
      fs::resize_file(damaged / name, kept);
      const Verdict verdict = examine(damaged, i % 2 ? kReading : kSmall, model);
      if (name.ends_with(".sst")) CHECK(verdict == Verdict::Refused);
    }
  }
}

TEST_CASE("A missing file is refused, by its name") {
  const test::TemporaryFolder folder;
  const fs::path original = folder / "db", damaged = folder / "damaged";
  const auto quads = make_database(original);
  const std::vector<Quad> model(quads.begin(), quads.end());
  for (const auto& entry : fs::directory_iterator(original)) {
    const std::string name = entry.path().filename();
    if (!name.ends_with(".sst") && !name.starts_with("MANIFEST") && name != "CURRENT") continue;
    for (const StoreOptions& options : {kSmall, kReading}) {
      CAPTURE(name);
      fs::remove_all(damaged);
      fs::copy(original, damaged, fs::copy_options::recursive);
      fs::remove(damaged / name);
      CHECK(examine(damaged, options, model) == Verdict::Refused);
    }
  }
}

}  // namespace
}  // namespace tripten
