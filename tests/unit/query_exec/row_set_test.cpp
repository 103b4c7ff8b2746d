// The tables that operators keep rows in.
#include "query/exec/row_set.h"

#include <map>

#include <catch2/catch.hpp>

#include "query/exec/group_table.h"
#include "unit/query_exec/execution.h"

namespace tripten::test {

TEST_CASE("A row set numbers different rows in the order they come") {
  std::mt19937 random(11);
  for (const std::size_t width : {0, 1, 2, 3}) {
    MemoryBudget budget;
    const Interrupt interrupt;
    RowSet set;
    set.open(width, budget, interrupt);
    std::map<std::vector<TermId>, RowNumber> model;
    for (int round = 0; round < 20; ++round) {
      const Rows rows = ids(random_rows(random, width, 200, 9, 10));
      std::vector<Column> columns(width);
      for (const auto& row : rows)
        for (std::size_t i = 0; i < width; ++i)
          columns[i].push_back(row[i]);
      std::vector<const Column*> pointers;
      for (const Column& column : columns)
        pointers.push_back(&column);
      std::vector<RowNumber> numbers;
      set.add(pointers, rows.size(), numbers);
      for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto expected =
            model.emplace(rows[i], static_cast<RowNumber>(model.size())).first->second;
        REQUIRE(numbers[i] == expected);
        REQUIRE(set.find(rows[i].data()) == expected);
        REQUIRE_FALSE(set.add(rows[i].data()).is_new);
      }
      REQUIRE(set.size() == model.size());
    }
    set.clear();
    CHECK(set.size() == 0);
    const std::vector<TermId> row(width, number(1));
    CHECK(set.find(row.data()) == kNoRow);
    CHECK(set.add(row.data()).is_new);
  }
}

TEST_CASE(
    "Numbers are found by their hashes while their slots grow, and dropped with their memory") {
  MemoryBudget budget;
  const Interrupt interrupt;
  NumberSlots slots;
  slots.open(budget, interrupt);
  const auto hash_of = [](std::uint32_t number) {  // many hashes share their upper half
    return std::hash<TermId>{}(TermId(std::uint64_t{number % 1000})) & ~std::uint64_t{0xffffffff};
  };
  constexpr std::uint32_t kNumbers = 5000;
  for (std::uint32_t number = 1; number <= kNumbers; ++number) {
    slots.make_room(number);
    slots.add(hash_of(number), number);
  }
  for (std::uint32_t number = 1; number <= kNumbers; ++number)
    REQUIRE(
        slots.find(hash_of(number), [&](std::uint32_t found) { return found == number; }).number ==
        number);
  CHECK(slots.find(hash_of(1), [](std::uint32_t) { return false; }).number == 0);
  const std::size_t full = budget.used();
  slots.clear(kNumbers);
  CHECK(budget.used() == full);
  CHECK(slots.find(hash_of(7), [](std::uint32_t) { return true; }).number == 0);
  slots.clear(3);
  CHECK(slots.is_empty());
  CHECK(budget.used() == 0);
}

TEST_CASE("Tables that are opened again begin without memory and are charged anew") {
  MemoryBudget budget;
  const Interrupt interrupt;
  GroupTable groups;
  RowTable rows;
  Column far, near;
  for (std::uint64_t i = 0; i < 5000; ++i) {
    far.push_back(TermId(IdKind::Iri, i << 40));
    near.push_back(TermId(IdKind::Iri, i));
  }
  for (const Column* column : {&far, &near}) {
    std::vector<std::size_t> charged;
    for (int round = 0; round < 2; ++round) {
      groups.open(1, budget, interrupt);
      rows.open(1, budget, interrupt);
      CHECK(budget.used() == 0);
      CHECK(rows.columns()[0].capacity() == 0);
      std::vector<std::uint32_t> numbers;
      groups.find({column}, column->size(), numbers);
      rows.append({*column}, column->size());
      charged.push_back(budget.used());
    }
    CHECK(charged[0] == charged[1]);
    CHECK(charged[0] >= column->size() * (2 * sizeof(TermId) + sizeof(std::uint32_t)));
  }
}

TEST_CASE("A row set gives its memory back, and asks before it grows") {
  MemoryBudget budget(100'000);
  const Interrupt interrupt;
  {
    RowSet set;
    set.open(2, budget, interrupt);
    const auto fill = [&] {
      for (int i = 1; i < 100'000; ++i) {
        const std::vector<TermId> row{number(i), number(i)};
        set.add(row.data());
      }
    };
    CHECK_THROWS_AS(fill(), Error);
    CHECK(budget.used() <= budget.limit());
    CHECK(set.size() > 1000);
    const std::vector<TermId> first{number(1), number(1)};
    CHECK(set.find(first.data()) == 0);
  }
  CHECK(budget.used() == 0);
}

}  // namespace tripten::test
