// A store as simple as can be, and the comparison of a real one with it.
#pragma once

#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <vector>

#include <catch2/catch.hpp>

#include "storage/generation_builder.h"
#include "storage/store.h"

namespace tripten::test {

using QuadSet = std::set<Quad>;

inline bool matches(const Quad& quad, const QuadPattern& pattern) {
  for (std::size_t i = 0; i < 4; ++i)
    if (pattern.terms[i] && pattern.terms[i] != quad.terms[i]) return false;
  return true;
}

/// The rows that scan() must give, in column order.
inline std::vector<Quad> expected_rows(const QuadSet& model, QuadOrder order,
                                       const QuadPattern& pattern) {
  std::vector<Quad> rows;
  for (const Quad& quad : model)
    if (matches(quad, pattern)) rows.push_back(to_order(quad, order));
  std::sort(rows.begin(), rows.end());
  return rows;
}

inline std::vector<Quad> all_rows(QuadScan scan, std::size_t limit = 4096) {
  std::vector<Quad> rows;
  QuadColumns columns;
  while (scan.next(columns, limit)) {
    REQUIRE(columns.rows <= limit);
    for (std::size_t i = 0; i < columns.rows; ++i)
      rows.push_back({{columns.columns[0][i], columns.columns[1][i], columns.columns[2][i],
                       columns.columns[3][i]}});
  }
  REQUIRE(columns.rows == 0);
  return rows;
}

/// Different values of the first `columns` columns, with the number of rows that have them.
using Runs = std::vector<std::pair<std::vector<TermId>, std::uint64_t>>;

inline void add_run(Runs& runs, const std::vector<TermId>& ids, std::uint64_t rows) {
  if (runs.empty() || runs.back().first != ids)
    runs.emplace_back(ids, rows);
  else
    runs.back().second += rows;
}

inline Runs all_runs(QuadScan scan, std::size_t columns, std::size_t limit) {
  Runs runs;
  ColumnRuns part;
  while (scan.next_runs(part, columns, limit))
    for (std::size_t i = 0; i < part.runs; ++i) {
      std::vector<TermId> ids;
      for (std::size_t c = 0; c < columns; ++c)
        ids.push_back(part.columns[c].at(i));
      add_run(runs, ids, part.counts.at(i));
    }
  REQUIRE(part.runs == 0);
  return runs;
}

inline Runs expected_runs(const std::vector<Quad>& rows, std::size_t columns) {
  Runs runs;
  for (const Quad& row : rows)
    add_run(runs, {row.terms.begin(), row.terms.begin() + static_cast<std::ptrdiff_t>(columns)}, 1);
  return runs;
}

/// Whether scan() takes a pattern in this order.
inline bool fits(QuadOrder order, const QuadPattern& pattern) {
  const Quad columns = to_order(pattern, order);
  std::size_t bound = 0;
  while (bound < 4 && columns.terms[bound])
    ++bound;
  for (std::size_t c = bound; c < 4; ++c)
    if (columns.terms[c] && (order == QuadOrder::Gspo || c != 3)) return false;
  return true;
}

/// Ids of terms that a store has, to make quads of.
struct TermPool {
  std::vector<TermId> subjects, predicates, objects, graphs;

  /// Gives a store `terms` IRIs, strings and blank nodes, four predicates and three graphs.
  static TermPool make(Store& store, unsigned terms) {
    TermPool pool;
    const auto transaction = store.begin();
    const auto iri = [&](const std::string& name) {
      return transaction->intern(view_of(Term::iri("http://ex.org/" + name)));
    };
    for (unsigned i = 0; i < terms; ++i) {
      pool.subjects.push_back(i % 4 ? iri("s" + std::to_string(i)) : transaction->fresh_blank());
      pool.objects.push_back(pool.subjects.back());
      pool.objects.push_back(
          transaction->intern(view_of(Term::literal("text " + std::to_string(i)))));
      pool.objects.push_back(transaction->intern(view_of(Term::integer(i * 7 - 3))));
    }
    for (unsigned i = 0; i < 4; ++i)
      pool.predicates.push_back(iri("p" + std::to_string(i)));
    for (unsigned i = 0; i < 3; ++i)
      pool.graphs.push_back(iri("g" + std::to_string(i)));
    pool.graphs.insert(pool.graphs.end(), 6, kDefaultGraph);
    // A commit keeps the terms of a transaction that changed something.
    const Quad quad{{pool.subjects[0], pool.predicates[0], pool.objects[0], kDefaultGraph}};
    transaction->insert(quad);
    transaction->erase(quad);
    transaction->commit();
    return pool;
  }

