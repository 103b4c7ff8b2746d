// The algebra as text: patterns as an indented tree, expressions and paths as SPARQL writes them.
#pragma once

#include <string>

#include "query/algebra/algebra.h"

namespace tripten {

/// One node a line, its operands indented by two blanks below it; ends with a line break.
std::string to_string(const GraphPattern& pattern);
/// On one line, with the parentheses that SPARQL's precedence asks for and no others.
std::string to_string(const Expression& expression);
std::string to_string(const PropertyPath& path);
std::string to_string(const TriplePattern& pattern);
std::string to_string(const PatternTerm& term);
std::string to_string(const OrderCondition& condition);
std::string to_string(const Aggregate& aggregate);

}  // namespace tripten
