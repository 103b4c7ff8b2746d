#include "unit/query_plan/naive_path.h"

#include <algorithm>

#include "query/algebra/overloaded.h"

namespace tripten::test {

namespace {

using Nodes = std::set<Term>;

TermPairs distinct(const TermPairs& pairs) {
  const std::set<std::pair<Term, Term>> different(pairs.begin(), pairs.end());
  return {different.begin(), different.end()};
}

TermPairs sequence(const TermPairs& first, const TermPairs& second) {
  TermPairs pairs;
  for (const auto& [from, middle] : first)
    for (const auto& [other, to] : second)
      if (middle == other) pairs.emplace_back(from, to);
  return pairs;
}

TermPairs closure(TermPairs pairs, const TermPairs& step) {
  pairs = distinct(pairs);
  while (true) {
    TermPairs longer = pairs;
    for (const auto& pair : sequence(pairs, step))
      longer.push_back(pair);
    longer = distinct(longer);
    if (longer.size() == pairs.size()) return pairs;
    pairs = std::move(longer);
  }
}

TermPairs zero_length(const Nodes& nodes) {
  TermPairs pairs;
  for (const Term& node : nodes)
    pairs.emplace_back(node, node);
  return pairs;
}

TermPairs pairs_of(const PropertyPath& path, const NaiveEvaluator::TripleSet& graph,
                   const Nodes& nodes) {
  const auto inner = [&](const PropertyPath& part) { return pairs_of(part, graph, nodes); };
  return std::visit(
      Overloaded{[&](const PathLink& node) {
                   TermPairs pairs;
                   for (const auto& triple : graph)
                     if (triple.predicate == node.iri)
                       pairs.emplace_back(triple.subject, triple.object);
                   return pairs;
                 },
                 [&](const PathInverse& node) {
                   TermPairs pairs = inner(*node.path);
                   for (auto& [from, to] : pairs)
                     std::swap(from, to);
                   return pairs;
                 },
                 [&](const PathSequence& node) {
                   return sequence(inner(*node.first), inner(*node.second));
                 },
                 [&](const PathAlternative& node) {
                   TermPairs pairs = inner(*node.first);
                   const TermPairs more = inner(*node.second);
                   pairs.insert(pairs.end(), more.begin(), more.end());
                   return pairs;
                 },
                 [&](const PathZeroOrMore& node) {
                   return closure(zero_length(nodes), inner(*node.path));
                 },
                 [&](const PathOneOrMore& node) {
                   const TermPairs step = inner(*node.path);
                   return closure(step, step);
                 },
                 [&](const PathZeroOrOne& node) {
                   TermPairs pairs = zero_length(nodes);
                   const TermPairs step = inner(*node.path);
                   pairs.insert(pairs.end(), step.begin(), step.end());
                   return distinct(pairs);
                 },
                 [&](const PathNegatedSet& node) {
                   const auto holds = [](const std::vector<Term>& terms, const Term& term) {
                     return std::find(terms.begin(), terms.end(), term) != terms.end();
                   };
                   TermPairs pairs;
                   for (const auto& triple : graph) {
                     // A set of inverse members alone says nothing about forward steps.
                     const bool forward = !node.forward.empty() || node.inverse.empty();
                     if (forward && !holds(node.forward, triple.predicate))
                       pairs.emplace_back(triple.subject, triple.object);
                     if (!node.inverse.empty() && !holds(node.inverse, triple.predicate))
                       pairs.emplace_back(triple.object, triple.subject);
                   }
                   return pairs;
                 }},
      path.node);
}

}  // namespace

TermPairs path_pairs(const PropertyPath& path, const NaiveEvaluator::TripleSet& graph,
                     const std::optional<Term>& subject, const std::optional<Term>& object) {
  Nodes nodes;
  for (const auto& triple : graph) {
    nodes.insert(triple.subject);
    nodes.insert(triple.object);
  }
  if (subject) nodes.insert(*subject);
  if (object) nodes.insert(*object);
  return pairs_of(path, graph, nodes);
}

}  // namespace tripten::test
