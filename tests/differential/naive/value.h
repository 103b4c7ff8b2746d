// What terms mean to SPARQL's operators (§17.2, §17.3): effective boolean value, = and <.
#pragma once

#include <optional>

#include "tripten/term.h"

namespace tripten::naive {

/// §17.2.2. Nothing: a type error.
std::optional<bool> effective_boolean_value(const Term& term);

/// `=` of the operator table (§17.3), else RDFterm-equal (§17.4.1.7): an error for two literals of
/// which one has a datatype that can't be compared. Literals of two known datatypes whose value
/// spaces are disjoint ("1" and 1) are different, as §17.3.1 allows an implementation to know.
std::optional<bool> equals(const Term& a, const Term& b);

/// `<` of the operator table; an error where it has no entry.
std::optional<bool> less_than(const Term& a, const Term& b);

/// Whether the order of §15.1 puts a before b for certain. Terms that `<` does not compare, and
/// equal ones, may stand in any order. Unbound terms come first.
bool certainly_before(const Term& a, const Term& b);

/// A string literal (§17.4.3.1): xsd:string or with a language.
bool is_string(const Term& term);
/// xsd:string alone.
bool is_simple(const Term& term);
std::optional<bool> boolean_of(const Term& term);
/// Language tags are compared without case.
bool same_language(const Term& a, const Term& b);

}  // namespace tripten::naive
