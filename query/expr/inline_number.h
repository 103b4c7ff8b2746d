// Numbers that are in their ids: without a text between.
#pragma once

#include <compare>
#include <optional>

#include "rdf/number.h"
#include "storage/term_id.h"

namespace tripten {

/// The value of an inline integer, decimal or double; nothing for other ids.
std::optional<Number> inline_number(TermId id);

/// compare() of two inline numbers; nothing where one is none, or it is not known so cheaply.
std::optional<std::partial_ordering> compare_inline_numbers(TermId left, TermId right);

}  // namespace tripten
