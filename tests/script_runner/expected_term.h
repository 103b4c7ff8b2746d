// ExpectedTerm: a cell of an expected row, and whether an answer's term is what it asks for.
//
// Terms are written as in Turtle. A number without quotes and with a point or an exponent asks for
// the value in that datatype (SPARQL does not say whether 5/2 is written 2.5 or 2.50); everything
// else, quoted literals first of all, asks for exactly this term.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "tripten/term.h"

namespace tripten {

/// Prefix labels, without the colon, to namespaces.
using Prefixes = std::map<std::string, std::string>;

struct ExpectedTerm {
  enum class Kind { Term, Value, Any };
  Kind kind = Kind::Term;
  Term term{};  // unbound: the answer's is, too
};

/// Adds what `PREFIX a: <b>` and `@prefix a: <b> .` declare in a text.
void collect_prefixes(std::string_view text, Prefixes& prefixes);

/// The cells of a line, separated by blanks. `line` is for errors.
std::vector<ExpectedTerm> read_expected_row(std::string_view text, int line,
                                            const Prefixes& prefixes);

/// Blank nodes: true for any two; the caller pairs them.
bool accepts(const ExpectedTerm& expected, const Term& answered);

/// As it stands in a script, for reports.
std::string written(const ExpectedTerm& expected);
std::string written(const Term& answered);

}  // namespace tripten
