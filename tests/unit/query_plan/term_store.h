// A store in memory filled with quads of terms, and queries over it whose answers are terms again.
#pragma once

#include <memory>
#include <string>

#include "differential/naive/evaluate.h"
#include "query/plan/query_run.h"
#include "storage/store.h"

namespace tripten::test {

using naive::TermQuad;
using naive::TermQuads;
using TermSolution = naive::Solution;
using TermSolutions = naive::Solutions;
using naive::to_string;

/// <http://ex.org/NAME>.
Term ex(const std::string& name);
inline Variable var(const std::string& name) {
  return {name};
}
inline Expression expr(const std::string& name) {
  return {Variable{name}};
}
Expression call(Function function, std::vector<Expression> arguments);
/// `?x` is a variable, digits an integer, "text" in double quotes a string, else ex(). Several
/// patterns are separated by ` . `.
PatternTerm place(const std::string& text);
GraphPattern bgp(const std::string& text);
TriplePattern triple(const std::string& text);

class TermStore {
 public:
  TermStore();

  void add(const TermQuad& quad);
  /// Words as in place(); the fourth, if any, is the graph.
  void add(const std::string& text);
  /// A new blank node, by the label that the store knows it by.
  Term fresh_blank();

  const StoreView& view() const { return *change_; }
  StoreTransaction& change() { return *change_; }
  const TermQuads& quads() const { return quads_; }

 private:
  StorePtr store_;
  std::unique_ptr<StoreTransaction> change_;
  TermQuads quads_{};
};

/// The pattern's solutions as the recommendation defines them. Throws naive::TooMuchWork.
TermSolutions naive_answer(const GraphPattern& pattern, const TermQuads& quads,
                           const DatasetClause& dataset = {});

/// The answer of a query as solutions over its columns.
TermSolutions answer(const Query& query, const StoreView& view, const RunOptions& options = {});

/// SELECT of all visible variables of the pattern.
Query select(const GraphPattern& pattern, const DatasetClause& dataset = {});
TermSolutions answer(const GraphPattern& pattern, const StoreView& view,
                     const RunOptions& options = {});
std::string plan_of(const GraphPattern& pattern, const StoreView& view,
                    const RunOptions& options = {});

}  // namespace tripten::test
