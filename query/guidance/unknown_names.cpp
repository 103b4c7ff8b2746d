// The predicates and classes that a query names and the data does not have.
#include <algorithm>

#include "query/algebra/overloaded.h"
#include "query/guidance/likely_causes.h"
#include "query/guidance/why_empty.h"
#include "query/optimize/children.h"
#include "rdf/vocabulary.h"

namespace tripten {

namespace {

constexpr std::size_t kMostNames = 10;

class NameChecker {
 public:
  explicit NameChecker(const CauseContext& context) : context_(context) {}
  explicit NameChecker(CauseContext&&) = delete;  // it is kept

  void visit(const GraphPattern& pattern) {
    if (std::holds_alternative<Service>(pattern.node)) return;  // of other data
    if (const auto* bgp = std::get_if<Bgp>(&pattern.node))
      for (const TriplePattern& triple : bgp->patterns)
        visit(triple);
    if (const auto* path = std::get_if<Path>(&pattern.node)) visit(path->path);
    for_each_child(pattern, [&](const GraphPattern& child) { visit(child); });
    for_each_expression(pattern, [&](const Expression& expression) { visit(expression); });
  }

  std::vector<std::string> found{};

 private:
  void visit(const TriplePattern& triple) {
    const auto* predicate = std::get_if<Term>(&triple.predicate);
    if (!predicate) return;
    add(unknown_predicate(context_, *predicate));
    const auto* type = std::get_if<Term>(&triple.object);
    if (predicate->value() == kRdfType && type && type->is_iri() &&
        context_.summary.predicate(kRdfType))
      add(unknown_class(context_, *type));
  }

  void visit(const Expression& expression) {
    if (const auto* exists = std::get_if<Exists>(&expression.node)) visit(*exists->pattern);
    if (const auto* call = std::get_if<FunctionCall>(&expression.node))
      for (const Expression& argument : call->arguments)
        visit(argument);
  }

  void visit(const PropertyPath& path) {
    std::visit(Overloaded{[&](const PathLink& link) { add(unknown_predicate(context_, link.iri)); },
                          [](const PathNegatedSet&) {},
                          [&](const auto& node) {
                            if constexpr (requires { node.first; }) {
                              visit(*node.first);
                              visit(*node.second);
                            } else {
                              visit(*node.path);
                            }
                          }},
               path.node);
  }

  void add(std::optional<std::string> text) {
    if (text && found.size() < kMostNames &&
        std::find(found.begin(), found.end(), *text) == found.end())
      found.push_back(std::move(*text));
  }

  const CauseContext& context_;
};

}  // namespace

std::vector<std::string> unknown_names(const StoreView& view, const DataSummary& summary,
                                       const Query& query) {
  const SparqlNames names = SparqlNames::with_known(query.prefixes);
  const Interrupt interrupt;
  const RunOptions options;
  SolutionProbe probe(view, query, options, interrupt);
  const CauseContext context{view, summary, names, probe, Deadline(std::chrono::milliseconds(0))};
  NameChecker checker(context);
  checker.visit(query.pattern);
  return std::move(checker.found);
}

}  // namespace tripten
