// The cells of a table for a person's eyes.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "rdf/statement.h"

namespace tripten {

/// Terms as short texts on one line: IRIs as prefixed names where one fits (else in < >), literals
/// without quotes and datatype, language tags after @. Characters that would move the cursor,
/// change colours or turn the line round are replaced.
class TableCells {
 public:
  explicit TableCells(const std::map<std::string, std::string>& prefixes);

  void append(const TermView& term, std::string& out) const;

 private:
  bool append_prefixed(std::string_view iri, std::string& out) const;

  std::vector<std::pair<std::string, std::string>> namespaces_{};  // IRI, prefix; longest first
};

/// Whether the cell belongs to the right side of its column: a number.
bool is_number_cell(const TermView& term);

/// The text cut to `width` columns of a terminal, with an ellipsis at the end where it was longer.
std::string_view fit(std::string_view text, std::size_t width, std::string& scratch);

}  // namespace tripten
