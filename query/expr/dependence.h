// Dependence: what the value of an expression depends on, and whether to know it twice is work.
#pragma once

#include <optional>

#include "query/algebra/algebra.h"

namespace tripten {

/// The variable, where the expression depends on nothing but the value of that one variable (so not
/// on EXISTS, RAND, UUID, STRUUID or BNODE), and evaluating it takes a function that looks at texts
/// or parses values.
std::optional<Variable> costly_in_one_variable(const Expression& expression);

/// Whether evaluating it takes such a function, whatever it depends on.
bool is_costly(const Expression& expression);

}  // namespace tripten
