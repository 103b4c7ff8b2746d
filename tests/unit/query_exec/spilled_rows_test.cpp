// Rows on the disk come back as they went, parted by their hashes or not; damage is noticed.
#include "query/exec/spilled_rows.h"

#include <filesystem>
#include <map>
#include <set>

#include <catch2/catch.hpp>

#include "query/exec/row_hash.h"
#include "query/exec/row_partitions.h"
#include "unit/query_exec/execution.h"

namespace tripten::test {
namespace {

std::vector<std::filesystem::path> folders() {
  return {std::filesystem::temp_directory_path()};
}

Rows read_all(const SpilledRows& rows, MemoryBudget& budget) {
  SpilledRows::Reader reader(rows, budget);
  Rows found;
  Batch batch;
  while (reader.next(batch))
    for (std::size_t row = 0; row < batch.rows; ++row) {
      auto& values = found.emplace_back();
      for (const Column& column : batch.columns)
        values.push_back(column[row]);
    }
  return found;
}

/// Values of every size, unbound ones and those with the highest bit among them.
Rows wild_rows(std::size_t count, std::mt19937_64& random) {
  Rows rows(count);
  for (auto& row : rows)
    row = {TermId(random() >> random() % 64), number(7), random() % 2 ? kUnbound : TermId(~0ULL),
           TermId(IdKind::Iri, random() % 1000)};
  return rows;
}

}  // namespace

TEST_CASE("Spilled rows come back as they were appended, in their order") {
  std::mt19937_64 random(5);
  Execution execution;
  SpillSpace space(folders());
  for (const std::size_t count : {0U, 1U, 1023U, 1024U, 1025U, 5000U}) {
    INFO(count << " rows");
    const std::size_t before = execution.budget.used();
    const Rows rows = wild_rows(count, random);
    {
      SpilledRows spilled(std::make_shared<SpillFile>(space.make_file()), 4, execution.budget);
      for (const auto& row : rows)
        spilled.append_row(row.data());
      spilled.finish();
      CHECK(spilled.rows() == count);
      CHECK(read_all(spilled, execution.budget) == rows);
      CHECK(read_all(spilled, execution.budget) == rows);  // as often as one likes
    }
    CHECK(execution.budget.used() == before);
  }
  CHECK(space.used() == 0);
}

TEST_CASE("Spilled batches and gathered rows come back, and rows without columns are counted") {
  Execution execution;
  SpillSpace space(folders());
  const auto file = std::make_shared<SpillFile>(space.make_file());
  SpilledRows spilled(file, 2, execution.budget, 4);
  const std::vector<Column> columns{{number(1), number(2), number(3)},
                                    {number(4), kUnbound, number(6)}};
  spilled.append(columns, 1, 3);
  spilled.append_gathered(columns, {2, 0, 1}, 0, 3);
  spilled.finish();
  CHECK(read_all(spilled, execution.budget) == ids({{2, 0}, {3, 6}, {3, 6}, {1, 4}, {2, 0}}));
  SpilledRows empty(file, 0, execution.budget, 4);
  empty.append({}, 0, 9);
  empty.finish();
  CHECK(read_all(empty, execution.budget).size() == 9);
}

TEST_CASE("Ids of one kind take few bytes on the disk") {
  Execution execution;
  SpillSpace space(folders());
  SpilledRows spilled(std::make_shared<SpillFile>(space.make_file()), 2, execution.budget);
  for (std::uint64_t i = 0; i < 10'240; ++i) {
    const TermId row[] = {TermId(IdKind::Iri, 5'000'000 + i * 7 % 60'000), number(1)};
    spilled.append_row(row);
  }
  spilled.finish();
  CHECK(spilled.bytes() < 10'240 * 3);
}

TEST_CASE("Spilled rows whose bytes were changed are an error") {
  Execution execution;
  SpillSpace space(folders());
  const auto file = std::make_shared<SpillFile>(space.make_file());
  SpilledRows spilled(file, 1, execution.budget);
  const TermId row[] = {number(300)};
  for (int i = 0; i < 100; ++i)
    spilled.append_row(row);
  spilled.finish();
  file->overwrite(9, "x");
  try {
    read_all(spilled, execution.budget);
    FAIL("nothing was thrown");
  } catch (const Error& error) {
    CHECK(error.code == ErrorCode::Io);
  }
}

TEST_CASE("Partitions hold each row once, and rows with equal hashes together, at every level") {
  std::mt19937_64 random(6);
  SpillSpace space(folders());
  Execution execution;
  execution.context.spill = &space;
  for (int level = 0; level < RowPartitions::kMostLevels; ++level) {
    RowPartitions partitions(2, level, execution.context);
    Batch batch;
    batch.reset(2);
    for (int i = 0; i < 3000; ++i) {
      batch.columns[0].push_back(number(1 + static_cast<int>(random() % 500)));
      batch.columns[1].push_back(number(i + 1));
      ++batch.rows;
    }
    std::vector<std::uint64_t> hashes;
    hash_rows(std::vector<const Column*>{batch.columns.data()}, batch.rows, hashes);
    partitions.append(batch, hashes);
    partitions.finish();
    std::map<TermId, std::size_t> part_of;
    std::set<TermId> seen;
    std::size_t largest = 0;
    for (std::size_t part = 0; part < RowPartitions::kCount; ++part) {
      const Rows rows = read_all(partitions.part(part), execution.budget);
      largest = std::max(largest, rows.size());
      for (const auto& row : rows) {
        CHECK(part_of.emplace(row[0], part).first->second == part);
        CHECK(seen.insert(row[1]).second);
      }
    }
    CHECK(seen.size() == 3000);
    CHECK(largest < 600);
  }
}

TEST_CASE("Spilling beyond the disk limit, or without memory for its buffers, ends with Limit") {
  Execution execution(empty_view(), 1024, 1'000'000);
  SpillSpace space(folders(), 1000);
  SpilledRows spilled(std::make_shared<SpillFile>(space.make_file()), 1, execution.budget);
  const auto fill = [&] {
    for (int i = 1; i < 100'000; ++i) {
      const TermId row[] = {number(i)};
      spilled.append_row(row);
    }
  };
  CHECK_THROWS_AS(fill(), Error);
  CHECK(space.used() <= 1000);
  Execution poor(empty_view(), 1024, 1000);
  CHECK_THROWS_AS(SpilledRows(std::make_shared<SpillFile>(space.make_file()), 8, poor.budget),
                  Error);
}

}  // namespace tripten::test
