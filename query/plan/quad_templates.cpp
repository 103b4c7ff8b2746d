#include "query/plan/quad_templates.h"

#include <algorithm>
#include <array>

namespace tripten {

std::vector<Variable> variables_of(const std::vector<QuadTemplate>& templates) {
  Schema variables;
  for (const QuadTemplate& quad : templates)
    for (const PatternTerm* term : {&quad.subject, &quad.predicate, &quad.object, &quad.graph})
      if (const auto* variable = std::get_if<Variable>(term)) variables.add(*variable);
  return variables.variables();
}

QuadTemplates::QuadTemplates(const std::vector<QuadTemplate>& templates, const Schema& schema,
                             TemplateTerms& terms)
    : terms_(terms) {
  std::vector<std::string> labels;
  for (const QuadTemplate& quad : templates) {
    auto& places = templates_.emplace_back();
    places = {place_of(quad.subject, schema, labels), place_of(quad.predicate, schema, labels),
              place_of(quad.object, schema, labels), place_of(quad.graph, schema, labels)};
  }
  blanks_.resize(labels.size());
}

QuadTemplates::Place QuadTemplates::place_of(const PatternTerm& term, const Schema& schema,
                                             std::vector<std::string>& labels) {
  if (const auto* variable = std::get_if<Variable>(&term))
    return {kUnbound, schema.find(*variable), std::nullopt};
  const Term& constant = std::get<Term>(term);
  if (!constant) return {kDefaultGraph, std::nullopt, std::nullopt};  // no graph is named
  if (!constant.is_blank()) return {terms_.id_of(constant), std::nullopt, std::nullopt};
  const auto label = std::find(labels.begin(), labels.end(), constant.value());
  const auto number = static_cast<std::size_t>(label - labels.begin());
  if (label == labels.end()) labels.push_back(constant.value());
  return {kUnbound, std::nullopt, number};
}

void QuadTemplates::append(const std::vector<Column>& columns, std::size_t row,
                           std::vector<Quad>& out) {
  for (TermId& blank : blanks_)
    blank = terms_.fresh_blank();
  for (const auto& places : templates_) {
    Quad quad;
    for (std::size_t i = 0; i < places.size(); ++i) {
      const Place& place = places[i];
      quad.terms[i] = place.blank    ? blanks_[*place.blank]
                      : place.column ? columns[*place.column][row]
                                     : place.id;
    }
    if (is_quad(quad)) out.push_back(quad);
  }
}

bool QuadTemplates::is_quad(const Quad& quad) const {
  const TermKind subject = terms_.kind_of(quad.subject());
  return (subject == TermKind::Iri || subject == TermKind::Blank) &&
         terms_.kind_of(quad.predicate()) == TermKind::Iri &&
         terms_.kind_of(quad.object()) != TermKind::Unbound &&
         (quad.graph() == kDefaultGraph || terms_.kind_of(quad.graph()) == TermKind::Iri);
}

TermKind kind_of_stored(TermId id) {
  switch (id.kind()) {
    case IdKind::Special:
    case IdKind::Local:
      return TermKind::Unbound;
    case IdKind::Blank:
      return TermKind::Blank;
    case IdKind::Iri:
      return TermKind::Iri;
    default:
      return TermKind::Literal;
  }
}

TermKind QueryTemplateTerms::kind_of(TermId id) const {
  if (id.kind() != IdKind::Local) return kind_of_stored(id);
  std::string scratch;
  return terms_.get(id, scratch).kind;
}

}  // namespace tripten
