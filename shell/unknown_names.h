// Notes behind an empty answer: the names of the query that the data does not have.
#pragma once

#include <string_view>

#include "tripten/tripten.h"

namespace tripten::shell {

/// Where `result` gave no solutions and no boolean: a note for each such name, on standard error,
/// with the nearest name; `source` is the text's file, empty for one that was typed.
void note_unknown_names(const Result& result, const Snapshot& data, std::string_view text,
                        const QueryOptions& options, std::string_view source);

}  // namespace tripten::shell
