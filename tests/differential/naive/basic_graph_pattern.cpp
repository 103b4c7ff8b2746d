#include "differential/naive/basic_graph_pattern.h"

namespace tripten::naive {

bool match(const PatternTerm& place, const Term& term, const Solution& given, Solution& solution) {
  if (const auto* constant = std::get_if<Term>(&place)) return *constant == term;
  const Variable& variable = std::get<Variable>(place);
  const auto value = given.find(variable);
  if (value != given.end() && value->second != term) return false;
  const auto [bound, is_new] = solution.try_emplace(variable, term);
  return is_new || bound->second == term;
}

Solutions eval_bgp(const Bgp& pattern, const RdfGraph& graph, const Solution& given,
                   Effort& effort) {
  Solutions solutions{{}};
  for (const TriplePattern& triple_pattern : pattern.patterns) {
    Solutions longer;
    for (const Solution& solution : solutions) {
      effort.spend(graph.size());
      for (const Triple& triple : graph) {
        Solution extended = solution;
        if (match(triple_pattern.subject, triple.subject, given, extended) &&
            match(triple_pattern.predicate, triple.predicate, given, extended) &&
            match(triple_pattern.object, triple.object, given, extended))
          longer.push_back(std::move(extended));
      }
    }
    solutions = std::move(longer);
  }
  return solutions;
}

}  // namespace tripten::naive
