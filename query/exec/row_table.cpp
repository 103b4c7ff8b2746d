#include "query/exec/row_table.h"

#include <algorithm>

#include "tripten/error.h"

namespace tripten {

void RowTable::open(std::size_t width, MemoryBudget& budget) {
  columns_.assign(width, Column());
  columns_.shrink_to_fit();
  rows_ = 0;
  capacity_ = 0;
  lease_.emplace(budget);
}

void RowTable::clear() {
  for (Column& column : columns_)
    column.clear();
  rows_ = 0;
}

void RowTable::keep_first(std::size_t rows) {
  for (Column& column : columns_)
    column.resize(rows);
  rows_ = rows;
}

void RowTable::make_room(std::size_t more) {
  if (rows_ + more <= capacity_) return;
  if (rows_ + more >= kNoRow)
    throw Error(ErrorCode::Limit, "a step of the query would keep more than 4 billion rows");
  const std::size_t wanted = std::max({rows_ + more, capacity_ * 2, std::size_t{16}});
  lease_->resize(wanted * columns_.size() * sizeof(TermId));
  for (Column& column : columns_)
    column.reserve(wanted);
  capacity_ = wanted;
}

void RowTable::append(const std::vector<Column>& columns, std::size_t begin, std::size_t end) {
  make_room(end - begin);
  for (std::size_t i = 0; i < columns_.size(); ++i)
    columns_[i].insert(columns_[i].end(), columns[i].begin() + static_cast<std::ptrdiff_t>(begin),
                       columns[i].begin() + static_cast<std::ptrdiff_t>(end));
  rows_ += end - begin;
}

void RowTable::append(const std::vector<const Column*>& columns, std::size_t rows) {
  make_room(rows);
  for (std::size_t i = 0; i < columns_.size(); ++i)
    columns_[i].insert(columns_[i].end(), columns[i]->begin(),
                       columns[i]->begin() + static_cast<std::ptrdiff_t>(rows));
  rows_ += rows;
}

void RowTable::append_row(const TermId* values) {
  make_room(1);
  for (std::size_t i = 0; i < columns_.size(); ++i)
    columns_[i].push_back(values[i]);
  ++rows_;
}

void RowTable::rearrange(const std::vector<RowNumber>& order) {
  Column moved;
  moved.reserve(capacity_);
  for (Column& column : columns_) {
    moved.clear();
    for (const RowNumber row : order)
      moved.push_back(column[row]);
    column.swap(moved);
  }
  rows_ = order.size();
}

}  // namespace tripten
