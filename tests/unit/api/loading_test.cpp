// Loads of files through the embedding API.
#include "api/loading.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>

#include <catch2/catch.hpp>

#include "tripten/tripten.h"

#include "storage/store.h"
#include "tests/unit/storage/temporary_folder.h"

namespace tripten {
namespace {

/// A file of `count` lines, each with a subject of its own from `first` on.
std::filesystem::path lines(const test::TemporaryFolder& folder, int first, int count) {
  const std::filesystem::path file = folder / (std::to_string(first) + ".nt");
  std::ofstream out(file);
  for (int i = first; i < first + count; ++i)
    out << "<http://ex.org/" << i << "> <http://ex.org/p> \"" << i << "\" .\n";
  return file;
}

TEST_CASE("A load that is small beside the database goes through the delta, others don't") {
  const test::TemporaryFolder folder;
  Database db = Database::in_memory();
  db.load(lines(folder, 100'000, 30'000));
  CHECK(db.info().delta_rows == 0);
  CHECK(db.load(lines(folder, 1000, 100)).inserted == 100);
  CHECK(db.info().delta_rows == 100);
  CHECK(db.load(lines(folder, 2000, 1000)).inserted == 1000);
  CHECK(db.info().delta_rows == 0);
  CHECK(db.info().quads == 31'100);
}

TEST_CASE("Many loads do not leave as many runs of terms") {
  const test::TemporaryFolder folder;
  const StorePtr store = Store::open(folder / "many.db", {});
  std::vector<std::string> stages;
  LoadOptions options;
  options.progress = [&](const LoadProgress& progress) { stages.emplace_back(progress.stage); };
  for (int i = 0; i < 40; ++i) {
    const LoadReport report = load_files(*store, {lines(folder, i, 1)}, options, 64 << 20);
    CHECK(report.inserted == 1);
    CHECK(store->statistics().term_runs <= 16);
  }
  CHECK(std::count(stages.begin(), stages.end(), "compacting") > 0);
  const StoreStatistics statistics = store->statistics();
  CHECK(statistics.quads == 40);
  CHECK(statistics.terms == 40 + 40 + 1);
  const SnapshotPtr snapshot = store->snapshot();
  for (int i = 0; i < 40; ++i) {
    const Term subject = Term::iri("http://ex.org/" + std::to_string(i));
    const auto id = snapshot->find(view_of(subject));
    REQUIRE(id);
    CHECK(snapshot->count({{*id, kUnbound, kUnbound, kUnbound}}) == 1);
  }
}

TEST_CASE("A stop of the compaction after many loads leaves the load done") {
  const test::TemporaryFolder folder;
  const StorePtr store = Store::open(folder / "many.db", {});
  for (int i = 0; i < 16; ++i)
    load_files(*store, {lines(folder, i, 1)}, {}, 64 << 20);
  CHECK(store->statistics().term_runs == 16);
  std::stop_source stop;
  LoadOptions options;
  options.stop = stop.get_token();
  options.progress = [&](const LoadProgress& progress) {
    if (progress.stage == "switching") stop.request_stop();
  };
  const LoadReport stopped = load_files(*store, {lines(folder, 16, 1)}, options, 64 << 20);
  CHECK(stopped.inserted == 1);
  CHECK(!stopped.not_compacted.empty());
  CHECK(store->statistics().term_runs == 17);
  CHECK(store->statistics().quads == 17);
  CHECK(load_files(*store, {lines(folder, 17, 1)}, {}, 64 << 20).not_compacted.empty());
  CHECK(store->statistics().term_runs == 1);
  CHECK(store->statistics().quads == 18);
}

TEST_CASE("A load tells how far it is") {
  const test::TemporaryFolder folder;
  Database db = Database::in_memory();
  std::vector<std::string> stages;
  double done = -1;
  LoadOptions options;
  options.progress = [&](const LoadProgress& progress) {
    if (stages.empty() || stages.back() != progress.stage) stages.emplace_back(progress.stage);
    CHECK(progress.done >= done);
    CHECK(progress.done <= 1);
    done = progress.done;
  };
  const LoadReport report = db.load(std::vector{lines(folder, 0, 50'000)}, options);
  CHECK(report.inserted == 50'000);
  CHECK(stages == std::vector<std::string>{"reading", "sorting terms", "writing terms", "writing",
                                           "switching"});
  CHECK(done == 1);
}

TEST_CASE("Files of many formats are loaded by all threads at once into one state") {
  const test::TemporaryFolder folder;
  for (int i = 0; i < 12; ++i)
    std::ofstream(folder / (std::to_string(i) + ".ttl"))
        << "@prefix : <http://ex.org/> . :s" << i << " :p [ :q " << i << " ] , \"x\" .";
  lines(folder, 100, 20);
  Database db = Database::in_memory();
  const LoadReport report = db.load(std::vector{folder.path()}, LoadOptions{});
  CHECK(report.files == 13);
  CHECK(report.statements == 12 * 3 + 20);
  CHECK(report.inserted == report.statements);
  std::ofstream(folder / "7.ttl") << "@prefix : <http://ex.org/> . :s :p ;; .";
  CHECK_THROWS_AS(db.load(std::vector{folder.path()}, LoadOptions{}), Error);
  CHECK(db.info().quads == report.inserted);
  LoadOptions lenient;
  lenient.lenient = true;
  const LoadReport second = db.load(std::vector{folder.path()}, lenient);
  CHECK(second.skipped == 1);
  REQUIRE(second.first_skipped.size() == 1);
  CHECK(second.first_skipped.front().find("7.ttl, line 1, column ") != std::string::npos);
}

}  // namespace
}  // namespace tripten
