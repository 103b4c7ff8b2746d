// Answers of other SPARQL engines: documents of "SPARQL 1.1 Query Results", read.
//
//   std::ifstream in("answer.srj");
//   const auto answer = tripten::read_solutions(in, tripten::Format::Json);
//   for (const auto& row : answer.rows) std::cout << row[0] << '\n';
#pragma once

#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tripten/error.h"
#include "tripten/format.h"
#include "tripten/term.h"

namespace tripten {

/// The answer of a SELECT, or of an ASK.
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

}  // namespace tripten
