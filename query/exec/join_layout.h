// JoinLayout: how the columns of two inputs become the columns of their join.
//
//   left   a b c        result  a b c d      shared: b, c
//   right  c b d                             right only: d
//
// Two rows are compatible (SPARQL 1.1 §18.3) when no shared variable is bound to different terms;
// the joined row takes the bound value of each.
#pragma once

#include <cstdint>
#include <numeric>
#include <utility>
#include <vector>

#include "query/exec/operator.h"
#include "query/exec/row_table.h"

namespace tripten {

struct JoinLayout {
  JoinLayout(const Schema& left, const Schema& right);

  /// Leaves the other columns out of the result; they are numbered as they are in it.
  void keep(const std::vector<std::size_t>& columns);

  Schema schema;  ///< Left's columns, then those that only the right has, kept or not.
  struct Shared {
    std::size_t left, right;
  };
  std::vector<Shared> shared{};
  std::vector<std::size_t> from_left{};   ///< Columns of the left in the result,
  std::vector<std::size_t> right_only{};  ///< and behind them those of the right.
};

using Columns = std::vector<Column>;

/// Pairs of rows: pair i joins row left[i] with row right[i]; kNoRow on the right: left's row
/// alone.
struct RowPairs {
  std::vector<RowNumber> left{}, right{};
  std::size_t size() const { return left.size(); }
  void add(RowNumber left_row, RowNumber right_row) {
    left.push_back(left_row);
    right.push_back(right_row);
  }
  /// The left row with `count` rows on the right.
  void add_run(RowNumber left_row, RowNumber right_begin, RowNumber count) {
    left.insert(left.end(), count, left_row);
    const std::size_t before = right.size();
    right.resize(before + count);
    std::iota(right.begin() + static_cast<std::ptrdiff_t>(before), right.end(), right_begin);
  }
  void clear() {
    left.clear();
    right.clear();
  }
};

/// Appends the joined rows of `pairs` to `out`, whose columns are the layout's. With
/// `left_is_bound`, the shared columns are taken from the left alone (and right's may be empty).
void append_joined(const JoinLayout& layout, const Columns& left, const Columns& right,
                   const RowPairs& pairs, Batch& out, bool left_is_bound = false);

/// Appends `values[rows[i]]` for each i; kNoRow gives kUnbound.
void append_gathered(const Column& values, const std::vector<RowNumber>& rows, Column& out);

/// The longest prefix of left's order that its rows keep when a join binds some of the shared
/// columns: a column that may be unbound takes values out of order.
std::vector<std::size_t> order_after_join(const Operator& left,
                                          const std::vector<JoinLayout::Shared>& shared);

}  // namespace tripten
