// The order of steps is the recommendation's: default, null, separator, datatype.
#include "import/cell.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/utf8.h"
#include "import/values.h"

namespace tripten {

namespace {

constexpr std::size_t kShownOfValue = 40;
constexpr std::size_t kMostItems = 100'000;

bool is_null(std::string_view text, const ColumnMapping& column) {
  return text.empty() ||
         std::find(column.nulls.begin(), column.nulls.end(), text) != column.nulls.end();
}

}  // namespace

Error CellReader::error(std::uint64_t line, const std::string& why) const {
  return Error(ErrorCode::Invalid, fmt::format("{}, line {}: {}", table_, line, why),
               {static_cast<int>(line), 1});
}

void CellReader::read(const ColumnMapping& column, std::string_view field, std::uint64_t line,
                      Cell& cell) {
  cell.item_count = 0;
  if (field.empty()) field = column.default_value;
  cell.is_null = is_null(field, column);
  if (cell.is_null) {
    if (!field.empty()) ++report_.left_out[excerpt(field, kShownOfValue)];
    if (column.required && !column.is_virtual)
      throw error(line, fmt::format("the column {} has no value, but its mapping requires one",
                                    column.name));
    return;
  }
  if (!column.separator) {
    cell.is_null = !convert(column, field, line, cell.text);
    return;
  }
  cell.text = field;
  for (std::size_t from = 0; from <= field.size();) {
    std::size_t end = std::min(field.find(*column.separator, from), field.size());
    std::string_view item = trimmed(field.substr(from, end - from));
    if (cell.item_count == kMostItems)
      throw error(line, fmt::format("the column {} has more than 100,000 values", column.name));
    if (cell.items.size() == cell.item_count) cell.items.emplace_back();
    if (!is_null(item, column) && convert(column, item, line, cell.items[cell.item_count]))
      ++cell.item_count;
    from = end + column.separator->size();
  }
  cell.is_null = cell.item_count == 0;
}

/// False where the value is left out.
bool CellReader::convert(const ColumnMapping& column, std::string_view text, std::uint64_t line,
                         std::string& out) {
  if (lexical_form(text, column.datatype, out)) return true;
  std::string wanted = with_article(column.datatype.name);
  leniency_.leave_out(error(line, fmt::format("\"{}\" in the column {} is not {}",
                                              excerpt(text, kShownOfValue), column.name, wanted)),
                      "not " + wanted);
  return false;
}

}  // namespace tripten
