// The evaluation semantics of SPARQL 1.1 §18.5 and §18.6, written down as directly as possible: no
// indexes, no order, no cleverness. Whatever the planner makes of a pattern must give the same bag
// of solutions.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include "query/algebra/query.h"

namespace tripten::test {

/// Subject, predicate, object, graph; an unbound graph is the default graph.
using TermQuad = std::array<Term, 4>;
using TermQuads = std::set<TermQuad>;

/// A solution mapping (§18.1.8) and a multiset of them.
using TermSolution = std::map<Variable, Term>;
using TermSolutions = std::vector<TermSolution>;

/// Some step would take more rows than a test wants to wait for.
struct TooManyRows : std::runtime_error {
  TooManyRows() : std::runtime_error("too many rows for the naive evaluator") {}
};

class NaiveEvaluator {
 public:
  explicit NaiveEvaluator(TermQuads quads, const DatasetClause& dataset = {},
                          std::size_t most_rows = 20000);

  /// The pattern over the default graph of the dataset.
  TermSolutions evaluate(const GraphPattern& pattern) const;

  /// Values of some variables, in whose presence a pattern is evaluated: substitute (§18.6). The
  /// solutions of a leaf that has the variable still bind it.
  using Presence = TermSolution;
  struct Triple {
    Term subject, predicate, object;
    friend auto operator<=>(const Triple&, const Triple&) = default;
  };
  using TripleSet = std::set<Triple>;

  TermSolutions evaluate(const GraphPattern& pattern, const TripleSet& graph,
                         const Presence& presence) const;
  /// Nothing: an error.
  std::optional<Term> value(const Expression& expression, const TermSolution& solution,
                            const TripleSet& graph) const;
  /// The effective boolean value (§17.2.2).
  std::optional<bool> truth(const Expression& expression, const TermSolution& solution,
                            const TripleSet& graph) const;

 private:
  struct Visitor;
  std::optional<Term> call(const FunctionCall& call, const TermSolution& solution,
                           const TripleSet& graph) const;
  std::optional<Term> comparison(const FunctionCall& call, const TermSolution& solution,
                                 const TripleSet& graph) const;
  std::optional<bool> is_in(const FunctionCall& call, const TermSolution& solution,
                            const TripleSet& graph) const;
  void check_size(std::size_t rows) const;

  TripleSet default_graph_{};
  std::map<Term, TripleSet> named_graphs_{};
  std::size_t most_rows_;
};

/// §18.3: no variable bound to different terms.
bool compatible(const TermSolution& a, const TermSolution& b);
TermSolution merged(const TermSolution& a, const TermSolution& b);

/// One line a solution, sorted: two bags are equal when these are.
std::string to_string(const TermSolutions& solutions);

}  // namespace tripten::test
