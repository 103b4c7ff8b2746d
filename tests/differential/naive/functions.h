// Operators and functions of values (SPARQL 1.1 §17.3, §17.4.2 to §17.4.4, §17.5).
#pragma once

#include <optional>
#include <vector>

#include "query/algebra/algebra.h"

namespace tripten::naive {

/// Nothing: an error. Throws std::logic_error for functions that random queries do not use.
std::optional<Term> call_function(const FunctionCall& call, const std::vector<Term>& arguments);

/// §17.5, to the datatypes that random queries name.
std::optional<Term> cast(const std::string& datatype, const Term& value);

}  // namespace tripten::naive
