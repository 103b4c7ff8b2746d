// Which literals may be written as bare numbers.
#pragma once

#include "rdf/statement.h"

namespace tripten {

/// Whether Turtle and SPARQL read the lexical form, written bare, as this very term: an
/// xsd:integer, xsd:decimal or xsd:double in the syntax of INTEGER, DECIMAL or DOUBLE.
bool is_bare_number(const TermView& term);

/// Whether the literal is of a numeric datatype and its lexical form a number of JSON (RFC 8259
/// §6).
bool is_json_number(const TermView& term);

}  // namespace tripten