  Quad random_quad(std::mt19937& random) const {
    const auto pick = [&](const std::vector<TermId>& ids) { return ids[random() % ids.size()]; };
    return {{pick(subjects), pick(predicates), pick(objects), pick(graphs)}};
  }

  /// Random holes in a quad that may or may not be there.
  QuadPattern random_pattern(std::mt19937& random) const {
    QuadPattern pattern = random_quad(random);
    for (TermId& term : pattern.terms)
      if (random() % 2) term = kUnbound;
    return pattern;
  }
};

inline void require_equal(const StoreView& view, const QuadSet& model, std::mt19937& random,
                          const TermPool& pool, int patterns = 20) {
  REQUIRE(view.count({}) == model.size());
  for (int i = 0; i < patterns; ++i) {
    const QuadPattern pattern = i == 0 ? QuadPattern{} : pool.random_pattern(random);
    const auto count = view.count(pattern);
    const auto limit = random() % 2 ? 4096 : random() % 7 + 1;
    for (int o = 0; o < kQuadOrders; ++o) {
      const auto order = static_cast<QuadOrder>(o);
      if (!fits(order, pattern)) continue;
      const auto expected = expected_rows(model, order, pattern);
      REQUIRE(count == expected.size());
      REQUIRE(all_rows(view.scan(order, pattern), limit) == expected);
      const std::size_t leading = random() % 4;
      REQUIRE(all_runs(view.scan(order, pattern), leading, limit) ==
              expected_runs(expected, leading));
      // Seek from somewhere to somewhere.
      const Quad target = to_order(pool.random_quad(random), order);
      QuadScan scan = view.scan(order, pattern);
      std::size_t passed = 0;
      if (random() % 2) {
        QuadColumns columns;
        scan.next(columns, random() % 5 + 1);
        passed = columns.rows;
      }
      scan.seek(target);
      std::vector<Quad> rest(expected.begin() + static_cast<std::ptrdiff_t>(passed),
                             expected.end());
      rest.erase(rest.begin(), std::lower_bound(rest.begin(), rest.end(), target));
      REQUIRE(all_rows(std::move(scan), limit) == rest);
    }
    const Quad quad = pool.random_quad(random);
    REQUIRE(view.contains(quad) == model.contains(quad));
  }
  std::set<TermId> graphs;
  std::map<TermId, std::uint64_t> predicates;
  for (const Quad& quad : model) {
    if (quad.graph() != kDefaultGraph) graphs.insert(quad.graph());
    ++predicates[quad.predicate()];
  }
  REQUIRE(view.graphs() == std::vector<TermId>(graphs.begin(), graphs.end()));
  std::map<TermId, std::set<TermId>> subjects, objects;
  for (const Quad& quad : model) {
    subjects[quad.predicate()].insert(quad.subject());
    objects[quad.predicate()].insert(quad.object());
  }
  std::map<TermId, std::uint64_t> counted;
  for (const PredicateCounts& counts : view.predicates()) {
    counted[counts.predicate] = counts.quads;
    REQUIRE(counts.subjects == subjects[counts.predicate].size());
    REQUIRE(counts.objects == objects[counts.predicate].size());
  }
  REQUIRE(counted == predicates);
}

/// Adds quads as a load does, without terms. Without `shares_order` the order by graph is written
/// even where all quads are in one.
inline std::uint64_t load_quads(Store& store, const std::vector<Quad>& quads,
                                bool shares_order = true) {
  const auto builder = store.build_generation();
  std::optional<TermId> graph = quads.empty() ? kUnbound : quads[0].graph();
  for (const Quad& quad : quads)
    if (quad.graph() != *graph) {
      graph.reset();
      break;
    }
  const bool by_graph = !shares_order || builder->needs_graph_order(graph);
  for (int o = 0; o < kQuadOrders; ++o) {
    const auto order = static_cast<QuadOrder>(o);
    if (order == QuadOrder::Gspo && !by_graph) continue;
    std::vector<Quad> rows;
    for (const Quad& quad : quads)
      rows.push_back(to_order(quad, order));
    std::sort(rows.begin(), rows.end());
    bool is_done = false;
    builder->add_quads(order, [&](std::vector<Quad>& out) {
      if (std::exchange(is_done, true)) return false;
      out = rows;
      return true;
    });
  }
  return builder->commit();
}

}  // namespace tripten::test
