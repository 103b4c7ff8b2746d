#include "query/exec/describe.h"

#include "query/algebra/print.h"
#include "storage/inline_term.h"

namespace tripten {

namespace {

std::string describe_id(TermId id) {
  if (id.is_inline()) {
    std::string text = "\"";
    append_inline_lexical(id, text);
    return text + '"';
  }
  return "#" + std::to_string(id.bits());
}

std::string describe_term(const ScanTerm& term) {
  if (term.variable) return to_string(*term.variable);
  return term.term ? to_string(term.term) : describe_id(term.id);
}

}  // namespace

std::string describe_pattern(const ScanPattern& pattern) {
  return describe_term(pattern.subject) + ' ' + describe_term(pattern.predicate) + ' ' +
         describe_term(pattern.object) + describe_graph(pattern.graph);
}

std::string describe_graph(const ActiveGraph& graph) {
  switch (graph.kind) {
    case ActiveGraph::Kind::One:
      if (graph.graphs.empty() || graph.graphs[0] == kDefaultGraph) return "";
      return " in one graph";
    case ActiveGraph::Kind::Merge:
      return " in the merge of " + std::to_string(graph.graphs.size()) + " graphs";
    case ActiveGraph::Kind::EachNamed:
      return " in each of " +
             (graph.restricted ? std::to_string(graph.graphs.size()) : std::string("the named")) +
             " graphs" + (graph.variable ? " " + to_string(*graph.variable) : "");
    case ActiveGraph::Kind::Parameter:
      return " in the current graph";
  }
  return "";
}

std::string describe_order(QuadOrder order) {
  static constexpr char kLetters[] = {'S', 'P', 'O', 'G'};
  std::string text;
  for (const std::size_t position : order_positions(order))
    text += kLetters[position];
  if (text.back() == 'G') text.pop_back();
  return text;
}

std::string describe_variables(const std::vector<Variable>& variables) {
  std::string text;
  for (const Variable& variable : variables) {
    if (!text.empty()) text += ' ';
    text += to_string(variable);
  }
  return text;
}

}  // namespace tripten
