// A disk that fails at each call in turn: full, broken, or after half of a write.
#include <array>
#include <atomic>
#include <functional>
#include <utility>

#include <catch2/catch.hpp>

#include "load/bulk_loader.h"
#include "load/compaction.h"
#include "storage/backup.h"
#include "tests/crash/observed_files.h"
#include "tests/crash/settings.h"
#include "tests/crash/workload.h"
#include "tests/unit/storage/temporary_folder.h"

namespace tripten {
namespace {

namespace fs = std::filesystem;
using rocksdb::IOStatus;

enum class Failure { Full, Broken, ShortWrite };

/// What fails, and at how many calls in a row.
constexpr std::array<std::pair<Failure, std::uint64_t>, 4> kTrials{{{Failure::Full, 1000},
                                                                    {Failure::Broken, 1},
                                                                    {Failure::Broken, 1000},
                                                                    {Failure::ShortWrite, 1}}};

/// Fails at call number `count` after arm(), and at those after it for as long as it is told.
class FailingDisk final : public test::FileObserver {
 public:
  void arm(std::uint64_t count, Failure failure, std::uint64_t times) {
    failure_ = failure;
    times_ = times;
    calls_ = 0;
    first_ = count;
  }
  void disarm() { first_ = 0; }
  bool has_failed() const { return first_ > 0 && calls_ >= first_; }
  std::uint64_t calls() const { return calls_; }
  std::string last() const {
    const std::lock_guard lock(mutex_);
    return last_;
  }

  IOStatus before(test::FileCall& call) override {
    const std::uint64_t first = first_;
    if (first == 0) return IOStatus::OK();
    const std::uint64_t count = ++calls_;
    if (count < first || count - first >= times_) return IOStatus::OK();
    if (failure_ != Failure::Broken && !call.is_change()) return IOStatus::OK();
    {
      const std::lock_guard lock(mutex_);
      last_ = std::string(test::name_of(call.kind)) + " " + fs::path(call.path).filename().string();
    }
    const bool is_short = failure_ == Failure::ShortWrite && call.kind == test::CallKind::Write;
    call.data = is_short ? call.data.substr(0, call.data.size() / 2) : std::string_view();
    if (failure_ == Failure::Broken) return IOStatus::IOError("Input/output error");
    IOStatus full = IOStatus::NoSpace();
    full.SetRetryable(true);  // as RocksDB's own file system says of it
    return full;
  }
  void after(const test::FileCall&) override {}

 private:
  std::atomic<std::uint64_t> first_ = 0, calls_ = 0, times_ = 1;
  std::atomic<Failure> failure_ = Failure::Full;
  mutable std::mutex mutex_{};
  std::string last_{};
};

const test::TermQuad kNewQuad{Term::iri("urn:new"), Term::iri("urn:new"), Term::literal("new"),
                              Term()};

/// A database in a folder of its own, and what it must hold.
struct Trial {
  test::Places places;
  std::shared_ptr<FailingDisk> disk;
  std::shared_ptr<rocksdb::FileSystem> files;
  StorePtr store{};
  test::TermQuads quads{};

  void open() {
    store.reset();
    store = Store::open(places.database(), test::small_store(files));
  }
};

struct Operation {
  const char* name;
  bool has_store;  ///< The store is open before.
  std::function<void(Trial&)> run;
  bool adds_quad = false;
};

void insert(Trial& trial) {
  const auto transaction = trial.store->begin();
  Quad quad;
  for (std::size_t i = 0; i < 3; ++i)
    quad.terms[i] = transaction->intern(view_of(kNewQuad[i]));
  quad.terms[3] = kDefaultGraph;
  transaction->insert(quad);
  transaction->commit();
}

void load(Trial& trial) {
  BulkLoader loader(*trial.store, {});
  loader.begin_source();
  loader.add({view_of(kNewQuad[0]), view_of(kNewQuad[1]), view_of(kNewQuad[2]), {}});
  loader.finish();
}

const std::vector<Operation>& operations() {
  static const std::vector<Operation> all{
      {"create", false,
       [](Trial& trial) {
         fs::remove_all(trial.places.database());
         trial.quads.clear();
         trial.open();
       }},
      {"open", false, [](Trial& trial) { trial.open(); }},
      {"read", false,
       [](Trial& trial) {
         StoreOptions options = test::small_store(trial.files);
         options.read_only = true;
         const StorePtr reader = Store::open(trial.places.database(), options);
         const test::TermQuads quads = test::quads_of(*reader->snapshot());
         CHECK(bool(quads == trial.quads));
       }},
      {"query", true,
       [](Trial& trial) {
         const test::TermQuads quads = test::quads_of(*trial.store->snapshot());
         CHECK(bool(quads == trial.quads));
       }},
      {"update", true, insert, true},
      {"load", true, load, true},
      {"compact", true, [](Trial& trial) { compact(*trial.store, {}); }},
      {"backup", true, [](Trial& trial) { trial.store->back_up(trial.places.backups(), {}); }},
      {"restore", true,
       [](Trial& trial) {
         fs::remove_all(trial.places.restored());
         restore_backup(trial.places.backups(), trial.places.restored(), trial.files);
       }},
  };
  return all;
}

class Failing {
 public:
  Failing(const fs::path& folder, const Operation& operation)
      : operation_(operation),
        prepared_{folder / "prepared"},
        work_{folder / "work"} {
    fs::remove_all(prepared_.folder);
    fs::create_directory(prepared_.folder);
    test::Acknowledged acknowledged;
    test::take_steps(prepared_, kSteps, acknowledged);
  }

