// PatternParts: the pattern of a query taken apart, to find out which part leaves no solutions.
//
//   parts       what must match: triple patterns, paths, and whole UNIONs, sub-SELECTs, VALUES
//   conditions  what takes solutions away: FILTER and MINUS
//   left out    OPTIONAL and BIND, which take none away
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "query/algebra/algebra.h"
#include "query/guidance/sparql_names.h"

namespace tripten {

struct PatternPart {
  GraphPattern pattern{};                 ///< Inside GRAPH where the part is.
  std::optional<TriplePattern> triple{};  ///< Where it is one.
  std::optional<PatternTerm> graph{};
  std::string text{};
};

struct PatternCondition {
  std::optional<Expression> filter{};  ///< Of MINUS: nothing.
  std::string text{};
};

struct PatternParts {
  std::vector<PatternPart> parts{};
  std::vector<PatternCondition> conditions{};
  std::vector<std::string> services{};  ///< SERVICE, which nobody asks: the endpoints.
};

PatternParts parts_of(const GraphPattern& pattern, const SparqlNames& names);

/// The pattern without SERVICE and with those conditions alone whose numbers (in PatternParts'
/// order) `keep` takes.
GraphPattern with_conditions(const GraphPattern& pattern,
                             const std::function<bool(std::size_t)>& keep);

/// All of them joined; no parts are the empty pattern.
GraphPattern joined(const std::vector<const PatternPart*>& parts);

/// What the modifiers of a (sub-)SELECT are applied to; what they could take away is told.
struct Modifiers {
  bool limits = false;  ///< LIMIT 0 or OFFSET.
  bool having = false;
};
const GraphPattern& without_modifiers(const GraphPattern& pattern, Modifiers& modifiers);

/// A text of to_string() with IRIs as prefixed names and blank nodes as such.
std::string shortened(std::string_view text, const SparqlNames& names);

}  // namespace tripten
