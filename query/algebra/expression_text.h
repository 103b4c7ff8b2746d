// Expressions as SPARQL writes them: operators between their operands, parentheses where the
// grammar needs them (SPARQL 1.1 §19.8, productions 110 to 128).
//
// What stands for variables and patterns is the caller's: print.h shows the algebra's own names,
// sparql_text.h those of a query to be sent.
#pragma once

#include <functional>
#include <string>

#include "query/algebra/algebra.h"

namespace tripten {

struct ExpressionWords {
  std::function<std::string(const Variable&)> variable;
  std::function<std::string(const GraphPattern&)> pattern;  ///< Of EXISTS, braces included.
};

std::string expression_text(const Expression& expression, const ExpressionWords& words);

/// `COUNT(DISTINCT ?x)`: the call without its name; `argument` is the text of its argument or `*`.
std::string aggregate_text(const Aggregate& aggregate, const std::string& argument);

}  // namespace tripten
