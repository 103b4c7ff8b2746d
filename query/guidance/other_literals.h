// Literals of the data that read like a given one and are other terms: "PTEN"@en for "PTEN", 2021
// for "2021", "pten" for "PTEN".
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tripten/term.h"

#include "query/guidance/deadline.h"
#include "storage/store.h"

namespace tripten {

/// Those that are in use, objects of `predicate` where it is given; the likelier first.
std::vector<Term> other_literals(const StoreView& view, const Term& literal,
                                 std::optional<TermId> predicate, const Deadline& deadline);

/// "a plain string", "a number", "a string with a language tag", "an xsd:date", ...
std::string kind_of_literal(const Term& literal);
bool is_number(const Term& literal);

}  // namespace tripten
