// IdCondition: conditions on one variable that ids may answer, told by their form.
#pragma once

#include <optional>

#include "query/algebra/algebra.h"

namespace tripten {

struct IdCondition {
  enum class Kind : std::uint8_t {
    Compare,  ///< `?x FUNCTION constant`, whichever stands left in the text.
    IsIri,
    IsBlank,
    IsLiteral,
    IsNumeric,
    Prefix  ///< The text of ?x begins with the constant, a simple literal.
  };
  Kind kind = Kind::Compare;
  Variable variable{};
  Function function = Function::Equal;
  Term constant{};
  bool of_str = false;        ///< Prefix: of STR(?x), so that IRIs have a text, too.
  bool is_sufficient = true;  ///< Prefix: false where it is only one part of the condition.
};

/// The form of an expression; nothing where it is another one.
std::optional<IdCondition> id_condition(const Expression& expression);

}  // namespace tripten
