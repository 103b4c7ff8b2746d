// PathScan and PathJoin: the pairs that a property path connects, alone or for each row of an
// input.
//
// Rows are taken in windows whose rows bind the same ends, and the path is walked from the
// different values of a window together: forward where the subject is known, backward where only
// the object is. Where neither is, it is walked from every node that it can start at, a few at a
// time. Windows grow while they reach little, since what they reach is held.
#include <algorithm>
#include <optional>

#include "base/check.h"
#include "query/algebra/print.h"
#include "query/exec/describe.h"
#include "query/exec/join_layout.h"
#include "query/exec/operators.h"
#include "query/exec/path_evaluator.h"

namespace tripten {

namespace {

constexpr std::size_t kLargestWindow = 256;
constexpr std::size_t kMuch = 8192;  // pairs reached by one window

/// A place of the pattern: where its value comes from and goes to.
struct PathEnd {
  std::optional<Term> constant{};
  TermId id{};                          // of the constant
  std::optional<std::size_t> left{};    // left's column of the variable
  std::optional<std::size_t> column{};  // left's, or behind them
};

class PathJoin : public Operator {
 public:
  PathJoin(OperatorPtr left, const PathPattern& pattern, bool is_scan)
      : pattern_(pattern),
        is_scan_(is_scan),
        left_input_(std::move(left)) {
    check(pattern.graph.kind != ActiveGraph::Kind::EachNamed,
          "a path over each named graph is not planned as a loop");
    index_reading_ = IndexReading::Unknown;
    schema_ = left_input_->schema();
    set_end(pattern.subject, subject_);
    set_end(pattern.object, object_);
    same_variable_ = subject_.column && subject_.column == object_.column;
    std::vector<JoinLayout::Shared> shared;
    for (const PathEnd* end : {&subject_, &object_})
      if (end->left) shared.push_back({*end->left, 0});
    sorted_by_ = order_after_join(*left_input_, shared);
    for (std::size_t column = 0; column < schema_.size(); ++column) {
      source_.push_back(column);
      always_bound_.push_back(left_input_->always_bound(column) || column == subject_.column ||
                              column == object_.column);
    }
    if (!is_scan_) inputs_.push_back(std::move(left_input_));
  }

  void open(QueryContext& context) override {
    context_ = &context;
    left().open(context);
    forward_.emplace(pattern_.path, false, pattern_.graph, context);
    backward_.emplace(pattern_.path, true, pattern_.graph, context);
    for (PathEnd* end : {&subject_, &object_})
      if (end->constant) end->id = context.terms.intern(view_of(*end->constant));
    nodes_.open(1, context.budget, context.interrupt);
    rows_.rows = 0;
    begin_ = end_ = row_ = 0;
    window_ = 1;
  }

  bool next(Batch& out) override {
    out.reset(schema_.size());
    while (out.rows == 0) {
      context_->interrupt.check();
      if (row_ < end_)
        give(out);
      else if (!walk_window())
        return false;
    }
    return true;
  }

  void keep_columns(const std::set<Variable>& wanted) override { narrow(wanted, source_); }

  OperatorDescription describe() const override {
    return {is_scan_ ? "PathScan" : "PathJoin",
            to_string(pattern_.subject) + " " + to_string(pattern_.path) + " " +
                to_string(pattern_.object) + describe_graph(pattern_.graph)};
  }

 private:
  enum class Known : std::uint8_t { Subject, Object, Nothing };

  Operator& left() { return is_scan_ ? *left_input_ : *inputs_[0]; }

  void set_end(const PatternTerm& term, PathEnd& end) {
    if (const auto* constant = std::get_if<Term>(&term)) {
      end.constant = *constant;
      return;
    }
    const Variable& variable = std::get<Variable>(term);
    end.left = left_input_->schema().find(variable);
    end.column = schema_.add(variable);
  }

  TermId value(const PathEnd& end, std::size_t row) const {
    if (end.constant) return end.id;
    return end.left ? rows_.columns[*end.left][row] : kUnbound;
  }

  Known known_of(std::size_t row) const {
    if (value(subject_, row)) return Known::Subject;
    return value(object_, row) ? Known::Object : Known::Nothing;
  }

  PathEvaluator& evaluator() { return known_ == Known::Object ? *backward_ : *forward_; }

  /// Walks from the next window; false at the end.
  bool walk_window() {
    if (known_ == Known::Nothing && begin_ < end_ && start_end_ < forward_->starts().size()) {
      walk_starts();  // the same row goes on with other starts
      return true;
    }
    if (end_ == rows_.rows) {
      begin_ = end_ = row_ = 0;
      if (!left().next(rows_)) {
        rows_.rows = 0;
        return false;
      }
    }
    begin_ = row_ = end_;
    known_ = known_of(begin_);
    if (known_ == Known::Nothing) {
      end_ = begin_ + 1;
      start_end_ = 0;
      walk_starts();
      return true;
    }
    end_ = begin_ + 1;
    while (end_ < rows_.rows && end_ - begin_ < window_ && known_of(end_) == known_)
      ++end_;
    walk_from_rows();
    return true;
  }

