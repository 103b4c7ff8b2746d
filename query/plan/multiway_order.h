// When a multiway join is worth a thought, and by which order of variables.
//
// Joins of two suffice for acyclic patterns. Those whose hypergraph (a vertex a variable, an edge
// an input) has a core that the reduction of Graham, Yu and Özsoyoğlu (COMPSAC 1979) leaves over
// are cyclic: no plan of joins of two keeps within the size of inputs and result.
//
// The order of variables is found by dynamic programming over sets of variables: what a set costs
// is how many values its variables have together, as far as the inputs' rows and distinct values
// tell by the formula of query/plan/join_order.h over the inputs' projections.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

namespace tripten {

/// Variables of one input, a bit each.
using VariableBits = std::uint64_t;

bool contains_cycle(std::vector<VariableBits> inputs);
/// Whether the inputs have a cycle and no variable that isn't part of one.
bool is_cycle(std::vector<VariableBits> inputs);

struct MultiwayInput {
  double rows = 1;
  std::vector<std::pair<std::size_t, double>> distinct{};  ///< By variable.
};
struct MultiwayOrder {
  std::vector<std::size_t> variables{};
  double cost = 0;  ///< Of the search; reading the inputs and giving out rows comes on top.
};
constexpr std::size_t kMostMultiwayVariables = 10;
/// The inputs have at most so many variables together.
MultiwayOrder order_multiway(const std::vector<MultiwayInput>& inputs);

}  // namespace tripten
