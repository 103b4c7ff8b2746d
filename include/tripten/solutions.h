// Answers as values: read from documents of "SPARQL 1.1 Query Results", kept from a Result, and
// written in any format.
//
//   std::ifstream in("answer.srj");
//   const auto answer = tripten::read_solutions(in, tripten::Format::Json);
//   for (const auto& row : answer.rows) std::cout << row[0] << '\n';
//   tripten::write_solutions(std::cout, answer, tripten::Format::Markdown);
#pragma once

#include <cstdint>
#include <functional>
#include <iosfwd>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tripten/error.h"
#include "tripten/format.h"
#include "tripten/term.h"

namespace tripten {

/// The answer of a SELECT or of an ASK; the triples of a graph are rows of subject, predicate and
/// object.
struct SolutionTable {
  std::vector<std::string> variables{};  ///< Without `?`, in the document's order.
  /// As many terms in each as there are variables; an unbound one is Term().
  std::vector<std::vector<Term>> rows{};
  std::optional<bool> boolean{};  ///< Of an ASK, and only of one.

  friend bool operator==(const SolutionTable&, const SolutionTable&) = default;
};

/// Reads a document of Format::Json, Xml, Tsv or Csv to its end. CSV does not say what its values
/// were: `_:x` becomes a blank node, an empty field without quotes is unbound, anything else is a
/// string. A document that is `true` or `false` alone is the answer of an ASK in CSV and TSV.
/// Throws Syntax or Invalid with the position, `name` in front of it; Limit for a solution of more
/// than 128 MB.
SolutionTable read_solutions(std::istream& in, Format format, std::string_view name = "the answer");

/// A copy of what Result::write() wrote, for writing it again in another format.
struct KeptAnswer {
  std::size_t most_bytes = std::size_t{64} << 20;  ///< Of terms. A larger answer is not kept.

  SolutionTable table{};
  bool is_graph = false;
  bool is_complete = false;  ///< Otherwise the answer was too large or not written to its end.
  std::map<std::string, std::string> prefixes{};  ///< Of the query: prefix → IRI.
};

/// How an answer is written. Format::Table, Box, Line and Html are for people: they show IRIs as
/// prefixed names; a row of Table and Box stays on its line.
struct WriteOptions {
  std::size_t width = 0;  ///< Table, Box: columns of the terminal; 0 is no limit.
  /// Table, Box: the most rows that are shown; the others are counted. 0 is no limit.
  std::uint64_t rows = 0;
  std::string unbound = "∅";  ///< Table, Box, Line: stands where there is no term.
  bool footer = true;         ///< Table, Box: ends in `7 rows`, or `7 rows (5 shown)`.
  /// Prefixes besides those of the query, which go before, and the known ones, which come after.
  std::map<std::string, std::string> prefixes{};
  /// Table, Box, Line, Html: gives names to IRIs, which stand behind them; an empty one is none.
  /// Called for the different IRIs of some rows at a time.
  std::function<std::vector<std::string>(const std::vector<Term>&)> labels{};
  KeptAnswer* keep = nullptr;  ///< Where Result::write() copies the rows to; it begins it anew.
};

/// Writes a table as Result::write() writes the same answer. A table of the variables subject,
/// predicate and object is a graph to a format that holds one.
void write_solutions(std::ostream& out, const SolutionTable& table, Format format,
                     const WriteOptions& options = {});

/// The term as Format::Table shows it, on one line and without control characters: IRIs as prefixed
/// names where one of `prefixes` or of the known ones fits, literals without quotes and datatype.
std::string short_text(const Term& term, const std::map<std::string, std::string>& prefixes = {});

}  // namespace tripten
