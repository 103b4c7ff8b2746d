// Quads of ids, the orders they are kept in, and patterns over them.
#pragma once

#include <array>
#include <compare>
#include <cstdint>

#include "storage/term_id.h"

namespace tripten {

struct Quad {
  std::array<TermId, 4> terms{};

  constexpr TermId subject() const { return terms[0]; }
  constexpr TermId predicate() const { return terms[1]; }
  constexpr TermId object() const { return terms[2]; }
  constexpr TermId graph() const { return terms[3]; }

  friend constexpr auto operator<=>(const Quad&, const Quad&) = default;
};

/// A sort order of quads. Each pattern is one contiguous range of some order, and any bound prefix
/// can be followed by any remaining position of the triple. The last order starts with the graph:
/// one source is one graph and is cleared, counted and dumped without touching the others.
enum class QuadOrder : std::uint8_t { Spog = 0, Sopg, Psog, Posg, Ospg, Opsg, Gspo };
constexpr int kQuadOrders = 7;

/// `order_positions(o)[i]` is the position of a quad (0 subject .. 3 graph) that is column i of
/// order o.
constexpr std::array<std::uint8_t, 4> order_positions(QuadOrder order) {
  constexpr std::array<std::array<std::uint8_t, 4>, kQuadOrders> kPositions{{{0, 1, 2, 3},
                                                                             {0, 2, 1, 3},
                                                                             {1, 0, 2, 3},
                                                                             {1, 2, 0, 3},
                                                                             {2, 0, 1, 3},
                                                                             {2, 1, 0, 3},
                                                                             {3, 0, 1, 2}}};
  return kPositions[static_cast<std::size_t>(order)];
}

/// The quad with its terms permuted into the columns of `order`, and back.
constexpr Quad to_order(const Quad& quad, QuadOrder order) {
  const auto positions = order_positions(order);
  return {{quad.terms[positions[0]], quad.terms[positions[1]], quad.terms[positions[2]],
           quad.terms[positions[3]]}};
}
constexpr Quad from_order(const Quad& columns, QuadOrder order) {
  const auto positions = order_positions(order);
  Quad quad;
  for (std::size_t i = 0; i < 4; ++i)
    quad.terms[positions[i]] = columns.terms[i];
  return quad;
}

/// A quad with holes: an unbound term matches anything (kDefaultGraph matches the default graph).
using QuadPattern = Quad;

}  // namespace tripten
