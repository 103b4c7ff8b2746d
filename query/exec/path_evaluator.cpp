#include "query/exec/path_evaluator.h"

#include <algorithm>

namespace tripten {

namespace {

// Columns of the scan patterns of leaves.
const Variable kSubject{".subject"};
const Variable kPredicate{".predicate"};
const Variable kObject{".object"};

constexpr std::size_t kNoLimit = ~std::size_t{0};

/// The pattern of a leaf: the predicate is a variable where it is not a single one.
ScanPattern leaf_pattern(const ActiveGraph& graph, TermId predicate) {
  ScanPattern pattern{.subject = {kSubject, {}}, .predicate = {}, .object = {kObject, {}}};
  if (predicate)
    pattern.predicate.id = predicate;
  else
    pattern.predicate.variable = kPredicate;
  pattern.graph = graph;
  return pattern;
}

void add_leaves(const PathStep& step, const ActiveGraph& graph,
                std::vector<std::unique_ptr<PatternLookup>>& leaves) {
  if (step.kind == PathStep::Kind::Link || step.kind == PathStep::Kind::Negated) {
    leaves.resize(std::max(leaves.size(), step.leaf + 1));
    leaves[step.leaf] = std::make_unique<PatternLookup>(leaf_pattern(graph, step.predicate));
  }
  for (const PathStep& part : step.parts)
    add_leaves(part, graph, leaves);
}

/// The different nodes of some pairs, numbered.
void number_nodes(const RowTable& pairs, RowSet& nodes, std::vector<RowNumber>& numbers) {
  nodes.add({&pairs.columns()[1]}, pairs.rows(), numbers);
}

void add_pair(RowTable& pairs, TermId start, TermId node) {
  const TermId pair[] = {start, node};
  pairs.append_row(pair);
}

}  // namespace

PathEvaluator::PathEvaluator(const PropertyPath& path, bool inverse, const ActiveGraph& graph,
                             QueryContext& context)
    : context_(context),
      graph_(graph),
      choice_(choose_graphs(graph, context)),
      path_(compile_path(path, inverse, context.terms)),
      any_triple_(leaf_pattern(graph, kUnbound)),
      order_lease_(context.budget),
      starts_lease_(context.budget) {
  add_leaves(path_, graph, leaves_);
  for (const auto& leaf : leaves_)
    leaf->open(context);
  any_triple_.open(context);
}

void PathEvaluator::walk(const Column& starts, const Ends& ends) {
  Pairs from;
  open_pairs(from);
  open_pairs(reached_);
  std::uint64_t walks = 0;  // of length zero, for a start that is not in the graph
  std::vector<bool> known;
  const bool asks = !ends.start_is_in_graph && can_be_empty(path_);
  if (asks) {
    walks = empty_walks(path_, ends.start_is_constant, ends.end_is_constant);
    known = in_graph(starts);
  }
  for (std::size_t i = 0; i < starts.size(); ++i) {
    if (!asks || known[i]) {
      add_pair(from, TermId(i), starts[i]);
    } else {
      for (std::uint64_t walk = 0; walk < walks; ++walk)
        add_pair(reached_, TermId(i), starts[i]);
    }
  }
  advance(path_, from, reached_, false);
  group(starts.size());
}

void PathEvaluator::group(std::size_t starts) {
  const std::size_t rows = reached_.rows();
  order_lease_.resize((rows + starts + 2) * sizeof(RowNumber));
  begin_.assign(starts + 2, 0);
  const Column& start_of = reached_.columns()[0];
  for (std::size_t row = 0; row < rows; ++row)
    ++begin_[start_of[row].bits() + 2];
  for (std::size_t start = 2; start < begin_.size(); ++start)
    begin_[start] += begin_[start - 1];
  order_.resize(rows);
  for (RowNumber row = 0; row < rows; ++row)
    order_[begin_[start_of[row].bits() + 1]++] = row;
  begin_.pop_back();
}

void PathEvaluator::advance(const PathStep& step, const Pairs& from, Pairs& to, bool as_set) {
  context_.interrupt.check();
  if (from.rows() == 0) return;
  switch (step.kind) {
    case PathStep::Kind::Link:
    case PathStep::Kind::Negated:
      follow(step, from, to);
      return;
    case PathStep::Kind::Sequence:
      follow_all(step, from, to, as_set);
      return;
    case PathStep::Kind::Alternative:
      for (const PathStep& part : step.parts)
        advance(part, from, to, as_set);
      return;
    case PathStep::Kind::ZeroOrMore:
    case PathStep::Kind::OneOrMore:
    case PathStep::Kind::ZeroOrOne:
      close(step, from, to);
      return;
  }
}

void PathEvaluator::follow(const PathStep& step, const Pairs& from, Pairs& to) {
  PatternLookup& lookup = *leaves_[step.leaf];
  const auto subject = *lookup.schema().find(kSubject);
  const auto object = *lookup.schema().find(kObject);
  const std::size_t near = step.inverse ? object : subject;
  const std::size_t far = step.inverse ? subject : object;
  const auto predicate = lookup.schema().find(kPredicate);

  RowSet nodes;
  nodes.open(1, context_.budget, context_.interrupt);
  std::vector<RowNumber> numbers;
  number_nodes(from, nodes, numbers);
  std::vector<Column> keys(lookup.schema().size());
  keys[near] = nodes.columns()[0];
  std::uint32_t wanted = std::uint32_t{1} << far;
  if (predicate) wanted |= std::uint32_t{1} << *predicate;
  Matches found;
  lookup.find(keys, nodes.size(), wanted, kNoLimit, kNoLimit, found);

  for (std::size_t row = 0; row < from.rows(); ++row) {
    const Matches::Range& range = found.ranges[numbers[row]];
    for (RowNumber match = range.begin; match < range.end; ++match) {
      ask_interrupt();
      if (predicate && std::binary_search(step.excluded.begin(), step.excluded.end(),
                                          found.columns[*predicate][match]))
        continue;
      add_pair(to, from.columns()[0][row], found.columns[far][match]);
    }
  }
}

void PathEvaluator::follow_all(const PathStep& step, const Pairs& from, Pairs& to, bool as_set) {
  Pairs between[2];
  const Pairs* at = &from;
  for (std::size_t i = 0; i + 1 < step.parts.size(); ++i) {
    Pairs& next = between[i % 2];
    open_pairs(next);
    advance(step.parts[i], *at, next, as_set);
    if (as_set) drop_repeated(next);
    at = &next;
  }
  advance(step.parts.back(), *at, to, as_set);
}

void PathEvaluator::drop_repeated(Pairs& pairs) {
  RowSet different;
  different.open(2, context_.budget, context_.interrupt);
  std::vector<RowNumber> numbers;
  different.add({&pairs.columns()[0], &pairs.columns()[1]}, pairs.rows(), numbers);
  if (different.size() == pairs.rows()) return;
  pairs.clear();
  pairs.append(different.columns(), different.size());
}

/// A closure: what each different node reaches is found once, then given to each pair of that node.
void PathEvaluator::close(const PathStep& step, const Pairs& from, Pairs& to) {
  RowSet nodes;
  nodes.open(1, context_.budget, context_.interrupt);
  std::vector<RowNumber> numbers;
  number_nodes(from, nodes, numbers);
  RowSet reached;
  reached.open(2, context_.budget, context_.interrupt);
  reach(step, nodes, reached);

  MemoryLease lease(context_.budget);
  lease.resize((reached.size() + nodes.size() + 1) * sizeof(RowNumber));
  std::vector<RowNumber> begin(nodes.size() + 1), rows(reached.size());
  const Column& node_of = reached.columns()[0];
  for (const TermId number : node_of)
    ++begin[number.bits()];
  RowNumber sum = 0;
  for (RowNumber& count : begin)
    sum += count, count = sum;
  for (RowNumber row = static_cast<RowNumber>(reached.size()); row-- > 0;)
    rows[--begin[node_of[row].bits()]] = row;
  for (std::size_t pair = 0; pair < from.rows(); ++pair) {
    for (RowNumber i = begin[numbers[pair]]; i < begin[numbers[pair] + 1]; ++i) {
      ask_interrupt();
      add_pair(to, from.columns()[0][pair], reached.columns()[1][rows[i]]);
    }
  }
}

/// Fills `reached` with the pairs (number of a node, node reached from it).
void PathEvaluator::reach(const PathStep& step, const RowSet& nodes, RowSet& reached) {
  Pairs frontier, next;
  open_pairs(frontier);
  open_pairs(next);
  for (std::size_t node = 0; node < nodes.size(); ++node) {
    add_pair(frontier, TermId(node), nodes.columns()[0][node]);
    if (step.kind != PathStep::Kind::OneOrMore) {
      const TermId pair[] = {TermId(node), nodes.columns()[0][node]};
      reached.add(pair);
    }
  }
  while (frontier.rows() > 0) {
    next.clear();
    advance(step.parts[0], frontier, next, true);
    const std::size_t known = reached.size();
    for (std::size_t row = 0; row < next.rows(); ++row) {
      ask_interrupt();
      const TermId pair[] = {next.columns()[0][row], next.columns()[1][row]};
      reached.add(pair);
    }
    if (step.kind == PathStep::Kind::ZeroOrOne) return;
    frontier.clear();
    frontier.append(reached.columns(), known, reached.size());
  }
}

std::vector<bool> PathEvaluator::in_graph(const Column& nodes) {
  std::vector<bool> known(nodes.size());
  Matches found;
  for (const Variable& end : {kSubject, kObject}) {
    std::vector<Column> keys(any_triple_.schema().size());
    keys[*any_triple_.schema().find(end)] = nodes;
    any_triple_.find(keys, nodes.size(), 0, 1, kNoLimit, found);
    for (std::size_t i = 0; i < nodes.size(); ++i)
      if (found.ranges[i].end > found.ranges[i].begin) known[i] = true;
  }
  return known;
}

const Column& PathEvaluator::starts() {
  if (starts_) return *starts_;
  starts_.emplace();
  if (can_be_empty(path_)) {
    add_column(QuadOrder::Spog, {}, 0);
    add_column(QuadOrder::Ospg, {}, 0);
  } else {
    add_starts(path_);
  }
  std::sort(starts_->begin(), starts_->end());
  starts_->erase(std::unique(starts_->begin(), starts_->end()), starts_->end());
  return *starts_;
}

/// Adds the nodes from which the path's first triple can lead.
void PathEvaluator::add_starts(const PathStep& step) {
  switch (step.kind) {
    case PathStep::Kind::Link:
      add_column(step.inverse ? QuadOrder::Posg : QuadOrder::Psog,
                 Quad{{kUnbound, step.predicate, kUnbound, kUnbound}}, 1);
      return;
    case PathStep::Kind::Negated:
      add_column(step.inverse ? QuadOrder::Ospg : QuadOrder::Spog, {}, 0);
      return;
    case PathStep::Kind::Sequence:
      for (const PathStep& part : step.parts) {
        add_starts(part);
        if (!can_be_empty(part)) return;
      }
      return;
    case PathStep::Kind::Alternative:
    case PathStep::Kind::ZeroOrMore:
    case PathStep::Kind::OneOrMore:
    case PathStep::Kind::ZeroOrOne:
      for (const PathStep& part : step.parts)
        add_starts(part);
      return;
  }
}

void PathEvaluator::add_column(QuadOrder order, const QuadPattern& pattern, std::size_t column) {
  GraphScan scan(context_, order, pattern, choice_);
  QuadColumns rows;
  while (scan.next(rows, 4096)) {
    for (std::size_t row = 0; row < rows.rows; ++row) {
      const TermId node = rows.columns[column][row];
      if (!starts_->empty() && starts_->back() == node) continue;
      if (starts_->size() == starts_->capacity()) {
        const std::size_t wanted = std::max<std::size_t>(16, starts_->capacity() * 2);
        starts_lease_.resize(wanted * sizeof(TermId));
        starts_->reserve(wanted);
      }
      starts_->push_back(node);
    }
  }
}

}  // namespace tripten
