// .describe: what the data says of one thing, named by IRI, prefixed name or label.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "tripten/tripten.h"

#include "shell/labels.h"

namespace tripten::shell {

/// What a name means: the IRI itself (`<http://...>`, `http://...`, `schema:name`, by `prefixes`
/// and the known ones), or else whatever bears it as a label, in capitals or not. Each once.
std::vector<Term> things_named(const Snapshot& data, std::string_view name,
                               const std::map<std::string, std::string>& prefixes);

/// Several things of one name: columns thing, label, class.
SolutionTable choices_of(const std::vector<Term>& things, const Ask& ask);

/// Quads of a thing in any graph, grouped by predicate, the commonest first: columns direction
/// (`out`, or `in` where the thing is the object), predicate, value, label and, in the first row of
/// a predicate with more than `most` values, how many there are.
SolutionTable description_of(const Term& thing, const Ask& ask, std::size_t most = 5);

}  // namespace tripten::shell
