// Cells of a mapped table: a field's text → its value, values, or nothing (CSVW Tabular Data Model
// §6.4).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "import/leniency.h"
#include "import/table_mapping.h"

namespace tripten {

/// The cell of one column, filled again for each row.
struct Cell {
  bool is_null = true;
  std::string text{};                ///< Its lexical form; of a list, as written.
  std::vector<std::string> items{};  ///< Of a list: the lexical forms.
  std::size_t item_count = 0;        ///< Items beyond are left from another row.
};

class CellReader {
 public:
  /// `table` is its name for errors.
  CellReader(std::string table, ImportReport& report, Leniency& leniency)
      : table_(std::move(table)),
        report_(report),
        leniency_(leniency) {}

  /// A text that the mapping takes for null is counted by itself, one that is not of the datatype
  /// goes to the leniency. Throws Invalid where a required value is missing.
  void read(const ColumnMapping& column, std::string_view field, std::uint64_t line, Cell& cell);

 private:
  bool convert(const ColumnMapping& column, std::string_view text, std::uint64_t line,
               std::string& out);
  Error error(std::uint64_t line, const std::string& why) const;

  std::string table_;
  ImportReport& report_;
  Leniency& leniency_;
};

}  // namespace tripten
