// Readers of query results: the documents that query/output writes, and other engines' (SPARQL 1.1
// Query Results JSON Format; CSV and TSV Formats; SPARQL Query Results XML Format).
//
// The one with a sink streams: memory is that of one solution. Those that collect all of them are
// for answers that fit into memory (tripten/solutions.h).
#pragma once

#include <span>
#include <string>
#include <vector>

#include "tripten/format.h"
#include "tripten/solutions.h"
#include "tripten/term.h"

#include "base/input.h"

namespace tripten {

/// Whoever takes solutions. Either begin() and any number of row(), or boolean() alone.
struct SolutionSink {
  virtual ~SolutionSink() = default;
  /// The variables, without `?`, each one once.
  virtual void begin(std::vector<std::string> variables) = 0;
  /// A term for each variable, Term() where it is unbound; valid during the call only. Labels of
  /// blank nodes are those of the document.
  virtual void row(std::span<const Term> terms) = 0;
  /// The answer of an ASK.
  virtual void boolean(bool answer) = 0;
};

/// Reads a whole document of Json, Xml, Tsv or Csv. Throws Syntax where the document is not what
/// its format says, Invalid for terms that RDF does not have and for broken UTF-8, Limit for a
/// solution longer than 128 MB; all with the input's name, line and column. What came before the
/// fault has been given to the sink.
void read_solutions(Input& input, Format format, SolutionSink& sink);
/// The same, all of it in memory.
SolutionTable read_solutions(Input& input, Format format);

}  // namespace tripten
