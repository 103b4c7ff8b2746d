// The equations of §18.4 for a path between two ends, each a term or free. A result is a multiset
// of pairs (from, to): what X and Y are in one solution.
#include "differential/naive/property_path.h"

#include <algorithm>
#include <optional>

#include "differential/naive/basic_graph_pattern.h"
#include "query/algebra/overloaded.h"

namespace tripten::naive {

namespace {

using End = std::optional<Term>;  // a term, or a variable of its own
using Pairs = std::vector<std::pair<Term, Term>>;
using Nodes = std::set<Term>;

bool fits(const End& end, const Term& term) {
  return !end || *end == term;
}

class PathEvaluation {
 public:
  PathEvaluation(const RdfGraph& graph, Effort& effort) : graph_(graph), effort_(effort) {}

  Pairs eval(const End& x, const PropertyPath& path, const End& y) {
    return std::visit([&](const auto& node) { return eval_node(x, node, y); }, path.node);
  }

 private:
  /// link: the triple pattern X iri Y.
  Pairs eval_node(const End& x, const PathLink& path, const End& y) {
    return steps(x, y, [&](const Term& predicate) { return predicate == path.iri; });
  }

  /// inv: eval(Path(Y, P, X)).
  Pairs eval_node(const End& x, const PathInverse& path, const End& y) {
    return swapped(eval(y, *path.path, x));
  }

  /// seq: Join(eval(Path(X, P, ?v)), eval(Path(?v, Q, Y))), where ?v is a fresh variable.
  Pairs eval_node(const End& x, const PathSequence& path, const End& y) {
    const Pairs first = eval(x, *path.first, {}), second = eval({}, *path.second, y);
    effort_.spend(first.size() * second.size());
    Pairs pairs;
    for (const auto& [from, middle] : first)
      for (const auto& [same, to] : second)
        if (middle == same) pairs.emplace_back(from, to);
    return pairs;
  }

  /// alt: Union(eval(Path(X, P, Y)), eval(Path(X, Q, Y))).
  Pairs eval_node(const End& x, const PathAlternative& path, const End& y) {
    Pairs pairs = eval(x, *path.first, y);
    const Pairs more = eval(x, *path.second, y);
    pairs.insert(pairs.end(), more.begin(), more.end());
    return pairs;
  }

  /// ZeroOrOnePath: each pair once.
  Pairs eval_node(const End& x, const PathZeroOrOne& path, const End& y) {
    Pairs pairs = zero_length(x, y);
    const Pairs one = eval(x, *path.path, y);
    pairs.insert(pairs.end(), one.begin(), one.end());
    return distinct(pairs);
  }

  /// ZeroOrMorePath: a case for each combination of terms and variables.
  Pairs eval_node(const End& x, const PathZeroOrMore& path, const End& y) {
    if (!x && y) return swapped(eval_node(y, PathZeroOrMore{inverse(*path.path)}, x));
    Pairs pairs;
    for (const Term& from : x ? Nodes{*x} : nodes())
      for (const Term& to : alp(from, *path.path))
        if (fits(y, to)) pairs.emplace_back(from, to);
    return pairs;
  }

  /// OneOrMorePath: the same, from what one step reaches.
  Pairs eval_node(const End& x, const PathOneOrMore& path, const End& y) {
    if (!x && y) return swapped(eval_node(y, PathOneOrMore{inverse(*path.path)}, x));
    Pairs pairs;
    for (const Term& from : x ? Nodes{*x} : nodes()) {
      Nodes visited;
      for (const auto& [start, next] : eval(from, *path.path, {}))
        alp(next, *path.path, visited);
      for (const Term& to : visited)
        if (fits(y, to)) pairs.emplace_back(from, to);
    }
    return pairs;
  }

  /// NPS: forward members exclude predicates of triples read forward, inverse members of those read
  /// backward; a direction without members is not taken where the other has some (§9.1).
  Pairs eval_node(const End& x, const PathNegatedSet& path, const End& y) {
    const auto outside = [](const std::vector<Term>& set) {
      return [&set](const Term& predicate) {
        return std::find(set.begin(), set.end(), predicate) == set.end();
      };
    };
    Pairs pairs;
    if (!path.forward.empty() || path.inverse.empty()) pairs = steps(x, y, outside(path.forward));
    if (!path.inverse.empty())
      for (auto& pair : swapped(steps(y, x, outside(path.inverse))))
        pairs.push_back(std::move(pair));
    return pairs;
  }

  template <typename Accepts>
  Pairs steps(const End& x, const End& y, Accepts accepts) {
    effort_.spend(graph_.size());
    Pairs pairs;
    for (const Triple& triple : graph_)
      if (accepts(triple.predicate) && fits(x, triple.subject) && fits(y, triple.object))
        pairs.emplace_back(triple.subject, triple.object);
    return pairs;
  }

  /// ZeroLengthPath: a term reaches itself; between variables every node of the graph does.
  Pairs zero_length(const End& x, const End& y) {
    Pairs pairs;
    for (const Term& node : x ? Nodes{*x} : y ? Nodes{*y} : nodes())
      if (fits(y, node)) pairs.emplace_back(node, node);
    return pairs;
  }

  /// "Let nodes(G) be the set of all nodes (subjects and objects) of G."
  Nodes nodes() {
    effort_.spend(graph_.size());
    Nodes all;
    for (const Triple& triple : graph_) {
      all.insert(triple.subject);
      all.insert(triple.object);
    }
    return all;
  }

  Nodes alp(const Term& start, const PropertyPath& path) {
    Nodes visited;
    alp(start, path, visited);
    return visited;
  }
  /// ALP(γ, path, V): "if γ in V return; add γ to V; for all n in eval(γ, path): ALP(n, path, V)".
  void alp(const Term& start, const PropertyPath& path, Nodes& visited) {
    if (!visited.insert(start).second) return;
    for (const auto& [from, next] : eval(start, path, {}))
      alp(next, path, visited);
  }

  static PropertyPath inverse(const PropertyPath& path) { return {PathInverse{path}}; }
  static Pairs swapped(Pairs pairs) {
    for (auto& [from, to] : pairs)
      std::swap(from, to);
    return pairs;
  }
  static Pairs distinct(const Pairs& pairs) {
    const std::set<std::pair<Term, Term>> different(pairs.begin(), pairs.end());
    return {different.begin(), different.end()};
  }

  const RdfGraph& graph_;
  Effort& effort_;
};

}  // namespace

Solutions eval_path(const Path& path, const RdfGraph& graph, const Solution& given,
                    Effort& effort) {
  const auto end_of = [&](const PatternTerm& place) -> End {
    if (const auto* term = std::get_if<Term>(&place)) return *term;
    const auto value = given.find(std::get<Variable>(place));
    return value == given.end() ? End() : End(value->second);
  };
  Solutions solutions;
  PathEvaluation evaluation(graph, effort);
  for (const auto& [from, to] :
       evaluation.eval(end_of(path.subject), path.path, end_of(path.object))) {
    Solution solution;
    if (match(path.subject, from, given, solution) && match(path.object, to, given, solution))
      solutions.push_back(std::move(solution));
  }
  return solutions;
}

}  // namespace tripten::naive
