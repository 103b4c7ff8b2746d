// From the public options of a call to what parsing and running take.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "tripten/tripten.h"

#include "query/algebra/query.h"
#include "query/parse/parse.h"
#include "query/plan/query_run.h"

namespace tripten {

/// `memory` is for texts whose options set no limit.
ParseOptions parse_options(const QueryOptions& options, std::size_t memory);

/// Bindings come from options.bindings and from those parameters for which `sparql` has no
/// `{{name}}`. `memory` is for queries whose options set no limit.
RunOptions run_options(const QueryOptions& options, std::string_view sparql,
                       const ParseOptions& parsed_with,
                       const std::map<std::string, std::string>& prefixes, std::size_t memory);

/// One line a form: "line 1, column 8: ...".
std::vector<std::string> notes_of(const std::vector<Leniency>& leniencies);

}  // namespace tripten
