// Which variables a pattern speaks of (SPARQL 1.1 §18.2.1).
#pragma once

#include <set>

#include "query/algebra/algebra.h"

namespace tripten {

/// Variables that some solution of the pattern may bind: those in scope.
std::set<Variable> visible_variables(const GraphPattern& pattern);

/// Variables that every solution of the pattern binds.
std::set<Variable> certain_variables(const GraphPattern& pattern);

/// Those in scope that BIND, AS or VALUES give their values, and no triple pattern, path or GRAPH.
std::set<Variable> assigned_variables(const GraphPattern& pattern);

/// Variables that the expression mentions, those of EXISTS patterns included.
std::set<Variable> variables_of(const Expression& expression);

/// All variables that stand anywhere in the pattern, also where they are not in scope.
std::set<Variable> mentioned_variables(const GraphPattern& pattern);

}  // namespace tripten
