// RowTable: rows that an operator keeps, column by column, charged to the query's memory budget.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/interrupt.h"
#include "base/memory_budget.h"
#include "query/expr/batch.h"

namespace tripten {

/// Numbers of rows inside one table.
using RowNumber = std::uint32_t;
constexpr RowNumber kNoRow = ~RowNumber{0};

class RowTable {
 public:
  /// Empties the table; from here on it has `width` columns and is charged to `budget`.
  /// Growing it and putting it in order ask `interrupt`, which outlives the table's use.
  void open(std::size_t width, MemoryBudget& budget, const Interrupt& interrupt);
  /// Drops the rows and keeps the memory.
  void clear();

  /// Drops the rows from `rows` on.
  void keep_first(std::size_t rows);

  /// Throw Limit, and leave the table as it was, where the budget has no room.
  void append(const std::vector<Column>& columns, std::size_t rows) { append(columns, 0, rows); }
  void append(const std::vector<Column>& columns, std::size_t begin, std::size_t end);
  /// As many columns as the table has, each with `rows` values at least.
  void append(const std::vector<const Column*>& columns, std::size_t rows);
  void append_row(const TermId* values);

  std::size_t rows() const { return rows_; }
  std::size_t width() const { return columns_.size(); }
  const std::vector<Column>& columns() const { return columns_; }
  /// Keeps the rows `order[0..]` in that order and no others.
  void rearrange(const std::vector<RowNumber>& order);

 private:
  void make_room(std::size_t more);

  std::vector<Column> columns_{};  // each has rows_ entries and room for capacity_
  std::size_t rows_ = 0;
  std::size_t capacity_ = 0;
  const Interrupt* interrupt_ = nullptr;
  std::optional<MemoryLease> lease_{};  // width * capacity_ * 8 bytes
};

}  // namespace tripten
