// EmptyAnswer: why a query has no solutions.
//
//   const auto why = db.snapshot().why_empty("SELECT * { ?f schema:mention ?g }");
//   // why.causes[0] == "no quad has the predicate schema:mention (did you mean schema:mentions?)"
#pragma once

#include <string>
#include <vector>

namespace tripten {

struct EmptyAnswer {
  /// The pattern has solutions after all: then `causes` says what takes them away (LIMIT 0,
  /// HAVING), if anything does.
  bool has_solutions = false;
  std::string largest{};  ///< The largest part of the pattern that has solutions, as SPARQL.
  std::string ends_it{};  ///< The triple pattern, FILTER, ... that leaves none, as SPARQL.
  /// The likely causes, a sentence each without a full stop, the likeliest first.
  std::vector<std::string> causes{};
  std::vector<std::string> not_judged{};  ///< What was left out: SERVICE, what took too long.

  /// All of it in sentences, a line each.
  std::vector<std::string> sentences() const;
};

}  // namespace tripten
