// Operator: one step of a running query. Pull, a batch at a time.
#pragma once

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "query/expr/batch.h"
#include "query/expr/query_context.h"

namespace tripten {

/// What explain prints of an operator.
struct OperatorDescription {
  std::string name;     ///< "IndexScan", "HashJoin", ...
  std::string details;  ///< Patterns, keys, conditions, in SPARQL's own notation.
};

/// Rows of the index that an operator itself reads, for how far a query is.
enum class IndexReading {
  None,      ///< None; its inputs may.
  Estimate,  ///< As many as its estimate.
  Unknown    ///< Nobody knows how many: what it reads depends on its inputs' rows.
};

class Operator {
 public:
  virtual ~Operator() = default;

  /// Starts over: after open() the operator gives all its rows from the first.
  virtual void open(QueryContext& context) = 0;
  /// Replaces `out` by the next rows (at most context.batch_rows, at least one); false at the end.
  /// Asks the interrupt once a call and in every loop that can be long.
  virtual bool next(Batch& out) = 0;
  virtual OperatorDescription describe() const = 0;
  /// In how many parts it reads an input, each a run of that, where it itself is read in `parts`.
  virtual std::size_t parts_of(const Operator& /*input*/, std::size_t parts) const { return parts; }
  /// Nobody above looks at variables that are not `wanted`: the operator may leave their columns
  /// out, where that saves work, but no rows. Called before open(), and before anybody has built on
  /// the schema; may be called again with fewer.
  virtual void keep_columns(const std::set<Variable>& /*wanted*/) {}

  const Schema& schema() const { return schema_; }
  /// The columns that the rows are sorted by, by id, ascending; empty is no order.
  const std::vector<std::size_t>& sorted_by() const { return sorted_by_; }
  /// Whether every row binds the column, known before anything runs; false where it isn't known.
  bool always_bound(std::size_t column) const {
    return column < always_bound_.size() && always_bound_[column];
  }
  /// The variables whose columns keep_columns() left out.
  const std::vector<Variable>& left_out() const { return left_out_; }
  const std::vector<std::unique_ptr<Operator>>& inputs() const { return inputs_; }
  IndexReading index_reading() const { return index_reading_; }
  /// Rows that the planner expects; negative is unknown.
  double estimate = -1;

 protected:
  /// Takes what is not wanted out of the schema and of what is said of it; gives the columns that
  /// stay, by their numbers before. Multiplicities (query/exec/multiplicity.h) stay.
  std::vector<std::size_t> narrow(const std::set<Variable>& wanted);
  /// The same for an operator that knows where each of its columns comes from: `source` has an
  /// entry a column, and keeps those of the columns that stay.
  void narrow(const std::set<Variable>& wanted, std::vector<std::size_t>& source);
  /// Takes another operator's columns for its own, and what is known of them: their order, and
  /// which are always bound.
  void take_columns(const Operator& other);

  Schema schema_{};
  std::vector<std::size_t> sorted_by_{};
  std::vector<bool> always_bound_{};
  std::vector<Variable> left_out_{};
  std::vector<std::unique_ptr<Operator>> inputs_{};
  IndexReading index_reading_ = IndexReading::None;
};
using OperatorPtr = std::unique_ptr<Operator>;

}  // namespace tripten
