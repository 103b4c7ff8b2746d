#include "query/exec/join_layout.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace tripten {

namespace {

void append_shared(const Column& left, const Column& right, const RowPairs& pairs, Column& out) {
  const std::size_t before = out.size();
  out.resize(before + pairs.size());
  TermId* to = out.data() + before;
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    TermId value = left[pairs.left[i]];
    if (!value && pairs.right[i] != kNoRow) value = right[pairs.right[i]];
    to[i] = value;
  }
}

}  // namespace

JoinLayout::JoinLayout(const Schema& left, const Schema& right)
    : schema(left),
      from_left(left.size()) {
  std::iota(from_left.begin(), from_left.end(), std::size_t{0});
  for (std::size_t column = 0; column < right.size(); ++column) {
    if (const auto same = left.find(right[column])) {
      shared.push_back({*same, column});
    } else {
      right_only.push_back(column);
      schema.add(right[column]);
    }
  }
}

void JoinLayout::keep(const std::vector<std::size_t>& columns) {
  std::vector<std::size_t> left, right;
  for (const std::size_t column : columns) {
    if (column < from_left.size())
      left.push_back(from_left[column]);
    else
      right.push_back(right_only[column - from_left.size()]);
  }
  from_left = std::move(left);
  right_only = std::move(right);
}

void append_gathered(const Column& values, const std::vector<RowNumber>& rows, Column& out) {
  const std::size_t before = out.size();
  out.resize(before + rows.size());
  TermId* to = out.data() + before;
  for (std::size_t i = 0; i < rows.size(); ++i)
    to[i] = rows[i] == kNoRow ? kUnbound : values[rows[i]];
}

void append_joined(const JoinLayout& layout, const Columns& left, const Columns& right,
                   const RowPairs& pairs, Batch& out, bool left_is_bound) {
  for (std::size_t i = 0; i < layout.from_left.size(); ++i) {
    const std::size_t column = layout.from_left[i];
    const auto shared =
        std::find_if(layout.shared.begin(), layout.shared.end(),
                     [&](const JoinLayout::Shared& pair) { return pair.left == column; });
    if (left_is_bound || shared == layout.shared.end())
      append_gathered(left[column], pairs.left, out.columns[i]);
    else
      append_shared(left[column], right[shared->right], pairs, out.columns[i]);
  }
  for (std::size_t i = 0; i < layout.right_only.size(); ++i)
    append_gathered(right[layout.right_only[i]], pairs.right,
                    out.columns[layout.from_left.size() + i]);
  out.rows += pairs.size();
}

std::vector<std::size_t> order_after_join(const Operator& left,
                                          const std::vector<JoinLayout::Shared>& shared) {
  std::vector<std::size_t> order;
  for (const std::size_t column : left.sorted_by()) {
    const bool joined =
        std::any_of(shared.begin(), shared.end(),
                    [&](const JoinLayout::Shared& pair) { return pair.left == column; });
    if (joined && !left.always_bound(column)) break;
    order.push_back(column);
  }
  return order;
}

}  // namespace tripten
