//   [] a rs:ResultSet ;
//      rs:resultVariable "x", "y" ;
//      rs:solution [ rs:index 1 ; rs:binding [ rs:variable "x" ; rs:value <v> ], ... ] .
//   [] a rs:ResultSet ; rs:boolean true .
#include "w3c/result_set.h"

#include <algorithm>
#include <map>
#include <utility>

#include "rdf/vocabulary.h"
#include "w3c/graph_index.h"

namespace tripten {

namespace {

const std::string kRs = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#";

Tuple solution_of(const GraphIndex& graph, const Term& solution,
                  const std::vector<std::string>& columns) {
  Tuple row(columns.size());
  for (const Term& binding : graph.all(solution, kRs + "binding")) {
    const std::string name = graph.one(binding, kRs + "variable").value();
    const auto column = std::find(columns.begin(), columns.end(), name);
    if (column == columns.end())
      throw Error(ErrorCode::Invalid, "the result set binds ?" + name + ", which is no variable");
    row[static_cast<std::size_t>(column - columns.begin())] = graph.one(binding, kRs + "value");
  }
  return row;
}

}  // namespace

std::optional<Answer> result_set_of(const Quads& quads) {
  const auto self = std::find_if(quads.begin(), quads.end(), [](const Quad& quad) {
    return quad.predicate.value() == kRdfType && quad.object.value() == kRs + "ResultSet";
  });
  if (self == quads.end()) return std::nullopt;
  const GraphIndex graph(quads);
  Answer answer;
  if (const Term boolean = graph.one(self->subject, kRs + "boolean")) {
    answer.kind = AnswerKind::Boolean;
    answer.boolean = boolean.value() == "true";
    return answer;
  }
  for (const Term& variable : graph.all(self->subject, kRs + "resultVariable"))
    answer.columns.push_back(variable.value());
  std::vector<std::pair<int, Tuple>> rows;
  for (const Term& solution : graph.all(self->subject, kRs + "solution")) {
    const Term index = graph.one(solution, kRs + "index");
    answer.is_ordered = answer.is_ordered || index;
    rows.emplace_back(index ? std::stoi(index.value()) : 0,
                      solution_of(graph, solution, answer.columns));
  }
  std::stable_sort(rows.begin(), rows.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  for (auto& [index, row] : rows)
    answer.rows.push_back(std::move(row));
  return answer;
}

}  // namespace tripten
