#include "differential/naive/update.h"

#include <algorithm>
#include <optional>

#include "differential/naive/evaluate.h"

namespace tripten::naive {

namespace {

/// Blank nodes "that are disjoint from the blank nodes of the graph store": a number for each.
class FreshBlanks {
 public:
  /// The node that a label of the template means for one solution.
  Term node(const std::string& label, std::map<std::string, Term>& of_solution) {
    const auto [found, is_new] = of_solution.try_emplace(label);
    if (is_new) found->second = Term::blank("new" + std::to_string(++made_));
    return found->second;
  }

 private:
  int made_ = 0;
};

/// The place of a template for one solution; unbound where the solution leaves it so.
Term instantiated(const PatternTerm& place, const Solution& solution) {
  if (const auto* term = std::get_if<Term>(&place)) return *term;
  const auto found = solution.find(std::get<Variable>(place));
  return found == solution.end() ? Term() : found->second;
}

/// §4.2.2, Dataset-UNION of the instances: instances with an unbound variable or an illegal triple
/// are left out.
TermQuads instances(const std::vector<QuadTemplate>& templates, const Solutions& solutions,
                    FreshBlanks& blanks) {
  TermQuads quads;
  for (const Solution& solution : solutions) {
    std::map<std::string, Term> of_solution;
    for (const QuadTemplate& pattern : templates) {
      TermQuad quad;
      bool legal = true;
      const std::array places{&pattern.subject, &pattern.predicate, &pattern.object,
                              &pattern.graph};
      for (std::size_t i = 0; i < places.size(); ++i) {
        quad[i] = instantiated(*places[i], solution);
        const bool is_constant = std::holds_alternative<Term>(*places[i]);
        if (is_constant && quad[i].is_blank()) quad[i] = blanks.node(quad[i].value(), of_solution);
        if (!quad[i] && !(i == 3 && is_constant)) legal = false;
      }
      legal = legal && !quad[0].is_literal() && quad[1].is_iri() && (!quad[3] || quad[3].is_iri());
      if (legal) quads.insert(quad);
    }
  }
  return quads;
}

class Execution {
 public:
  Execution(TermQuads quads, Effort& effort) : quads_(std::move(quads)), effort_(effort) {}

  TermQuads take() { return std::move(quads_); }

  /// §4.3.1: Dataset-UNION(GS, Dataset(QuadPattern, {}, GS, GS)).
  void operator()(const InsertData& operation) {
    quads_.merge(instances(operation.quads, {{}}, blanks_));
  }

  /// §4.3.2: Dataset-DIFF.
  void operator()(const DeleteData& operation) {
    remove(instances(operation.quads, {{}}, blanks_));
  }

  /// §4.3.3: Dataset-UNION(Dataset-DIFF(GS, what is deleted), what is inserted), both for the
  /// solutions over GS as it was.
  void operator()(const Modify& operation) {
    const RdfDataset dataset = dataset_of(quads_, operation.dataset);
    const Solution nothing;
    const Solutions solutions =
        eval({dataset, dataset.default_graph, nothing, nothing, effort_}, operation.pattern);
    const TermQuads deleted = instances(operation.deletions, solutions, blanks_);
    TermQuads inserted = instances(operation.insertions, solutions, blanks_);
    remove(deleted);
    quads_.merge(inserted);
  }

  /// §4.4.1, §4.4.3 for a store that does not record empty graphs (Update §3.2).
  void operator()(const Clear& operation) {
    std::erase_if(quads_, [&](const TermQuad& quad) {
      switch (operation.target) {
        case GraphTarget::Graph:
          return quad[3] == operation.graph;
        case GraphTarget::Default:
          return !quad[3];
        case GraphTarget::Named:
          return static_cast<bool>(quad[3]);
        case GraphTarget::All:
          break;
      }
      return true;
    });
  }

  /// §4.4.2.
  void operator()(const Create& operation) {
    if (!graph(operation.graph).empty() && !operation.silent)
      throw UpdateFailed("CREATE of a graph that is there");
  }

  /// §3.2.3 to §3.2.5. COPY and MOVE replace; MOVE takes away what it moved. On one and the same
  /// graph none of them does anything.
  void operator()(const Transfer& operation) {
    if (operation.from == operation.to) return;
    TermQuads moved = graph(operation.from);
    if (operation.from && moved.empty()) {
      if (operation.silent) return;
      throw UpdateFailed("no graph to take from");
    }
    if (operation.kind != GraphCopy::Add) remove(graph(operation.to));
    if (operation.kind == GraphCopy::Move) remove(moved);
    for (TermQuad quad : moved) {
      quad[3] = operation.to;
      quads_.insert(quad);
    }
  }

  void operator()(const Load&) { throw NotDetermined("LOAD asks somebody else"); }

 private:
  TermQuads graph(const Term& name) const {
    TermQuads found;
    for (const TermQuad& quad : quads_)
      if (quad[3] == name) found.insert(quad);
    return found;
  }
  void remove(const TermQuads& removed) {
    for (const TermQuad& quad : removed)
      quads_.erase(quad);
  }

  TermQuads quads_;
  Effort& effort_;
  FreshBlanks blanks_{};
};

}  // namespace

TermQuads execute(const Update& update, TermQuads quads, Effort& effort) {
  Execution execution(std::move(quads), effort);
  for (const UpdateOperation& operation : update.operations)
    std::visit(execution, operation.node);
  return execution.take();
}

TermQuads construct(const std::vector<QuadTemplate>& quads, const Solutions& solutions) {
  FreshBlanks blanks;
  return instances(quads, solutions, blanks);
}

}  // namespace tripten::naive
