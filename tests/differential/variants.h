// Variants of a query's text: the same with other constants, and with a constant that is bound.
#pragma once

#include <optional>
#include <string>

#include "query/parse/parse.h"

namespace tripten::test {

/// The text's algebra as a cache gives it that has met its shape with other constants before.
/// Throws std::logic_error where any text of the shape gives something else than the grammar.
Query parsed_by_shape(const std::string& text, const ParseOptions& options);

/// A query with a variable in place of one constant, and the constant.
struct BoundConstant {
  Query query{};
  std::string variable{};
  Term value{};
};
/// Nothing where the constant that `number` chooses can't be a variable, or its variable would be
/// an answer's column.
std::optional<BoundConstant> with_constant_bound(const std::string& text, std::size_t number,
                                                 const ParseOptions& options);

}  // namespace tripten::test
