// QuadTemplates: the quads that a template gives for solutions (§16.2, Update §3.1.3).
#pragma once

#include <array>
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

/// Where the ids of a template's quads come from: a query's terms, or a transaction's.
class TemplateTerms {
 public:
  virtual ~TemplateTerms() = default;
  /// The id of a constant; kUnbound where quads with it are not wanted.
  virtual TermId id_of(const Term& constant) = 0;
  virtual TermId fresh_blank() = 0;
  /// What the id of a row or a constant is; Unbound where quads with it are not wanted.
  virtual TermKind kind_of(TermId id) const = 0;
};

/// Ids of a running query, Local ones among them.
class QueryTemplateTerms : public TemplateTerms {
 public:
  explicit QueryTemplateTerms(QueryTerms& terms) : terms_(terms) {}
  TermId id_of(const Term& constant) override { return terms_.intern(view_of(constant)); }
  TermId fresh_blank() override { return terms_.fresh_blank(); }
  TermKind kind_of(TermId id) const override;

 private:
  QueryTerms& terms_;
};

/// The kind of term that a stored id stands for; Unbound for Local ones, too.
TermKind kind_of_stored(TermId id);

class QuadTemplates {
 public:
  /// `terms` outlives the object.
  QuadTemplates(const std::vector<QuadTemplate>& templates, const Schema& schema,
                TemplateTerms& terms);

  /// Appends the quads for one solution. Those with an unbound place, a literal subject, a
  /// predicate or graph that is no IRI are left out. Blank nodes are new ones for each solution.
  void append(const std::vector<Column>& columns, std::size_t row, std::vector<Quad>& out);

  bool has_blanks() const { return !blanks_.empty(); }

 private:
  struct Place {
    TermId id{};                          // of a constant
    std::optional<std::size_t> column{};  // of a variable; kUnbound always where it has none
    std::optional<std::size_t> blank{};   // number of a blank node of the template
  };
  Place place_of(const PatternTerm& term, const Schema& schema, std::vector<std::string>& labels);
  bool is_quad(const Quad& quad) const;

  TemplateTerms& terms_;
  std::vector<std::array<Place, 4>> templates_{};
  std::vector<TermId> blanks_{};  // of the solution at hand
};

}  // namespace tripten
