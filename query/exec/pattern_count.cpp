// PatternCount: how many solutions one triple pattern has, told by the index without its quads.
#include <algorithm>
#include <string>

#include "base/check.h"
#include "query/exec/describe.h"
#include "query/exec/graph_scan.h"
#include "query/exec/operators.h"
#include "query/exec/pattern_shape.h"
#include "storage/inline_term.h"

namespace tripten {

namespace {

class PatternCount : public Operator {
 public:
  PatternCount(const ScanPattern& pattern, const std::vector<Variable>& results)
      : pattern_(pattern),
        triple_(PatternShape(pattern).constants) {
    for (const Variable& result : results)
      schema_.add(result);
    always_bound_.assign(schema_.size(), true);
  }

  void open(QueryContext& context) override {
    context_ = &context;
    is_done_ = false;
  }

  bool next(Batch& out) override {
    context_->interrupt.check();
    out.reset(schema_.size());
    if (is_done_) return false;
    is_done_ = true;
    const auto id = inline_integer_id(static_cast<std::int64_t>(count()));
    check(id.has_value(), "a count does not fit into an id");
    for (Column& column : out.columns)
      column.push_back(*id);
    out.rows = 1;
    return true;
  }

  OperatorDescription describe() const override {
    return {"PatternCount", describe_pattern(pattern_)};
  }

 private:
  std::uint64_t count() const {
    const GraphChoice choice = choose_graphs(pattern_.graph, *context_);
    const auto in_graph = [&](TermId graph) {
      QuadPattern quads = triple_;
      quads.terms[kGraphPosition] = graph;
      return context_->view.count(quads);
    };
    if (choice.kind == GraphChoice::Kind::Named)
      return context_->view.count(triple_) - in_graph(kDefaultGraph);
    check(choice.kind != GraphChoice::Kind::Merge, "a merge of graphs has no counts");
    std::uint64_t sum = 0;
    for (const TermId graph : choice.graphs)
      sum += in_graph(graph);
    return sum;
  }

  ScanPattern pattern_;
  QuadPattern triple_;
  QueryContext* context_ = nullptr;
  bool is_done_ = false;
};

}  // namespace

OperatorPtr pattern_count(const ScanPattern& pattern, const std::vector<Variable>& results) {
  return std::make_unique<PatternCount>(pattern, results);
}

}  // namespace tripten
