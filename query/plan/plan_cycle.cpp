// A step of a group's join plan that joins a cycle at once: the inputs of a multiway join.
#include <algorithm>
#include <array>
#include <map>
#include <tuple>

#include "base/check.h"
#include "query/exec/pattern_shape.h"
#include "query/plan/join_group.h"

namespace tripten {

namespace {

/// The order of an index that has the pattern's constants first, then its variables in the given
/// order.
QuadOrder order_by(const ScanPattern& pattern, const std::vector<Variable>& variables) {
  const std::array<const ScanTerm*, 3> terms{&pattern.subject, &pattern.predicate, &pattern.object};
  const auto rank = [&](std::uint8_t position) -> std::ptrdiff_t {
    const auto& variable = terms[position]->variable;
    if (!variable) return -1;
    return std::find(variables.begin(), variables.end(), *variable) - variables.begin();
  };
  for (const QuadOrder order : {QuadOrder::Spog, QuadOrder::Sopg, QuadOrder::Psog, QuadOrder::Posg,
                                QuadOrder::Ospg, QuadOrder::Opsg}) {
    const auto positions = order_positions(order);
    if (rank(positions[0]) <= rank(positions[1]) && rank(positions[1]) <= rank(positions[2]))
      return order;
  }
  check(false, "no order of an index fits a pattern");
  return QuadOrder::Spog;
}

/// What two scans have in common that read the same rows; nothing where the rows depend on the
/// names of the variables.
using ScanKey = std::tuple<Quad, QuadOrder, ActiveGraph::Kind, std::vector<TermId>>;
std::optional<ScanKey> key_of(const ScanPattern& pattern, QuadOrder order) {
  const PatternShape shape(pattern);
  std::size_t places = 0;
  for (const int variable : shape.variable)
    places += variable >= 0;
  if (places != shape.schema.size() || pattern.graph.kind == ActiveGraph::Kind::EachNamed)
    return std::nullopt;
  return ScanKey{shape.constants, order, pattern.graph.kind, pattern.graph.graphs};
}

}  // namespace

/// Patterns that differ in the names of their variables alone share a scan, unless a condition is
/// about one of them.
JoinGroup::Built JoinGroup::join_cycle(const JoinStep& step) {
  const JoinCycle& cycle = order_.cycles[step.left];
  std::vector<Variable> order;
  for (const std::size_t variable : cycle.variables)
    order.push_back(numbered_[variable]);
  Built all{{}, step.rows, {}, std::vector<bool>(conditions_.size()), cycle.inputs};
  std::vector<OperatorPtr> inputs;
  std::vector<MultiwayPart> parts;
  std::map<ScanKey, std::size_t> scans;
  for (const std::size_t input : cycle.inputs) {
    const Item& item = items_[input];
    all.certain.insert(item.certain.begin(), item.certain.end());
    Built one;
    std::optional<ScanKey> key;
    if (const auto* pattern = std::get_if<ScanPattern>(&item.node)) {
      const QuadOrder index = order_by(*pattern, order);
      key = key_of(*pattern, index);
      one = {planner_.made(index_scan(*pattern, index), inputs_[input].rows),
             inputs_[input].rows,
             item.certain,
             std::vector<bool>(conditions_.size()),
             {input}};
    } else {
      one = read({JoinMethod::Read, input, std::nullopt, 0, 0, inputs_[input].rows, 0});
    }
    one.keeps_all = true;
    apply_conditions(one);
    MultiwayPart part{inputs.size(), one.root->schema().variables()};
    for (std::size_t i = 0; i < conditions_.size(); ++i) {
      if (one.filtered[i]) key.reset();
      all.filtered[i] = all.filtered[i] || one.filtered[i];
    }
    if (key) part.input = scans.emplace(*key, inputs.size()).first->second;
    if (part.input == inputs.size()) inputs.push_back(std::move(one.root));
    parts.push_back(std::move(part));
  }
  all.root = planner_.made(multiway_join(std::move(inputs), std::move(parts), std::move(order)),
                           step.rows);
  return all;
}

}  // namespace tripten
