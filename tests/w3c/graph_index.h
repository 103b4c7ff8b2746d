// GraphIndex: a graph asked by subject and predicate.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "w3c/quads.h"

namespace tripten {

class GraphIndex {
 public:
  explicit GraphIndex(const Quads& quads);

  /// The objects, none where there are none.
  const std::vector<Term>& all(const Term& subject, std::string_view predicate) const;
  /// The first object; unbound where there is none.
  Term one(const Term& subject, std::string_view predicate) const;
  /// The members of an RDF collection.
  std::vector<Term> list(Term node) const;

 private:
  std::map<std::pair<Term, std::string>, std::vector<Term>> objects_{};
};

}  // namespace tripten
