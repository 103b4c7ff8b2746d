// SPARQL text → algebra. The grammar is grammar/Sparql.g4; the translation is §18.2.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "query/algebra/query.h"
#include "query/parse/source_text.h"

namespace tripten {

struct ParseOptions {
  std::string base{};  ///< For relative IRIs where the text has no BASE.
  /// Declared before the text, by a caller: prefix, without the colon, → IRI.
  std::map<std::string, std::string> prefixes{};
  bool strict = false;  ///< SPARQL 1.1 alone: no known prefixes, no lenient forms, no placeholders.
  /// Values for `{{name}}` placeholders, as text (see the command line's `--param`). Names that
  /// the text has no placeholder for are ignored.
  std::map<std::string, std::string> parameters{};
  std::size_t memory_bytes = ~std::size_t{0};  ///< Limit for a text whose tree would take more.
  int first_line = 1;                          ///< Number of the text's first line, in places.
};

/// Throws Syntax or Invalid with a position (in `text` as given) and a message that says what was
/// found, what was expected in words of SPARQL, and the nearest keyword or prefix where one is
/// close.
Query parse_query(std::string_view text, const ParseOptions& options);
Update parse_update(std::string_view text, const ParseOptions& options);

/// The text that the grammar sees, with a note for each placeholder that was filled.
struct PreparedText {
  SourceText source;
  std::vector<Leniency> notes{};
};
PreparedText prepare_text(std::string_view text, const ParseOptions& options);
Query parse_query(PreparedText text, const ParseOptions& options);
/// Whether any text of so many bytes is within the limit of memory.
bool surely_fits(std::size_t bytes, const ParseOptions& options);

/// A parameter's value as one term: a number, <iri>, prefix:name (of `prefixes` or known ones) or
/// quoted literal; any other text is a string. Invalid for an undeclared prefix.
Term parse_parameter(std::string_view value, const std::map<std::string, std::string>& prefixes);

/// The names of the text's placeholders `{{name}}`, in its order.
std::vector<std::string> placeholder_names(std::string_view text);
/// Whether the text has a placeholder `{{name}}`.
bool has_parameter(std::string_view text, std::string_view name);

}  // namespace tripten
