// GraphLoop: GRAPH ?g over a pattern, which runs once for every named graph (§18.6).
#include <algorithm>
#include <string>

#include "query/exec/describe.h"
#include "query/exec/operators.h"

namespace tripten {

namespace {

/// Puts a graph in place of the current one for as long as it lives.
class CurrentGraph {
 public:
  CurrentGraph(QueryContext& context, TermId graph)
      : context_(context),
        before_(context.current_graph) {
    context.current_graph = graph;
  }
  ~CurrentGraph() { context_.current_graph = before_; }
  CurrentGraph(const CurrentGraph&) = delete;
  CurrentGraph& operator=(const CurrentGraph&) = delete;

 private:
  QueryContext& context_;
  TermId before_;
};

class GraphLoop : public Operator {
 public:
  GraphLoop(OperatorPtr input, const Variable& variable, bool restricted,
            std::vector<TermId> graphs)
      : variable_(variable),
        restricted_(restricted),
        given_(std::move(graphs)) {
    std::sort(given_.begin(), given_.end());
    given_.erase(std::unique(given_.begin(), given_.end()), given_.end());
    index_reading_ = IndexReading::Unknown;
    take_columns(*input);
    sorted_by_.clear();  // each graph has rows in an order of its own
    column_ = schema_.add(variable);
    always_bound_.resize(schema_.size());
    always_bound_[column_] = true;
    inputs_.push_back(std::move(input));
  }

  void open(QueryContext& context) override {
    context_ = &context;
    graphs_.clear();
    for (const TermId graph : restricted_ ? given_ : context.view.graphs())
      if (graph && graph != kDefaultGraph) graphs_.push_back(graph);
    at_ = 0;
    in_graph_ = false;
  }

  bool next(Batch& out) override {
    while (at_ < graphs_.size()) {
      context_->interrupt.check();
      const CurrentGraph current(*context_, graphs_[at_]);
      if (!in_graph_) inputs_[0]->open(*context_);
      in_graph_ = inputs_[0]->next(out);
      if (!in_graph_) {
        ++at_;
        continue;
      }
      bind(graphs_[at_], out);
      if (out.rows > 0) return true;
    }
    return false;
  }

  OperatorDescription describe() const override {
    return {"GraphLoop", describe_variables({variable_}) +
                             (restricted_ ? ", " + std::to_string(given_.size()) + " graphs"
                                          : " over all named graphs")};
  }

 private:
  void bind(TermId graph, Batch& rows) {
    if (column_ == rows.columns.size()) {
      rows.columns.emplace_back(rows.rows, graph);
      return;
    }
    Column& column = rows.columns[column_];
    selection_.clear();
    for (std::size_t row = 0; row < rows.rows; ++row) {
      if (!column[row]) column[row] = graph;
      if (column[row] == graph) selection_.push_back(static_cast<std::uint32_t>(row));
    }
    if (selection_.size() < rows.rows) rows.keep(selection_);
  }

  Variable variable_;
  bool restricted_;
  std::vector<TermId> given_;
  std::size_t column_ = 0;
  QueryContext* context_ = nullptr;
  std::vector<TermId> graphs_{};
  std::size_t at_ = 0;     // the graph at hand,
  bool in_graph_ = false;  // for which the input is open
  std::vector<std::uint32_t> selection_{};
};

}  // namespace

OperatorPtr graph_loop(OperatorPtr input, const Variable& variable, bool restricted,
                       std::vector<TermId> graphs) {
  return std::make_unique<GraphLoop>(std::move(input), variable, restricted, std::move(graphs));
}

}  // namespace tripten
