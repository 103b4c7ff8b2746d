#include "query/optimize/path_traits.h"

#include "query/algebra/overloaded.h"

namespace tripten {

bool can_be_empty(const PropertyPath& path) {
  return std::visit(
      Overloaded{[](const PathLink&) { return false; }, [](const PathNegatedSet&) { return false; },
                 [](const PathInverse& node) { return can_be_empty(*node.path); },
                 [](const PathOneOrMore& node) { return can_be_empty(*node.path); },
                 [](const PathZeroOrMore&) { return true; },
                 [](const PathZeroOrOne&) { return true; },
                 [](const PathSequence& node) {
                   return can_be_empty(*node.first) && can_be_empty(*node.second);
                 },
                 [](const PathAlternative& node) {
                   return can_be_empty(*node.first) || can_be_empty(*node.second);
                 }},
      path.node);
}

bool has_closure(const PropertyPath& path) {
  return std::visit(
      Overloaded{
          [](const PathLink&) { return false; }, [](const PathNegatedSet&) { return false; },
          [](const PathInverse& node) { return has_closure(*node.path); },
          [](const PathOneOrMore&) { return true; }, [](const PathZeroOrMore&) { return true; },
          [](const PathZeroOrOne& node) { return has_closure(*node.path); },
          [](const auto& node) { return has_closure(*node.first) || has_closure(*node.second); }},
      path.node);
}

}  // namespace tripten
