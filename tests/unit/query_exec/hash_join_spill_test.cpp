// Hash joins whose tables don't fit into memory: what they give in memory, by way of the disk.
#include <algorithm>
#include <filesystem>

#include <catch2/catch.hpp>

#include "unit/query_exec/execution.h"

namespace tripten::test {
namespace {

constexpr JoinKind kKinds[] = {JoinKind::Inner, JoinKind::Left, JoinKind::Semi, JoinKind::Anti,
                               JoinKind::Minus};

/// As many rows, values from 1 to `values`; `unbound` of 100 are unbound in the first column, and
/// one of 2000 in the second.
Rows large_rows(std::mt19937& random, std::size_t count, int values, int unbound) {
  Rows rows(count);
  int id = 0;
  for (auto& row : rows)
    row = {number(random_below(random, 100) < unbound ? 0 : 1 + random_below(random, values)),
           number(unbound && random_below(random, 2000) == 0 ? 0 : 1 + random_below(random, 3)),
           number(++id)};
  return rows;
}

struct Joined {
  Rows rows;
  std::uint64_t spilled;
};

/// With memory 0 all of it.
Joined join(const Rows& left, const Rows& right, JoinKind kind, bool build_left,
            bool with_condition, std::vector<std::size_t> sorted_by, std::size_t memory,
            std::size_t batch_rows = 1000) {
  SpillSpace space({std::filesystem::temp_directory_path()});
  Execution execution(empty_view(), batch_rows, memory ? memory : MemoryBudget::kUnlimited);
  if (memory) execution.context.spill = &space;
  std::optional<Expression> condition;
  if (with_condition) condition = call(Function::Less, {expr("l"), expr("r")});
  const auto root = hash_join(rows_of({"a", "b", "l"}, left, sorted_by),
                              rows_of({"a", "b", "r"}, right), kind, condition, {}, build_left);
  Joined joined{execution.run(*root), 0};
  if (memory) CHECK(execution.run(*root).size() == joined.rows.size());  // opened again
  std::sort(joined.rows.begin(), joined.rows.end());
  joined.spilled = space.written();
  CHECK(execution.budget.peak() <= execution.budget.limit());
  return joined;
}

}  // namespace

TEST_CASE("Hash joins on the disk give what they give in memory, whatever is unbound") {
  for (unsigned seed = 1; seed <= 3; ++seed) {
    std::mt19937 random(seed);
    // Keys bound in every row part the rows; where they are not, the table comes in pieces.
    const int unbound = seed == 1 ? 0 : 1;
    const Rows left = large_rows(random, 9000, 8000, unbound);
    const Rows right = large_rows(random, 9000, 8000, unbound);
    for (const JoinKind kind : kKinds)
      for (const bool build_left : {false, true})
        for (const bool with_condition : {false, true}) {
          INFO("seed " << seed << " kind " << static_cast<int>(kind) << " build left " << build_left
                       << " condition " << with_condition);
          const Joined expected = join(left, right, kind, build_left, with_condition, {}, 0);
          const Joined found = join(left, right, kind, build_left, with_condition, {}, 900'000);
          CHECK(found.rows == expected.rows);
          CHECK(found.spilled > 0);
        }
  }
}

TEST_CASE("Hash joins on the disk keep the order that they promise") {
  std::mt19937 random(7);
  for (const int unbound : {0, 1}) {
    Rows left = large_rows(random, 6000, 8000, unbound);
    std::sort(left.begin(), left.end(), [](const auto& a, const auto& b) { return a[2] < b[2]; });
    const Rows right = large_rows(random, 9000, 8000, unbound);
    for (const JoinKind kind : kKinds) {
      INFO("kind " << static_cast<int>(kind) << " unbound " << unbound);
      const Joined expected = join(left, right, kind, false, true, {2}, 0);
      const Joined found = join(left, right, kind, false, true, {2}, 900'000);
      CHECK(found.rows == expected.rows);
      CHECK(found.spilled > 0);
    }
  }
}

TEST_CASE("One key with more rows than memory has room for is joined in pieces") {
  Rows left, right;
  for (int i = 1; i <= 20; ++i)
    left.push_back({number(i % 2 + 1), number(1), number(i)});
  for (int i = 1; i <= 20'000; ++i)
    right.push_back({number(1), number(1), number(i)});
  for (const JoinKind kind : kKinds) {
    INFO("kind " << static_cast<int>(kind));
    const Joined expected = join(left, right, kind, false, false, {}, 0);
    const Joined found = join(left, right, kind, false, false, {}, 900'000);
    CHECK(found.rows == expected.rows);
    CHECK(found.spilled > 0);
  }
}

TEST_CASE("A product whose table does not fit into memory is made from the disk") {
  SpillSpace space({std::filesystem::temp_directory_path()});
  Execution execution(empty_view(), 1000, 900'000);
  execution.context.spill = &space;
  Rows many;
  for (int i = 1; i <= 20'000; ++i)
    many.push_back({number(i)});
  const auto product = hash_join(rows_of({"a"}, Numbers{{1}, {2}, {3}}), rows_of({"b"}, many),
                                 JoinKind::Inner, {}, {});
  Rows rows = execution.run(*product);
  std::sort(rows.begin(), rows.end());
  CHECK(rows.size() == 60'000);
  CHECK(std::adjacent_find(rows.begin(), rows.end()) == rows.end());
  CHECK(space.written() > 0);
}

}  // namespace tripten::test
