// GraphScan: the quads of a pattern in the active graph of a query.
//
// The store knows one graph or all of them; a query also reads merges of several (each triple once)
// and all named graphs. Both are a scan over all graphs whose rows are dropped on the way: the
// graph is the last column of every order, so equal triples are neighbours.
#pragma once

#include <optional>
#include <vector>

#include "query/exec/operators.h"
#include "query/expr/query_context.h"

namespace tripten {

/// An ActiveGraph, once the query runs.
struct GraphChoice {
  enum class Kind : std::uint8_t {
    Nothing,  ///< No graph at all.
    One,      ///< graphs[0].
    Merge,    ///< Two or more; equal triples once.
    Several,  ///< Named graphs, each triple once a graph.
    Named     ///< All named graphs.
  };
  Kind kind = Kind::Nothing;
  std::vector<TermId> graphs{};  ///< Ascending.

  /// Whether a quad of that graph belongs to the choice.
  bool includes(TermId graph) const;
};
GraphChoice choose_graphs(const ActiveGraph& active, const QueryContext& context);

/// The order that a GraphScan takes in place of `order`: one that starts with the graph makes sense
/// for a single graph only.
QuadOrder scan_order(const ActiveGraph& active, QuadOrder order);

/// Belongs to one thread and reads from the context's view.
class GraphScan {
 public:
  /// `pattern` leaves the graph free, or binds it to one that `choice` includes.
  GraphScan(const QueryContext& context, QuadOrder order, QuadPattern pattern,
            const GraphChoice& choice);

  /// As QuadScan. Asks the interrupt for every part that it reads.
  bool next(QuadColumns& out, std::size_t limit);
  /// As QuadScan; `columns` does not reach to the graph.
  bool next_runs(ColumnRuns& out, std::size_t columns, std::size_t limit);
  void seek(const Quad& row);

 private:
  /// Adds what the scan did since the last call to the counters of the operator at work.
  void count_work();
  void count_rows(std::uint64_t rows);
  void drop_other_graphs(QuadColumns& rows);
  void drop_repeated_triples(QuadColumns& rows);

  const QueryContext* context_;
  GraphChoice::Kind kind_;
  std::vector<TermId> graphs_{};
  std::optional<QuadScan> scan_{};
  QuadColumns rows_{};  // on the way to runs
  ScanWork counted_{};
  std::optional<Quad> last_{};  // Merge: the last triple given, graph left out
};

}  // namespace tripten
