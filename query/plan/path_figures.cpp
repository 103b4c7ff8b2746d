// Rough: a closure is taken to reach kReached nodes from each, a step to fan out as its predicates
// do on average.
#include "query/plan/path_figures.h"

#include <algorithm>

#include "query/algebra/overloaded.h"
#include "query/optimize/path_traits.h"
#include "query/plan/cost.h"

namespace tripten {

namespace {

constexpr double kReached = 20;
constexpr double kFanOut = 3;

double edges_of(const PropertyPath& path, PatternStatistics& statistics, QueryTerms& terms) {
  const auto below = [&](const PropertyPath& inner) { return edges_of(inner, statistics, terms); };
  return std::visit(
      Overloaded{
          [&](const PathLink& node) {
            const TermId id = terms.intern(view_of(node.iri));
            return id.kind() == IdKind::Local ? 0.0 : statistics.predicate_count(id);
          },
          [&](const PathNegatedSet&) { return static_cast<double>(statistics.all_quads()); },
          [&](const PathSequence& node) {
            return std::max(below(*node.first), below(*node.second));
          },
          [&](const PathAlternative& node) { return below(*node.first) + below(*node.second); },
          [&](const auto& node) { return below(*node.path); }},
      path.node);
}

}  // namespace

PathFigures path_figures(const PathPattern& pattern, PatternStatistics& statistics,
                         QueryTerms& terms) {
  const double edges = std::max(1.0, edges_of(pattern.path, statistics, terms));
  const double reached = std::min(edges, has_closure(pattern.path) ? kReached : kFanOut);
  PathFigures figures;
  figures.nodes = can_be_empty(pattern.path)
                      ? std::max(edges, static_cast<double>(statistics.all_quads()))
                      : edges;
  figures.walk_cost = kPathStepCost * reached;
  const bool from = std::holds_alternative<Term>(pattern.subject);
  const bool to = std::holds_alternative<Term>(pattern.object);
  if (from && to) {
    figures.rows = 1;
  } else if (from || to) {
    figures.rows = reached;
  } else {
    figures.rows = figures.nodes * reached;
  }
  figures.cost = kOpenCost + figures.walk_cost * (from || to ? 1 : figures.nodes);
  figures.nodes = std::min(figures.nodes, figures.rows);
  return figures;
}

}  // namespace tripten
