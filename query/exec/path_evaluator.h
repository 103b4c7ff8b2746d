// PathEvaluator: walks a property path from many nodes at once (§18.4).
//
// What has been reached is a table of pairs (start, node); each part of the path maps such a table
// to the next. Links look up all nodes of the table together, in sorted order. The closures keep
// the pairs that they have seen, and go on from the new ones until there are none:
//
//   reached (s,a) (s,b) (s,c) | (s,d) (s,e)         p* : pairs left of | are done,
//                             └─ step p ─▶ (s,a) (s,f)    (s,f) is new and goes to the end
//
// Outside of closures a pair stands as often as there are ways (bags); inside them once (sets).
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "query/exec/path_step.h"
#include "query/exec/pattern_lookup.h"
#include "query/exec/row_set.h"

namespace tripten {

class PathEvaluator {
 public:
  /// From the path's subject, or with `inverse` from its object. The graph is resolved now.
  PathEvaluator(const PropertyPath& path, bool inverse, const ActiveGraph& graph,
                QueryContext& context);

  /// What is known of the starts of a walk.
  struct Ends {
    bool start_is_constant = false, end_is_constant = false;
    bool start_is_in_graph = false;  ///< The starts are nodes of the graph.
  };
  /// Walks from each of `starts`, which are different terms. The answer is held until the next
  /// call: nodes of start i are node(begin(i)) to node(begin(i + 1) - 1), with repetitions.
  void walk(const Column& starts, const Ends& ends);
  RowNumber begin(std::size_t start) const { return begin_[start]; }
  TermId node(RowNumber i) const { return reached_.columns()[1][order_[i]]; }
  std::size_t size() const { return order_.size(); }

  /// All nodes that a walk can start at when neither end is known, ascending; some may lead
  /// nowhere.
  const Column& starts();

 private:
  using Pairs = RowTable;  // number of a start, node
  void advance(const PathStep& step, const Pairs& from, Pairs& to, bool as_set);
  void follow(const PathStep& step, const Pairs& from, Pairs& to);
  void follow_all(const PathStep& step, const Pairs& from, Pairs& to, bool as_set);
  void close(const PathStep& step, const Pairs& from, Pairs& to);
  void reach(const PathStep& step, const RowSet& nodes, RowSet& reached);
  void open_pairs(Pairs& pairs) { pairs.open(2, context_.budget, context_.interrupt); }
  void drop_repeated(Pairs& pairs);
  void group(std::size_t starts);
  /// Whether each node is in a triple of the graph.
  std::vector<bool> in_graph(const Column& nodes);

  void add_starts(const PathStep& step);
  void add_column(QuadOrder order, const QuadPattern& pattern, std::size_t column);
  void ask_interrupt() {
    if (++steps_ % 4096 == 0) context_.interrupt.check();
  }

  QueryContext& context_;
  ActiveGraph graph_;
  GraphChoice choice_;
  PathStep path_;
  std::vector<std::unique_ptr<PatternLookup>> leaves_{};  // by PathStep::leaf
  PatternLookup any_triple_;

  Pairs reached_{};
  std::vector<RowNumber> order_{}, begin_{};  // reached_ by start
  std::optional<Column> starts_{};
  MemoryLease order_lease_, starts_lease_;
  std::size_t steps_ = 0;
};

}  // namespace tripten
