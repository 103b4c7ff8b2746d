// Whether the rows of an answer are those expected: in order or in any order, with blank nodes
// renamed one to one.
#pragma once

#include <string>
#include <vector>

#include "tripten/term.h"

#include "script_runner/expected_term.h"

namespace tripten {

using ExpectedRow = std::vector<ExpectedTerm>;
using AnsweredRow = std::vector<Term>;

/// Empty where they agree; otherwise the difference, a row a line: `-` expected and missing, `+`
/// answered and not expected.
std::string row_difference(const std::vector<ExpectedRow>& expected,
                           const std::vector<AnsweredRow>& answered, bool ordered);

}  // namespace tripten
