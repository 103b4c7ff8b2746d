// Plain data: INSERT DATA and DELETE DATA whose triples are written out, as programs write them.
//
// The generated parser takes 16 µs for a triple, most of a large update. So a request that is one
// such operation and nothing else is read here in one pass over its bytes: absolute IRIs in angle
// brackets, literals in double quotes and unsigned integers, three terms and a full stop. Anything
// else (a prologue, prefixed names, blank nodes, `;`, `,`, `a`, GRAPH, comments, mistakes) is left
// to the grammar, which alone decides what is wrong.
#pragma once

#include <optional>

#include "query/algebra/query.h"
#include "query/parse/source_text.h"

namespace tripten {

/// The request, or nothing where it must be parsed.
std::optional<Update> read_plain_data(const SourceText& source);

}  // namespace tripten
