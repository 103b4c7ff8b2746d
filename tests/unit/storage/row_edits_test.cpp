// Rows of a delta among decoded rows, against a merge of sets.
#include "storage/row_edits.h"

#include <algorithm>
#include <random>
#include <set>
#include <vector>

#include <catch2/catch.hpp>

namespace tripten {
namespace {

std::vector<Quad> random_rows(std::mt19937& random, std::size_t most) {
  std::vector<Quad> rows(random() % most + 1);
  const unsigned spread = 1u << (random() % 10);
  for (Quad& row : rows)
    for (TermId& id : row.terms)
      id = TermId(IdKind::Iri, random() % spread);
  std::sort(rows.begin(), rows.end());
  rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
  return rows;
}

struct Columns {
  std::array<std::vector<TermId>, 4> ids{};
  ColumnPointers pointers{};
};

Columns columns_of(const std::vector<Quad>& rows, std::size_t room) {
  Columns columns;
  for (std::size_t c = 0; c < 4; ++c) {
    columns.ids[c].resize(room);
    for (std::size_t i = 0; i < rows.size(); ++i)
      columns.ids[c][i] = rows[i].terms[c];
    columns.pointers[c] = columns.ids[c].data();
  }
  return columns;
}

TEST_CASE("A row is found where a search of the whole rows finds it") {
  std::mt19937 random(41);
  for (int round = 0; round < 300; ++round) {
    const auto rows = random_rows(random, 600);
    const Columns columns = columns_of(rows, rows.size());
    for (int i = 0; i < 20; ++i) {
      const std::size_t from = random() % (rows.size() + 1);
      Quad wanted = rows[random() % rows.size()];
      TermId& id = wanted.terms[random() % 4];
      id = TermId(id.bits() + random() % 3 - 1);
      const auto begin = rows.begin() + static_cast<long>(from);
      REQUIRE(find_row(columns.pointers, from, rows.size(), wanted) ==
              static_cast<std::size_t>(std::lower_bound(begin, rows.end(), wanted) - rows.begin()));
    }
  }
}

TEST_CASE("Edited rows are the old ones without the deleted and with the inserted") {
  std::mt19937 random(42);
  for (int round = 0; round < 500; ++round) {
    const auto rows = random_rows(random, 400), others = random_rows(random, 100);
    std::set<Quad> expected(rows.begin(), rows.end());
    Columns columns = columns_of(rows, rows.size() + others.size());
    std::set<Quad> set(others.begin(), others.end());
    for (std::size_t i = 0; i < rows.size(); i += 1 + random() % 40)
      set.insert(rows[i]);
    const std::vector<Quad> changes(set.begin(), set.end());
    std::vector<RowEdit> edits;
    for (std::size_t i = 0; i < changes.size(); ++i) {
      const std::size_t place = find_row(columns.pointers, 0, rows.size(), changes[i]);
      if (place < rows.size() && rows[place] == changes[i]) {
        edits.push_back({place});
        expected.erase(changes[i]);
        continue;
      }
      expected.insert(changes[i]);
      const bool is_same_place =
          !edits.empty() && !edits.back().is_deletion() && edits.back().place == place;
      if (is_same_place && random() % 4 > 0)
        edits.back().inserted = {edits.back().inserted.data(), edits.back().inserted.size() + 1};
      else
        edits.push_back({place, {&changes[i], 1}});
    }
    std::vector<Quad> found(expected.size());
    for (std::size_t c = 0; c < 4; ++c) {
      apply_edits(edits, c, rows.size(), columns.ids[c].data());
      for (std::size_t i = 0; i < found.size(); ++i)
        found[i].terms[c] = columns.ids[c][i];
    }
    REQUIRE(found == std::vector<Quad>(expected.begin(), expected.end()));
  }
}

}  // namespace
}  // namespace tripten
