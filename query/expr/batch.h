// Batch: some solutions, column by column.
//
// An operator has a fixed Schema: the variables of its columns. A row that does not bind a variable
// holds kUnbound there.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "query/algebra/algebra.h"
#include "storage/term_id.h"

namespace tripten {

using Column = std::vector<TermId>;

/// The variables of an operator's columns.
class Schema {
 public:
  Schema() = default;
  explicit Schema(std::vector<Variable> variables) : variables_(std::move(variables)) {}

  std::size_t size() const { return variables_.size(); }
  const Variable& operator[](std::size_t column) const { return variables_[column]; }
  const std::vector<Variable>& variables() const { return variables_; }
  /// The column of a variable, or nothing.
  std::optional<std::size_t> find(const Variable& variable) const;
  /// The column of a variable, added at the end where it is new.
  std::size_t add(const Variable& variable);

 private:
  std::vector<Variable> variables_{};
};

/// Rows in columns; every column has `rows` entries. A schema without variables has rows, too.
struct Batch {
  std::vector<Column> columns{};
  std::size_t rows = 0;

  /// No rows, `width` columns.
  void reset(std::size_t width);
  /// Keeps the rows whose number is in `selection` (ascending).
  void keep(const std::vector<std::uint32_t>& selection);
  void append_row_of(const Batch& other, std::size_t row);
  /// Adds all rows of a batch of as many columns.
  void append(const Batch& other);
};

}  // namespace tripten
