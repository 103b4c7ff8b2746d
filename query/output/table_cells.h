// The cells of a table for a person's eyes.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "tripten/solutions.h"

#include "query/expr/batch.h"
#include "query/expr/query_terms.h"

namespace tripten {

/// Terms as short texts on one line: IRIs as prefixed names where one fits (else in < >), with
/// their label behind them where there is one; literals without quotes and datatype, language tags
/// after
/// @. Characters that would move the cursor, change colours or turn the line round are replaced.
class TableCells {
 public:
  /// Of the options the prefixes, the labels and what is unbound count.
  explicit TableCells(const WriteOptions& options);

  /// Asks for the labels of the IRIs in the first `rows` of a batch, which append() then knows.
  void fetch_labels(const Batch& batch, std::size_t rows, const QueryTerms& terms);

  void append(const TermView& term, std::string& out) const;
  /// The parts of an IRI's cell: the name, and the label, which may be empty.
  void append_name(std::string_view iri, std::string& out) const;
  std::string_view label_of(std::string_view iri) const;

 private:
  bool append_prefixed(std::string_view iri, std::string& out) const;

  std::vector<std::pair<std::string, std::string>> namespaces_{};  // IRI, prefix; longest first
  std::function<std::vector<std::string>(const std::vector<Term>&)> ask_labels_;
  std::string unbound_;
  std::unordered_map<std::string, std::string> labels_{};  // by IRI; empty where it has none
};

/// Appends a text without the characters that a terminal would obey: a line break becomes ↵.
void append_visible(std::string_view text, std::string& out);

/// Whether the cell belongs to the right side of its column: a number.
bool is_number_cell(const TermView& term);

/// The text cut to `width` columns of a terminal, with an ellipsis where it was longer: at the end,
/// but of an IRI in < > the end is kept.
std::string_view fit(std::string_view text, std::size_t width, std::string& scratch);

}  // namespace tripten
