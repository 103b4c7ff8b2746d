#include "w3c/graph_index.h"

#include <set>

#include "rdf/vocabulary.h"

namespace tripten {

GraphIndex::GraphIndex(const Quads& quads) {
  for (const Quad& quad : quads)
    objects_[{quad.subject, quad.predicate.value()}].push_back(quad.object);
}

const std::vector<Term>& GraphIndex::all(const Term& subject, std::string_view predicate) const {
  static const std::vector<Term> kNone;
  const auto found = objects_.find({subject, std::string(predicate)});
  return found == objects_.end() ? kNone : found->second;
}

Term GraphIndex::one(const Term& subject, std::string_view predicate) const {
  const std::vector<Term>& found = all(subject, predicate);
  return found.empty() ? Term() : found.front();
}

std::vector<Term> GraphIndex::list(Term node) const {
  std::vector<Term> items;
  std::set<Term> seen;  // a list may be a circle
  while (node && node.value() != kRdfNil && seen.insert(node).second) {
    items.push_back(one(node, kRdfFirst));
    node = one(node, kRdfRest);
  }
  return items;
}

}  // namespace tripten
