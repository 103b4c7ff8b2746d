// Multiplicities: rows that stand for several equal solutions.
//
// Where nothing above asks for a variable, its values need not be listed: a row may say instead how
// many solutions it stands for, in a hidden column of its own (the multiplicity of §18.1.8, and the
// factorised aggregation of Bakibayev, Kočiský, Olteanu, Závodný: "Aggregation and Ordering in
// Factorised Databases", VLDB 2013). Joins know nothing of this: each counted input brings a column
// of another name, and a row of their result stands for the product of its columns. Only Group
// reads them, and the planner lets them through to nothing else (PlanScope, query/plan/planner.h).
//
// A column holds plain numbers in the place of ids; unbound, where OPTIONAL or UNION left it so, is
// one solution.
#pragma once

#include <cstdint>
#include <string>

#include "query/algebra/algebra.h"
#include "storage/term_id.h"

namespace tripten {

inline Variable multiplicity_variable(int number) {
  return {".times" + std::to_string(number)};
}
inline bool is_multiplicity(const Variable& variable) {
  return variable.name.starts_with(".times");
}

constexpr TermId multiplicity_id(std::uint64_t multiplicity) {
  return TermId(multiplicity);
}
constexpr std::uint64_t multiplicity_of(TermId id) {
  return id ? id.bits() : 1;
}

}  // namespace tripten
