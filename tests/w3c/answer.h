// Answer: what a query answers with, read from the suites' files or from the engine, and whether
// two answers are the same.
#pragma once

#include <cstdint>
#include <filesystem>
#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

#include "tripten/tripten.h"

#include "w3c/isomorphism.h"
#include "w3c/quads.h"

namespace tripten {

enum class AnswerKind : std::uint8_t { Solutions, Boolean, Graph };

struct Answer {
  AnswerKind kind = AnswerKind::Solutions;
  std::vector<std::string> columns{};
  std::vector<Tuple> rows{};  ///< A term a column; unbound where the solution has none.
  bool is_ordered = false;    ///< The rows' order is part of the answer (rs:index).
  bool boolean = false;
  Quads graph{};
};

/// The answer in a file: .srx, .srj, .csv, .tsv, or RDF, which holds a result set in the vocabulary
/// rs: or is the graph itself.
Answer read_answer(const std::filesystem::path& file, const std::string& iri);

/// The result format that a file's name tells; nothing for RDF.
std::optional<Format> solution_format(const std::filesystem::path& file);

/// The answer in a text of SPARQL's result formats: Xml, Json, Csv, Tsv.
Answer read_solution_text(std::istream& in, Format format);

/// All rows of a result.
Answer answer_of(Result& result);

struct Comparison {
  bool is_ordered = false;
  bool is_lax = false;   ///< A solution may be missing where another copy of it is there (REDUCED).
  bool is_text = false;  ///< CSV: of terms, only their text is known.
};

/// Empty where they are the same; else the difference in a few lines. Columns are matched by name.
/// A decimal, float or double is the same in any lexical form of its value and datatype, since
/// SPARQL does not say in which one an operator answers.
std::string difference(const Answer& expected, const Answer& answered,
                       const Comparison& comparison);

/// Empty where the datasets are isomorphic.
std::string difference(const Quads& expected, const Quads& answered);

}  // namespace tripten
