// Schemas and batches: the small operations that every operator uses.
#include "query/expr/batch.h"

#include <algorithm>

namespace tripten {

std::optional<std::size_t> Schema::find(const Variable& variable) const {
  const auto it = std::find(variables_.begin(), variables_.end(), variable);
  if (it == variables_.end()) return std::nullopt;
  return static_cast<std::size_t>(it - variables_.begin());
}

std::size_t Schema::add(const Variable& variable) {
  if (const auto column = find(variable)) return *column;
  variables_.push_back(variable);
  return variables_.size() - 1;
}

void Batch::reset(std::size_t width) {
  columns.resize(width);
  for (Column& column : columns)
    column.clear();
  rows = 0;
}

void Batch::keep(const std::vector<std::uint32_t>& selection) {
  if (selection.size() == rows) return;
  for (Column& column : columns) {
    for (std::size_t i = 0; i < selection.size(); ++i)
      column[i] = column[selection[i]];
    column.resize(selection.size());
  }
  rows = selection.size();
}

void Batch::append_row_of(const Batch& other, std::size_t row) {
  for (std::size_t i = 0; i < columns.size(); ++i)
    columns[i].push_back(other.columns[i][row]);
  ++rows;
}

void Batch::append(const Batch& other) {
  for (std::size_t i = 0; i < columns.size(); ++i)
    columns[i].insert(columns[i].end(), other.columns[i].begin(), other.columns[i].end());
  rows += other.rows;
}

}  // namespace tripten
