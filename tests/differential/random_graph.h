// Random small datasets over few terms, so that much joins.
#pragma once

#include "differential/choices.h"
#include "differential/naive/solution.h"

namespace tripten::test {

/// 5 to 40 quads: four IRIs, two blank nodes, three predicates, literals of equal value and
/// different form, the default graph and none to three named graphs.
naive::TermQuads random_quads(Choices& choices);

/// A literal as SPARQL writes it, of those that the datasets hold.
std::string random_literal(Choices& choices);

/// An IRI or literal of those.
Term random_term(Choices& choices);

/// As TriG, for people to read.
std::string to_trig(const naive::TermQuads& quads);

}  // namespace tripten::test
