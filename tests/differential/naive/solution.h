// Solution mappings and RDF datasets (SPARQL 1.1 §18.1), as plain as they can be.
//
// This folder is the SPARQL 1.1 recommendation written down as a program: no indexes, no order, no
// cleverness, a file a section. Whatever the engine makes of a query must give what this gives. It
// takes the parsed algebra (query/algebra) and shares nothing else with the engine.
#pragma once

#include <array>
#include <cstddef>
#include <map>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include "query/algebra/query.h"

namespace tripten::naive {

/// A solution mapping μ (§18.1.8): a variable that is not there is unbound.
using Solution = std::map<Variable, Term>;
/// A multiset of solution mappings, and a sequence of them where order matters.
using Solutions = std::vector<Solution>;

/// An RDF graph (§18.1.2).
struct Triple {
  Term subject, predicate, object;
  friend auto operator<=>(const Triple&, const Triple&) = default;
};
using RdfGraph = std::set<Triple>;

/// Subject, predicate, object, graph; an unbound graph is the default graph.
using TermQuad = std::array<Term, 4>;
using TermQuads = std::set<TermQuad>;

/// An RDF dataset (§18.1.3).
struct RdfDataset {
  RdfGraph default_graph{};
  std::map<Term, RdfGraph> named{};
};

/// The dataset that a query over these quads sees (§13.2). Without FROM and FROM NAMED: all of it.
RdfDataset dataset_of(const TermQuads& quads, const DatasetClause& clause);

/// The recommendation allows several answers here (SAMPLE, LIMIT without an order, ...): there is
/// nothing to compare.
struct NotDetermined : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// The query asks for more than a test wants to wait for.
struct TooMuchWork : std::runtime_error {
  TooMuchWork() : std::runtime_error("too much work for the naive evaluator") {}
};

/// How much work may still be done, in steps that each look at one solution or triple.
class Effort {
 public:
  explicit Effort(std::size_t steps) : left_(steps) {}
  void spend(std::size_t steps) {
    if (steps > left_) throw TooMuchWork();
    left_ -= steps;
  }

 private:
  std::size_t left_;
};

/// §18.3: "μ1 and μ2 are compatible if, for every variable v in dom(μ1) and in dom(μ2),
/// μ1(v) = μ2(v)."
bool compatible(const Solution& a, const Solution& b);
/// merge(μ1, μ2), the set union of the two.
Solution merge(const Solution& a, const Solution& b);
/// Whether dom(μ1) and dom(μ2) are disjoint.
bool disjoint_domains(const Solution& a, const Solution& b);
/// The solution with these variables alone.
Solution restricted_to(const Solution& solution, const std::vector<Variable>& variables);

/// One line a solution; sorted, so that two multisets are equal when their texts are.
std::string to_string(const Solutions& solutions);

}  // namespace tripten::naive
