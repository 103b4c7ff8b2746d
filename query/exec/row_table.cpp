#include "query/exec/row_table.h"

#include <algorithm>

#include "tripten/error.h"

#include "base/grow.h"

namespace tripten {

namespace {

constexpr std::size_t kRowsPerInterrupt = std::size_t{1} << 16;

}  // namespace

void RowTable::open(std::size_t width, MemoryBudget& budget, const Interrupt& interrupt) {
  columns_ = std::vector<Column>(width);  // assign() would keep the memory of each
  rows_ = 0;
  capacity_ = 0;
  lease_.emplace(budget);
  interrupt_ = &interrupt;
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
    reserve_in_parts(column, wanted, *interrupt_);
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
    for (std::size_t row = 0; row < order.size(); ++row) {
      if (row % kRowsPerInterrupt == 0) interrupt_->check();
      moved.push_back(column[order[row]]);
    }
    column.swap(moved);
  }
  rows_ = order.size();
}

}  // namespace tripten
