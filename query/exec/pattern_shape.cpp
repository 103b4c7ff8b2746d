#include "query/exec/pattern_shape.h"

namespace tripten {

PatternShape::PatternShape(const ScanPattern& pattern) {
  const std::array<const ScanTerm*, 3> terms{&pattern.subject, &pattern.predicate, &pattern.object};
  for (std::size_t i = 0; i < terms.size(); ++i) {
    if (terms[i]->variable)
      variable[i] = static_cast<int>(schema.add(*terms[i]->variable));
    else
      constants.terms[i] = terms[i]->id;
  }
  if (pattern.graph.kind == ActiveGraph::Kind::EachNamed && pattern.graph.variable)
    variable[kGraphPosition] = static_cast<int>(schema.add(*pattern.graph.variable));
}

std::size_t PatternShape::position(std::size_t column) const {
  std::size_t position = 0;
  while (variable[position] != static_cast<int>(column))
    ++position;
  return position;
}

std::vector<std::pair<std::size_t, std::size_t>> equal_columns(const PatternShape& shape,
                                                               QuadOrder order,
                                                               std::uint32_t bound) {
  std::vector<std::pair<std::size_t, std::size_t>> pairs;
  for (std::size_t later = 1; later < shape.variable.size(); ++later) {
    const int column = shape.variable[later];
    if (column < 0 || (bound >> column & 1)) continue;
    const std::size_t first = shape.position(static_cast<std::size_t>(column));
    if (first != later) pairs.emplace_back(column_of(order, first), column_of(order, later));
  }
  return pairs;
}

std::size_t column_of(QuadOrder order, std::size_t position) {
  const auto positions = order_positions(order);
  std::size_t column = 0;
  while (positions[column] != position)
    ++column;
  return column;
}

}  // namespace tripten
