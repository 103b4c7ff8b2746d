// GenerationBuilder: a new generation of the base, made of the old one, the delta and new quads, or
// (of Store::replace_generation()) of new quads and terms alone.
//
// Whoever loads adds all terms, sorted, then the quads of their ids, sorted in each order. Nothing
// is visible before commit(); a builder destroyed before leaves the database as it was. It holds
// the store's write lock.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "storage/quad.h"

namespace tripten {

struct StoreState;  // storage/store_state.h

class GenerationBuilder {
 public:
  virtual ~GenerationBuilder() = default;

  /// What the new generation is made of, or replaces; the builder keeps it.
  virtual const StoreState& state() const = 0;

  /// Where a load may keep files of its own until it ends.
  virtual std::filesystem::path folder() const = 0;

  /// The number of the first of `count` blank nodes that no quad has yet.
  virtual std::uint64_t reserve_blanks(std::uint64_t count) = 0;

  /// The id of an encoded term (rdf/term_codec.h), a new one where it has none yet. Terms ascend.
  virtual TermId add_term(std::string_view encoded) = 0;

  /// Whether the order Gspo must be added too: not where the new generation turns out to be all in
  /// one graph. `graph` is the graph of all quads to come; unbound where none come, nothing where
  /// they are in several or it is not known. Not asked: it must be added. Before any add_quads().
  virtual bool needs_graph_order(std::optional<TermId> graph) = 0;

  /// Replaces its argument by the next rows, in column order and ascending; false at the end. Rows
  /// may repeat.
  using Rows = std::function<bool(std::vector<Quad>&)>;
  /// Writes one order. Different orders may be written by different threads.
  virtual void add_quads(QuadOrder order, const Rows& rows) = 0;

  /// Switches to the new generation, once all orders have been added; durable when it returns.
  /// Once. Returns how many quads there are more than before. Where the state would be the old one,
  /// nothing is written.
  virtual std::uint64_t commit() = 0;
};

}  // namespace tripten