  /// How many calls the operation takes.
  std::uint64_t calls() {
    Trial trial = begin();
    trial.disk->arm(~std::uint64_t{0}, Failure::Full, 1);
    operation_.run(trial);
    return trial.disk->calls();
  }

  /// One failure; false where the operation ends before it.
  bool fail(std::uint64_t count, Failure failure, std::uint64_t times) {
    Trial trial = begin();
    CAPTURE(operation_.name, count, static_cast<int>(failure), times);
    trial.disk->arm(count, failure, times);
    bool is_done = false;
    try {
      operation_.run(trial);
      is_done = true;
    } catch (const Error& error) {
      CAPTURE(error.what(), trial.disk->last());
      CHECK(trial.disk->has_failed());
      require_clear(error, failure);
    }
    if (!trial.disk->has_failed()) return false;
    const std::string last = trial.disk->last();
    CAPTURE(last, is_done);
    trial.disk->disarm();
    if (is_done && operation_.adds_quad) trial.quads.insert(kNewQuad);
    if (trial.store) CHECK(bool(test::quads_of(*trial.store->snapshot()) == trial.quads));
    CHECK_NOTHROW(operation_.run(trial));  // the disk works again
    if (operation_.adds_quad) trial.quads.insert(kNewQuad);
    if (trial.store) {
      CHECK(bool(test::quads_of(*trial.store->snapshot()) == trial.quads));
      CHECK_NOTHROW(insert(trial));
      trial.quads.insert(kNewQuad);
      trial.store->verify([](const Damage& damage) { FAIL_CHECK(damage); });
      trial.store.reset();
    }
    require_whole(trial);
    return true;
  }

 private:
  static constexpr std::uint64_t kSteps = 8;

  Trial begin() {
    fs::remove_all(work_.folder);
    fs::copy(prepared_.folder, work_.folder, fs::copy_options::recursive);
    Trial trial{work_, std::make_shared<FailingDisk>(), {}, {}, model_.after(kSteps)};
    trial.files = test::observed_files(trial.disk);
    if (operation_.has_store) trial.open();
    return trial;
  }

  static void require_clear(const Error& error, Failure failure) {
    if (failure == Failure::Broken) {
      CHECK((error.code == ErrorCode::Io || error.code == ErrorCode::Corrupt));
      return;
    }
    CHECK(error.code == ErrorCode::Limit);
    CHECK_THAT(error.what(), Catch::Contains("The disk is full"));
  }

  static void require_whole(const Trial& trial) {
    const StorePtr store = Store::open(trial.places.database(), test::small_store());
    CHECK(bool(test::quads_of(*store->snapshot()) == trial.quads));
    store->verify([](const Damage& damage) { FAIL_CHECK(damage); });
    CHECK(!fs::exists(trial.places.database() / "incoming"));
    for (const auto& entry : fs::directory_iterator(trial.places.folder))
      CHECK(!entry.path().filename().string().starts_with("."));
  }

  const Operation& operation_;
  test::Places prepared_, work_;
  test::Model model_{};
};

TEST_CASE("Wherever the disk fails there is one clear error, and nothing is lost") {
  const test::TemporaryFolder folder;
  std::mt19937_64 random(test::seed());
  const std::uint64_t share = test::failures();
  for (const Operation& operation : operations()) {
    Failing failing(folder.path(), operation);
    const std::uint64_t calls = failing.calls();
    REQUIRE(calls > 0);
    std::uint64_t done = 0;
    const std::uint64_t stride = 1 + calls * kTrials.size() * operations().size() / share;
    for (const auto& [failure, times] : kTrials)
      for (std::uint64_t count = 1 + random() % stride; count <= calls; count += stride)
        done += failing.fail(count, failure, times);
    CHECK(done > 0);
    test::report("{}: {} calls, {} failures", operation.name, calls, done);
  }
}

}  // namespace
}  // namespace tripten
