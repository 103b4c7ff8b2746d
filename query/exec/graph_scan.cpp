#include "query/exec/graph_scan.h"

#include <algorithm>
#include <numeric>

#include "base/check.h"
#include "query/exec/operator_counters.h"

namespace tripten {

namespace {

constexpr std::size_t kGraph = 3;  // its column in every order but Gspo

void move_row(QuadColumns& rows, std::size_t from, std::size_t to) {
  for (auto& column : rows.columns)
    column[to] = column[from];
}

void shorten(QuadColumns& rows, std::size_t count) {
  for (auto& column : rows.columns)
    column.resize(count);
  rows.rows = count;
}

GraphChoice one_graph(TermId graph) {
  if (graph.kind() == IdKind::Local) return {};
  return {GraphChoice::Kind::One, {graph}};
}

/// Graphs that the store may have, ascending, each once.
std::vector<TermId> known_graphs(std::vector<TermId> graphs, bool with_default) {
  std::erase_if(graphs, [&](TermId graph) {
    return !graph || graph.kind() == IdKind::Local || (graph == kDefaultGraph && !with_default);
  });
  std::sort(graphs.begin(), graphs.end());
  graphs.erase(std::unique(graphs.begin(), graphs.end()), graphs.end());
  return graphs;
}

}  // namespace

bool GraphChoice::includes(TermId graph) const {
  if (kind == Kind::Nothing) return false;
  if (kind == Kind::Named) return graph && graph != kDefaultGraph && graph.kind() != IdKind::Local;
  return std::binary_search(graphs.begin(), graphs.end(), graph);
}

GraphChoice choose_graphs(const ActiveGraph& active, const QueryContext& context) {
  switch (active.kind) {
    case ActiveGraph::Kind::Parameter:
      return one_graph(context.current_graph);
    case ActiveGraph::Kind::One:
      check(!active.graphs.empty(), "a pattern over one graph names none");
      return one_graph(active.graphs[0]);
    case ActiveGraph::Kind::Merge: {
      std::vector<TermId> graphs = known_graphs(active.graphs, true);
      if (graphs.empty()) return {};
      if (graphs.size() == 1) return one_graph(graphs[0]);
      return {GraphChoice::Kind::Merge, std::move(graphs)};
    }
    case ActiveGraph::Kind::EachNamed: {
      if (!active.restricted) return {GraphChoice::Kind::Named, {}};
      std::vector<TermId> graphs = known_graphs(active.graphs, false);
      if (graphs.empty()) return {};
      if (graphs.size() == 1) return one_graph(graphs[0]);
      return {GraphChoice::Kind::Several, std::move(graphs)};
    }
  }
  return {};
}

QuadOrder scan_order(const ActiveGraph& active, QuadOrder order) {
  const bool one =
      active.kind == ActiveGraph::Kind::One || active.kind == ActiveGraph::Kind::Parameter;
  return order == QuadOrder::Gspo && !one ? QuadOrder::Spog : order;
}

GraphScan::GraphScan(const QueryContext& context, QuadOrder order, QuadPattern pattern,
                     const GraphChoice& choice)
    : context_(&context),
      kind_(choice.kind) {
  if (kind_ == GraphChoice::Kind::Nothing) return;
  if (pattern.graph()) kind_ = GraphChoice::Kind::One;
  if (choice.kind == GraphChoice::Kind::One) pattern.terms[kGraph] = choice.graphs[0];
  if (kind_ == GraphChoice::Kind::Merge || kind_ == GraphChoice::Kind::Several)
    graphs_ = choice.graphs;
  const bool known = std::none_of(pattern.terms.begin(), pattern.terms.end(),
                                  [](TermId id) { return id.kind() == IdKind::Local; });
  if (known) scan_.emplace(context.view.scan(order, pattern));
}

void GraphScan::count_work() {
  OperatorCounters* const counters = context_->counters;
  if (!counters) return;
  const ScanWork& work = scan_->work();
  counters->blocks_read += work.blocks_read - counted_.blocks_read;
  counters->blocks_skipped += work.blocks_skipped - counted_.blocks_skipped;
  counted_ = work;
}

void GraphScan::count_rows(std::uint64_t rows) {
  if (context_->rows_read) context_->rows_read->fetch_add(rows, std::memory_order_relaxed);
}

bool GraphScan::next(QuadColumns& out, std::size_t limit) {
  while (scan_ && scan_->next(out, limit)) {
    count_work();
    count_rows(out.rows);
    context_->interrupt.check();
    if (kind_ != GraphChoice::Kind::One) drop_other_graphs(out);
    if (kind_ == GraphChoice::Kind::Merge) drop_repeated_triples(out);
    if (out.rows > 0) return true;
  }
  if (scan_) count_work();
  shorten(out, 0);
  return false;
}

bool GraphScan::next_runs(ColumnRuns& out, std::size_t columns, std::size_t limit) {
  if (kind_ == GraphChoice::Kind::One && scan_) {
    context_->interrupt.check();
    const bool more = scan_->next_runs(out, columns, limit);
    count_work();
    if (more && context_->rows_read)
      count_rows(std::accumulate(out.counts.begin(), out.counts.end(), std::uint64_t{0}));
    return more;
  }
  for (auto& column : out.columns)
    column.clear();
  out.counts.clear();
  out.runs = 0;
  while (out.runs == 0 && next(rows_, limit))
    append_runs(rows_, columns, out);
  return out.runs > 0;
}

void GraphScan::seek(const Quad& row) {
  if (scan_) scan_->seek(row);
}

void GraphScan::drop_other_graphs(QuadColumns& rows) {
  std::size_t kept = 0;
  TermId graph;  // neighbours often have the same graph
  bool wanted = false;
  for (std::size_t row = 0; row < rows.rows; ++row) {
    const TermId found = rows.columns[kGraph][row];
    if (found != graph) {
      graph = found;
      wanted = kind_ == GraphChoice::Kind::Named
                   ? graph != kDefaultGraph
                   : std::binary_search(graphs_.begin(), graphs_.end(), graph);
    }
    if (!wanted) continue;
    if (kept != row) move_row(rows, row, kept);
    ++kept;
  }
  shorten(rows, kept);
}

void GraphScan::drop_repeated_triples(QuadColumns& rows) {
  std::size_t kept = 0;
  for (std::size_t row = 0; row < rows.rows; ++row) {
    const Quad triple{{rows.columns[0][row], rows.columns[1][row], rows.columns[2][row], {}}};
    if (last_ == triple) continue;
    last_ = triple;
    if (kept != row) move_row(rows, row, kept);
    ++kept;
  }
  shorten(rows, kept);
}

}  // namespace tripten
