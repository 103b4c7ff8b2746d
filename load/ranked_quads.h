// RankedQuads: quads as ranks of their ids, to be sorted in all orders.
//
// A rank is an id's place among all the ids at hand: 32 bits that order as the ids do, without
// gaps. So a quad takes 16 bytes in place of 32 and, where all are of one graph, 12; and a stable
// sort by one column is a radix sort of one or two passes. One stable sort turns an order into
// another:
//
//     SPO ─ by O ▶ OSP ─ by P ▶ POS          SPO ─ by P ▶ PSO ─ by O ▶ OPS
//                  OSP ─ by S ▶ SOP          SPO ─ by G ▶ GSPO
//
// The two chains run at once, in four copies of the quads.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "load/sorted_part.h"
#include "storage/quad.h"

namespace tripten {

/// Replaces its argument by the next rows of one order, in column order; false at the end.
using OrderedRows = std::function<bool(std::vector<Quad>&)>;
/// Takes one order (Gspo only where it was asked for), ascending, without repeated rows. Two
/// threads call it, for different orders.
using UseOrder = std::function<void(QuadOrder order, const OrderedRows& rows)>;

/// The bytes that sorting takes for each quad.
std::size_t sorting_bytes(bool one_graph);
/// The bytes that ranking takes for each different id of a part.
constexpr std::size_t kRankingBytes = 2 * sizeof(NumberedId);

/// The graph of all quads of all parts, where it is one; unbound where there are no quads.
std::optional<TermId> graph_of(std::span<const SortedPart> parts);

/// Which orders, and how many columns they take.
struct GraphColumn {
  std::optional<TermId> only{};  ///< The graph of all the quads.
  bool has_order = true;         ///< Whether Gspo is wanted.
};

/// Quads of the parts that know their ids, all of them at once.
void sort_parts(std::span<SortedPart> parts, const GraphColumn& graph, const UseOrder& use);

/// The same for one part that may be larger than the memory: at most `most` quads at a time, `use`
/// being called for all orders of each time.
void sort_part_by_part(SortedPart& part, const GraphColumn& graph, std::size_t most,
                       const UseOrder& use);

}  // namespace tripten
