// The order of joins: which inputs meet first, and by which method.
//
// Inputs are known by figures alone: rows, distinct values of each variable, the cost of reading
// them and of looking keys up in them. Up to kMostExhaustive inputs that are connected by shared
// variables are searched by dynamic programming over their connected subsets (Selinger et al.,
// SIGMOD 1979; bushy trees up to kMostBushy), more of them greedily: up to kMostWeighed by the cost
// of every plan that adds one, beyond that by the rows that it adds. For every subset the cheapest
// plan is kept, and for every variable that others share the cheapest that comes sorted by it, for
// merge joins. A subset that is a cycle can also be joined at once (query/plan/multiway_order.h).
// Components that share no variable are joined last.
//
// The rows of a subset are a function of the subset, not of the way to it:
//
//   rows(S) = product of rows / product over variables of all their distinct values but the fewest
//
// (independence; the values of the smaller set are all found in the larger one), times the
// selectivity of the filters whose variables S binds, and corrected for stars by characteristic
// sets (query/plan/star_corrections.h).
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "storage/store.h"

namespace tripten {

/// Variables are numbers from 0.
struct JoinInput {
  double rows = 1;
  double cost = 0;  ///< Of reading all of it.
  struct Bound {
    std::size_t variable = 0;
    double distinct = 1;
    bool certain = true;    ///< Bound in every row.
    bool sortable = false;  ///< The input can come sorted by it, at the same cost.
  };
  std::vector<Bound> variables{};
  /// The figures of lookup_cost() (query/plan/cost.h), and what beginning costs. Nothing: it can't
  /// be looked up in.
  struct Lookup {
    double start = 0, key = 0, step = 0, all = 0;
    bool needs_certain = false;  ///< Only with a shared variable that both sides always bind.
  };
  std::optional<Lookup> lookup{};
  bool joins_cycles = true;  ///< A multiway join may take it: rows are their variables alone.
  /// A pattern with a constant predicate and a variable as subject.
  struct Star {
    std::size_t variable = 0;
    TermId predicate{};
  };
  std::optional<Star> star{};
};

struct JoinFilter {
  std::vector<std::size_t> variables{};  ///< Applies where all are bound for certain.
  double selectivity = 1;
  double row_cost = 0;    ///< Of each row that it is tested on,
  double value_cost = 0;  ///< and of each value of its only variable. A filter
                          ///< beyond the 64th costs nothing.
};

enum class JoinMethod : std::uint8_t {
  Read,      ///< An input.
  Lookup,    ///< The input's matches for each row of left.
  Merge,     ///< Left and right come sorted by `variable`.
  Hash,      ///< A table of right.
  HashLeft,  ///< A table of left.
  Multiway,  ///< All inputs of one of the plan's cycles.
};

/// Inputs that are joined at once, and the order of their variables.
struct JoinCycle {
  std::vector<std::size_t> inputs{}, variables{};
};

struct JoinStep {
  JoinMethod method = JoinMethod::Read;
  std::size_t input = 0;                  ///< Read and Lookup.
  std::optional<std::size_t> variable{};  ///< Read: sorted by it, if any. Merge: joined by it.
  std::size_t left = 0, right = 0;        ///< Steps before this one. Multiway: left is the cycle.
  double rows = 0, cost = 0;              ///< Of its result; of everything up to it.
};

struct JoinPlan {
  std::vector<JoinStep> steps{};  ///< The last one gives the result.
  std::vector<JoinCycle> cycles{};
};

constexpr std::size_t kMostExhaustive = 12;
constexpr std::size_t kMostBushy = 7;
constexpr std::size_t kMostWeighed = 64;
/// Plans are as deep as they have inputs, and each level has the columns of all below it.
constexpr std::size_t kMostJoined = 1000;

/// Throws Limit for more than kMostJoined.
void check_joined(std::size_t inputs);

/// `inputs` is not empty. Checks their number. `view` knows of stars; without it they are taken to
/// be independent.
/// The result is to be grouped by the variables `grouped`: sorted by one of them, it is grouped a
/// part after the other, in tables that the caches hold.
JoinPlan order_joins(const std::vector<JoinInput>& inputs, const std::vector<JoinFilter>& filters,
                     const StoreView* view = nullptr, const std::vector<std::size_t>& grouped = {});

}  // namespace tripten
