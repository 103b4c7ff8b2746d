// A disk that fails while a flush waits for its thread, or in the flush itself.
#include <atomic>
#include <condition_variable>
#include <cstring>
#include <initializer_list>
#include <mutex>
#include <optional>

#include <catch2/catch.hpp>

#include "base/fault_point.h"
#include "storage/rocks.h"
#include "tests/crash/observed_files.h"
#include "tests/unit/storage/temporary_folder.h"

namespace tripten {
namespace {

using rocksdb::IOStatus;

/// RocksDB's thread for flushes, busy with something else.
class BusyThread {
 public:
  BusyThread() {
    schedule([](void* self) {
      auto& thread = *static_cast<BusyThread*>(self);
      std::unique_lock lock(thread.mutex_);
      thread.changed_.wait(lock, [&] { return thread.may_go_on_; });
    });
  }
  ~BusyThread() { finish(); }

  void let_go() {
    const std::lock_guard lock(mutex_);
    may_go_on_ = true;
    changed_.notify_all();
  }
  /// Lets it go, and waits until it has done all that it was asked for meanwhile.
  void finish() {
    let_go();
    std::unique_lock lock(mutex_);
    is_idle_ = false;
    schedule([](void* self) {
      auto& thread = *static_cast<BusyThread*>(self);
      const std::lock_guard idle(thread.mutex_);
      thread.is_idle_ = true;
      thread.changed_.notify_all();
    });
    changed_.wait(lock, [&] { return is_idle_; });
  }

 private:
  void schedule(void (*work)(void*)) {
    rocksdb::Env::Default()->Schedule(work, this, rocksdb::Env::Priority::HIGH);
  }

  std::mutex mutex_{};
  std::condition_variable changed_{};
  bool may_go_on_ = false, is_idle_ = false;
};

// A fault point's action is a plain function: what it knows lies here.
std::optional<BusyThread> busy;

/// Fails at one sync of a log, and on demand in a flush that was under way then. When the database
/// is about to resume the thread for flushes has come and gone.
class StumblingDisk final : public test::FileObserver {
 public:
  void stumble() { is_armed_ = true; }
  bool has_stumbled() const { return !is_armed_; }
  /// The last one that waited: of two families, of which the first is written at every new log.
  void fail_flush() {
    flushes_ = 0;
    fails_flush_ = true;
  }

  IOStatus before(test::FileCall& call) override {
    if (call.kind == test::CallKind::Sync && call.path.ends_with(".log") &&
        is_armed_.exchange(false))
      return IOStatus::IOError("Input/output error");
    if (call.kind == test::CallKind::Rename && busy &&
        call.target.find("OPTIONS") != std::string::npos)
      busy->finish();
    if (call.kind == test::CallKind::Create && call.path.ends_with(".sst") && fails_flush_ &&
        ++flushes_ == 2) {
      fails_flush_.wait(true);
      return IOStatus::IOError("Input/output error");
    }
    if (call.kind == test::CallKind::Rename && fails_flush_.exchange(false)) {
      fails_flush_.notify_all();
      BusyThread().finish();  // behind the flush
    }
    return IOStatus::OK();
  }
  void after(const test::FileCall&) override {}

 private:
  std::atomic<bool> is_armed_ = false, fails_flush_ = false;
  std::atomic<int> flushes_ = 0;
};

class Database {
 public:
  explicit Database(bool sync = true) : sync_(sync) { open(); }
  ~Database() {
    fault_action = nullptr;
    busy.reset();
  }

  void open() {
    rocks_.reset();
    rocks_.emplace(RocksOptions{.name = "db",
                                .directory = folder_ / "db",
                                .create = true,
                                .sync = sync_,
                                .files = test::observed_files(disk_)});
  }
  void write(std::string_view key, std::size_t bytes = 1) {
    rocksdb::WriteBatch batch;
    batch.Put(rocks_->family(Family::Delta), rocksdb::Slice(key.data(), key.size()),
              std::string(bytes, 'x'));
    rocks_->write(batch);
  }
  void stumble() { disk_->stumble(); }
  void fail_flush() { disk_->fail_flush(); }
  bool has_stumbled() const { return disk_->has_stumbled(); }
  /// At the next sync of a log, once.
  void write_on_stumbling_disk(std::string_view key) {
    disk_->stumble();
    write(key);
    CHECK(disk_->has_stumbled());
  }
  /// The same while a flush waits for the thread.
  void write_while_flush_waits(std::string_view key) {
    fault_action = [](const char* place) {
      if (std::strcmp(place, "flushes are waited for") == 0) busy->let_go();
    };
    write_on_stumbling_disk(key);
    fault_action = nullptr;
    busy.reset();
  }
  void check_holds(std::initializer_list<const char*> keys) const {
    for (const char* key : keys) {
      CAPTURE(key);
      CHECK(rocks_->get(Family::Delta, key).has_value());
    }
  }
  Rocks& rocks() { return *rocks_; }

 private:
  bool sync_;
  test::TemporaryFolder folder_{};
  std::shared_ptr<StumblingDisk> disk_ = std::make_shared<StumblingDisk>();
  std::optional<Rocks> rocks_{};
};

TEST_CASE("A disk that fails while a flush waits does not stop the database for good") {
  Database database;
  SECTION("the flush of a log that has become long") {
    database.write("a");
    busy.emplace();
    database.write("b", std::size_t{8} << 20);
    database.write_while_flush_waits("c");
  }
  SECTION("a flush that nobody waits for, since RocksDB has once resumed") {
    database.write_on_stumbling_disk("a");
    database.write("b");
    busy.emplace();
    database.rocks().shrink(Family::Delta);
    database.write_while_flush_waits("c");
  }
  SECTION("a flush that is under way, and then fails, too") {
    database.write("a");
    database.fail_flush();
    database.write("b", std::size_t{8} << 20);
    database.write_on_stumbling_disk("c");
  }
  database.check_holds({"a", "b", "c"});
  database.write("d");
  database.open();
  database.check_holds({"a", "b", "c", "d"});
}

TEST_CASE("A flush that fails does not stop the database for good") {
  Database database(false);  // so that it is the flush that syncs the log
  database.write("a");
  database.stumble();
  database.write("b", std::size_t{8} << 20);
  BusyThread().finish();  // behind the flush
  CHECK(database.has_stumbled());
  database.write("c");
  database.check_holds({"a", "b", "c"});
  database.open();
  database.check_holds({"a", "b", "c"});
}

}  // namespace
}  // namespace tripten
