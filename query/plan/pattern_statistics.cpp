#include "query/plan/pattern_statistics.h"

#include <algorithm>

#include "base/check.h"

namespace tripten {

namespace {

constexpr std::uint64_t kCountedByGraph = 20'000;  // rows whose graphs are worth reading
constexpr std::size_t kLookedAt = 1024;            // rows of the first look
constexpr std::size_t kFewValues = 8;              // fewer than that in a look: jump
constexpr std::size_t kJumps = 24;

QuadPattern triple_of(const ScanPattern& pattern) {
  return {{pattern.subject.id, pattern.predicate.id, pattern.object.id, kUnbound}};
}

std::size_t constants_of(const QuadPattern& triple) {
  return static_cast<std::size_t>(std::count_if(triple.terms.begin(), triple.terms.begin() + 3,
                                                [](TermId id) { return bool(id); }));
}

}  // namespace

QuadOrder order_for(const QuadPattern& triple, std::size_t position) {
  const std::size_t constants = constants_of(triple);
  for (int i = 0; i < static_cast<int>(QuadOrder::Gspo); ++i) {
    const auto order = static_cast<QuadOrder>(i);
    const auto positions = order_positions(order);
    const bool leads =
        std::all_of(positions.begin(), positions.begin() + static_cast<int>(constants),
                    [&](std::uint8_t at) { return bool(triple.terms[at]); });
    if (leads && (constants == 3 || positions[constants] == position)) return order;
  }
  check(false, "no order begins with a pattern's constants");
  return QuadOrder::Spog;
}

std::uint64_t PatternStatistics::free_count(const QuadPattern& triple) {
  const auto [found, is_new] = counts_.try_emplace(triple, 0);
  if (is_new) found->second = view_.count(triple);
  return found->second;
}

double PatternStatistics::predicate_count(TermId predicate) {
  return static_cast<double>(free_count({{kUnbound, predicate, kUnbound, kUnbound}}));
}

PatternStatistics::Count PatternStatistics::count_in(const QuadPattern& triple, TermId graph) {
  if (graph.kind() == IdKind::Local) return {0, true};
  const std::uint64_t all = free_count(triple);
  if (all == 0) return {0, true};
  if (graph == kDefaultGraph && dataset_.store_named.empty())
    return {static_cast<double>(all), true};
  QuadPattern quads = triple;
  quads.terms[3] = graph;
  if (all <= kCountedByGraph || constants_of(triple) == 0)
    return {static_cast<double>(free_count(quads)), true};
  const auto graph_quads = static_cast<double>(free_count({{kUnbound, kUnbound, kUnbound, graph}}));
  const auto total = static_cast<double>(all_quads());
  return {std::max(1.0, static_cast<double>(all) * graph_quads / total), false};
}

PatternStatistics::Count PatternStatistics::count(const ScanPattern& pattern) {
  const QuadPattern triple = triple_of(pattern);
  for (const TermId id : triple.terms)
    if (id.kind() == IdKind::Local) return {0, true};
  const ActiveGraph& active = pattern.graph;
  const auto all = static_cast<double>(free_count(triple));
  if (all == 0) return {0, true};
  switch (active.kind) {
    case ActiveGraph::Kind::One:
      return count_in(triple, active.graphs[0]);
    case ActiveGraph::Kind::Parameter: {
      const auto graphs =
          static_cast<double>((dataset_.restricted ? dataset_.named : dataset_.store_named).size());
      return {std::max(1.0, all / std::max(1.0, graphs)), false};
    }
    case ActiveGraph::Kind::EachNamed:
      if (!active.restricted) {
        const Count outside = count_in(triple, kDefaultGraph);
        return {std::max(outside.exact ? 0.0 : 1.0, all - outside.rows), outside.exact};
      }
      break;
    case ActiveGraph::Kind::Merge:
      break;
  }
  Count sum{0, true};
  for (const TermId graph : active.graphs) {
    const Count one = count_in(triple, graph);
    sum.rows += one.rows;
    sum.exact = sum.exact && one.exact && (one.rows == 0 || active.graphs.size() == 1);
  }
  return {std::min(sum.rows, all), sum.exact};
}

double PatternStatistics::distinct(const ScanPattern& pattern, std::size_t position) {
  const QuadPattern triple = triple_of(pattern);
  const auto [found, is_new] = distinct_[position].try_emplace(triple, 0);
  if (!is_new) return found->second;
  const std::uint64_t quads = free_count(triple);
  const bool is_shared = known_ && quads >= KnownValues::kFewestQuads;
  const auto known = is_shared ? known_->find(triple, position, quads) : std::nullopt;
  found->second = known ? *known : look(triple, position);
  if (is_shared && !known) known_->note(triple, position, quads, found->second);
  return found->second;
}

/// See above the class: the values in the first rows, or the quads behind the first few values.
double PatternStatistics::look(const QuadPattern& triple, std::size_t position) {
  const auto total = static_cast<double>(free_count(triple));
  if (total <= 4) return std::max(1.0, total);
  const QuadOrder order = order_for(triple, position);
  const std::size_t column = constants_of(triple);
  QuadScan scan = view_.scan(order, triple);
  QuadColumns rows;
  if (!scan.next(rows, kLookedAt)) return 1;
  std::size_t values = 1;
  for (std::size_t row = 1; row < rows.rows; ++row)
    values += rows.columns[column][row] != rows.columns[column][row - 1];
  const auto looked_at = static_cast<double>(rows.rows);
  if (looked_at >= total) return static_cast<double>(values);
  if (values >= kFewValues) return total * static_cast<double>(values) / looked_at;

  // Long runs: jump from value to value, and count the quads of each.
  double jumped = 0, passed = 0;
  Quad target{};
  for (std::size_t i = 0; i < column; ++i)
    target.terms[i] = rows.columns[i][0];
  scan = view_.scan(order, triple);
  while (jumped < static_cast<double>(kJumps) && scan.next(rows, 1)) {
    const TermId value = rows.columns[column][0];
    QuadPattern one = triple;
    one.terms[position] = value;
    passed += static_cast<double>(view_.count(one));
    ++jumped;
    target.terms[column] = TermId(value.bits() + 1);
    scan.seek(target);
  }
  return passed >= total ? jumped : total * jumped / std::max(1.0, passed);
}

}  // namespace tripten
