#include "differential/naive/solution.h"

#include <algorithm>

namespace tripten::naive {

RdfDataset dataset_of(const TermQuads& quads, const DatasetClause& clause) {
  std::map<Term, RdfGraph> graphs;
  for (const TermQuad& quad : quads)
    graphs[quad[3]].insert({quad[0], quad[1], quad[2]});
  RdfDataset dataset;
  if (clause.empty()) {
    dataset.default_graph = graphs[Term()];
  } else {
    for (const Term& name : clause.default_graphs)
      dataset.default_graph.insert(graphs[name].begin(), graphs[name].end());
    for (const Term& name : clause.named_graphs)
      dataset.named[name] = graphs[name];
  }
  // A graph exists while it holds a triple, or where FROM NAMED says that it does.
  if (clause.empty() || clause.all_named)
    for (const auto& [name, graph] : graphs)
      if (name && !graph.empty()) dataset.named[name] = graph;
  return dataset;
}

bool compatible(const Solution& a, const Solution& b) {
  return std::all_of(a.begin(), a.end(), [&](const auto& binding) {
    const auto other = b.find(binding.first);
    return other == b.end() || other->second == binding.second;
  });
}

Solution merge(const Solution& a, const Solution& b) {
  Solution both = a;
  both.insert(b.begin(), b.end());
  return both;
}

bool disjoint_domains(const Solution& a, const Solution& b) {
  return std::none_of(a.begin(), a.end(),
                      [&](const auto& binding) { return b.contains(binding.first); });
}

Solution restricted_to(const Solution& solution, const std::vector<Variable>& variables) {
  Solution kept;
  for (const Variable& variable : variables)
    if (const auto found = solution.find(variable); found != solution.end()) kept.insert(*found);
  return kept;
}

std::string to_string(const Solutions& solutions) {
  std::vector<std::string> lines;
  for (const Solution& solution : solutions) {
    std::string line;
    for (const auto& [variable, term] : solution)
      line += "?" + variable.name + "=" + term.to_string() + " ";
    lines.push_back(line);
  }
  std::sort(lines.begin(), lines.end());
  std::string text;
  for (const std::string& line : lines)
    text += line + "\n";
  return text;
}

}  // namespace tripten::naive
