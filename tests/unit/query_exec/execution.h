// What tests of operators share: rows written by hand, a run that checks every promise an operator
// makes about its rows, and solutions as SPARQL 1.1 §18 defines them, to compare with.
#pragma once

#include <map>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "base/interrupt.h"
#include "query/exec/operators.h"
#include "storage/store.h"

namespace tripten::test {

/// The id of a small integer; 0 is unbound.
TermId number(int value);
/// Rows of numbers, 0 where a variable is unbound.
using Numbers = std::vector<std::vector<int>>;
using Rows = std::vector<std::vector<TermId>>;
Rows ids(const Numbers& rows);

/// An input with given rows, handed out in batches of irregular size.
OperatorPtr rows_of(const std::vector<std::string>& variables, Rows rows,
                    std::vector<std::size_t> sorted_by = {});
inline OperatorPtr rows_of(const std::vector<std::string>& variables, const Numbers& rows) {
  return rows_of(variables, ids(rows));
}

/// One query's surroundings.
struct Execution {
  explicit Execution(const StoreView& view, std::size_t batch_rows = 1024,
                     std::size_t memory = MemoryBudget::kUnlimited, Interrupt stop = {});
  Execution();  ///< Over an empty store.

  MemoryBudget budget;
  Interrupt interrupt;
  QueryTerms terms;
  QueryContext context;

  /// All rows of an operator, opened now. Checks the size of batches and columns, the order
  /// (sorted_by) and the columns that are always bound.
  Rows run(Operator& root);
};

/// An empty store that all tests may read.
const StoreView& empty_view();

/// A solution mapping (§18.1.8): the bound variables.
using Solution = std::map<std::string, TermId>;
/// A multiset of solutions, sorted.
using Solutions = std::vector<Solution>;
Solutions solutions(const Schema& schema, const Rows& rows);
Solutions sorted(Solutions solutions);

bool compatible(const Solution& a, const Solution& b);
Solution merged(const Solution& a, const Solution& b);
/// Join as SPARQL 1.1 §18.5 defines it.
Solutions join(const Solutions& left, const Solutions& right);

/// A stable sort by order_terms(), key by key; true is descending.
Rows ordered(Rows rows, const std::vector<std::pair<std::size_t, bool>>& keys,
             const QueryTerms& terms);

inline Variable var(const std::string& name) {
  return {name};
}
inline Expression expr(const std::string& name) {
  return {Variable{name}};
}
Expression call(Function function, std::vector<Expression> arguments);

/// Numbers from 0 to `below` - 1.
inline int random_below(std::mt19937& random, int below) {
  return static_cast<int>(random() % static_cast<unsigned>(below));
}
/// Random rows over `variables`: up to `most` rows of values from 1 to `values`; each is unbound in
/// `unbound` of 100 cases.
Numbers random_rows(std::mt19937& random, std::size_t variables, int most, int values, int unbound);

}  // namespace tripten::test

/// How a failed check prints an id: its kind and payload.
template <>
struct Catch::StringMaker<tripten::TermId> {
  static std::string convert(tripten::TermId id);
};
