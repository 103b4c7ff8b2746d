// QuadTemplates: the quads that a template gives for solutions (§16.2, Update §3.1.3).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "query/algebra/query.h"
#include "query/expr/batch.h"
#include "query/expr/query_terms.h"
#include "storage/quad.h"

namespace tripten {

/// The variables of templates, each once.
std::vector<Variable> variables_of(const std::vector<QuadTemplate>& templates);

/// Belongs to one query. Ids are the query's, Local ones among them.
class QuadTemplates {
 public:
  QuadTemplates(const std::vector<QuadTemplate>& templates, const Schema& schema,
                QueryTerms& terms);

  /// Appends the quads for one solution. Those with an unbound place, a literal subject, a
  /// predicate or graph that is no IRI are left out. Blank nodes are new ones for each solution.
  void append(const Batch& batch, std::size_t row, std::vector<Quad>& out);

 private:
  struct Place {
    TermId id{};                          // of a constant
    std::optional<std::size_t> column{};  // of a variable; kUnbound always where it has none
    std::optional<std::size_t> blank{};   // number of a blank node of the template
  };
  Place place_of(const PatternTerm& term, const Schema& schema, std::vector<std::string>& labels);
  TermKind kind_of(TermId id) const;
  bool is_quad(const Quad& quad) const;

  QueryTerms& terms_;
  std::vector<std::array<Place, 4>> templates_{};
  std::vector<TermId> blanks_{};  // of the solution at hand
};

}  // namespace tripten