  void walk_from_rows() {
    const PathEnd& start = known_ == Known::Subject ? subject_ : object_;
    const PathEnd& other = known_ == Known::Subject ? object_ : subject_;
    nodes_.clear();
    start_of_row_.clear();
    for (std::size_t row = begin_; row < end_; ++row) {
      const TermId node = value(start, row);
      start_of_row_.push_back(nodes_.add(&node).number);
    }
    evaluator().walk(nodes_.columns()[0], {.start_is_constant = start.constant.has_value(),
                                           .end_is_constant = other.constant.has_value(),
                                           .start_is_in_graph = false});
    adapt_window();
    begin_row();
  }

  void walk_starts() {
    const Column& starts = forward_->starts();
    const std::size_t begin = start_end_;
    start_end_ = std::min(starts.size(), begin + window_);
    walked_.assign(starts.begin() + static_cast<std::ptrdiff_t>(begin),
                   starts.begin() + static_cast<std::ptrdiff_t>(start_end_));
    forward_->walk(walked_, {.start_is_in_graph = true});
    adapt_window();
    row_ = begin_;
    start_ = 0;
    at_ = 0;
    stop_ = static_cast<RowNumber>(forward_->size());
  }

  void adapt_window() {
    if (evaluator().size() > kMuch)
      window_ = std::max<std::size_t>(1, window_ / 4);
    else
      window_ = std::min(kLargestWindow, window_ * 2);
  }

  /// Stands on the first pair of row_.
  void begin_row() {
    if (row_ == end_) return;
    const RowNumber start = start_of_row_[row_ - begin_];
    at_ = evaluator().begin(start);
    stop_ = evaluator().begin(start + 1);
  }

  /// Joins pairs with rows from row_ on until `out` is full.
  void give(Batch& out) {
    given_rows_.clear();
    subjects_.clear();
    objects_.clear();
    while (row_ < end_ && given_rows_.size() < context_->batch_rows) {
      if (at_ == stop_) {
        ++row_;
        if (known_ != Known::Nothing) begin_row();
        continue;
      }
      const TermId node = evaluator().node(at_);
      if (known_ == Known::Nothing) {
        while (forward_->begin(start_ + 1) <= at_)
          ++start_;
        if (!same_variable_ || node == walked_[start_]) add(walked_[start_], node);
      } else if (known_ == Known::Object) {
        add(node, value(object_, row_));
      } else if (const TermId object = value(object_, row_); !object || object == node) {
        add(value(subject_, row_), node);
      }
      ++at_;
    }
    append(out);
  }

  void add(TermId subject, TermId object) {
    given_rows_.push_back(static_cast<RowNumber>(row_));
    subjects_.push_back(subject);
    objects_.push_back(object);
  }

  void append(Batch& out) {
    for (std::size_t i = 0; i < source_.size(); ++i) {
      const std::size_t column = source_[i];
      if (column == subject_.column)
        out.columns[i] = subjects_;
      else if (column == object_.column)
        out.columns[i] = objects_;
      else
        append_gathered(rows_.columns[column], given_rows_, out.columns[i]);
    }
    out.rows = given_rows_.size();
  }

  PathPattern pattern_;
  bool is_scan_;
  OperatorPtr left_input_;             // a scan's one solution; else in inputs_
  std::vector<std::size_t> source_{};  // of each of our columns: a PathEnd::column, or left's
  PathEnd subject_{}, object_{};
  bool same_variable_ = false;
  QueryContext* context_ = nullptr;
  std::optional<PathEvaluator> forward_{}, backward_{};

  Batch rows_{};                           // of left
  std::size_t begin_ = 0, end_ = 0;        // the window
  Known known_ = Known::Nothing;           // which end its rows bind
  std::size_t window_ = 1;                 // rows, or starts, of the next
  RowSet nodes_{};                         // the different nodes that the window starts from
  std::vector<RowNumber> start_of_row_{};  // their numbers, by row of the window
  Column walked_{};                        // Known::Nothing: the starts walked from,
  std::size_t start_end_ = 0;              // and how many of all are done

  std::size_t row_ = 0;          // of rows_, to go on with
  RowNumber at_ = 0, stop_ = 0;  // its pairs that are not out yet
  std::size_t start_ = 0;        // Known::Nothing: the start that pair at_ belongs to
  std::vector<RowNumber> given_rows_{};
  Column subjects_{}, objects_{};
};

}  // namespace

OperatorPtr path_scan(const PathPattern& pattern) {
  return std::make_unique<PathJoin>(one_solution(), pattern, true);
}

OperatorPtr path_join(OperatorPtr left, const PathPattern& pattern) {
  return std::make_unique<PathJoin>(std::move(left), pattern, false);
}

}  // namespace tripten
