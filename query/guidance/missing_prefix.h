// Errors about words that stand where a name is expected: the name of the data that was meant.
//
//   expected a variable, an IRI, ..., found 'mentions' (did you mean schema:mentions?)
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "tripten/error.h"

#include "query/guidance/data_summary.h"

namespace tripten {

/// The word without colon at the place of a syntax error that expects an IRI and has no hint yet.
/// `first_line` is the number of the text's first line.
std::optional<std::string> word_without_prefix(const Error& error, std::string_view text,
                                               int first_line = 1);

/// " (did you mean schema:mentions?)" for a predicate or class with that local name, or nearly.
std::string did_you_mean_name(std::string_view word, const DataSummary& summary);

}  // namespace tripten
