#include "query/guidance/likely_causes.h"

#include <fmt/format.h>

#include "query/guidance/nearest_iri.h"
#include "query/guidance/other_literals.h"
#include "query/guidance/terms_by_prefix.h"
#include "rdf/vocabulary.h"

namespace tripten {

namespace {

const Term* constant(const PatternTerm& term) {
  return std::get_if<Term>(&term);
}

std::string text_of(const CauseContext& context, const PatternTerm& term) {
  if (const Term* value = constant(term)) return context.names.text(*value);
  return shortened("?" + std::get<Variable>(term).name, context.names);
}

std::string text_of(const CauseContext& context, const TriplePattern& triple) {
  return text_of(context, triple.subject) + " " + text_of(context, triple.predicate) + " " +
         text_of(context, triple.object);
}

/// One triple pattern, with what the rest of the query asks of it.
class TripleCauses {
 public:
  TripleCauses(const CauseContext& context, const PatternPart& part, const GraphPattern& rest)
      : context_(context),
        part_(part),
        triple_(*part.triple),
        rest_(rest) {}

  std::vector<std::string> find() {
    if (!names()) return std::move(causes_);
    graphs();
    swapped();
    if (const Term* object = constant(triple_.object); object && object->is_literal())
      literal(*object);
    entity(triple_.subject);
    if (!is_type()) entity(triple_.object);
    if (causes_.empty()) alone();
    return std::move(causes_);
  }

 private:
  bool is_type() const {
    const Term* predicate = constant(triple_.predicate);
    return predicate && predicate->value() == kRdfType;
  }

  std::optional<TermId> id_of(const PatternTerm& term) const {
    const Term* value = constant(term);
    return value ? context_.view.find(view_of(*value)) : std::nullopt;
  }

  /// Whether another triple would have solutions with the rest.
  bool works(const TriplePattern& triple) const {
    GraphPattern pattern{Bgp{{triple}}};
    if (part_.graph) pattern = {Graph{*part_.graph, std::move(pattern)}};
    return context_.probe.has({Join{rest_, std::move(pattern)}}).value_or(false);
  }

  /// False where a predicate or class is none of the data: that explains all.
  bool names() {
    const Term* predicate = constant(triple_.predicate);
    const Term* type = is_type() ? constant(triple_.object) : nullptr;
    std::optional<std::string> unknown;
    if (predicate) unknown = unknown_predicate(context_, *predicate);
    if (!unknown && type && type->is_iri()) unknown = unknown_class(context_, *type);
    if (unknown) causes_.push_back(*unknown);
    return !unknown;
  }

  /// Whether other graphs have it than the one that is asked.
  void graphs() {
    if (part_.graph) return;
    QuadPattern pattern{};
    for (std::size_t i = 0; i < 3; ++i) {
      const PatternTerm& term = i == 0   ? triple_.subject
                                : i == 1 ? triple_.predicate
                                         : triple_.object;
      if (!constant(term)) continue;
      const std::optional<TermId> id = id_of(term);
      if (!id) return;
      pattern.terms[i] = *id;
    }
    QuadPattern in_default = pattern;
    in_default.terms[3] = kDefaultGraph;
    if (context_.view.count(in_default) > 0 || context_.view.count(pattern) == 0) return;
    QuadScan scan = context_.view.scan(best_order(pattern), pattern);
    QuadColumns rows;
    if (!scan.next(rows, 1)) return;
    causes_.push_back(fmt::format(
        "the default graph has no such triples, the graph {} has: GRAPH {} {{ {} }}",
        context_.names.text(context_.view.term(rows.columns[3][0])),
        context_.names.text(context_.view.term(rows.columns[3][0])), text_of(context_, triple_)));
  }

  void swapped() {
    const Term* subject = constant(triple_.subject);
    const Term* object = constant(triple_.object);
    if ((subject && !subject->is_iri()) || (object && !object->is_iri()) || is_type()) return;
    const TriplePattern turned{triple_.object, triple_.predicate, triple_.subject};
    if (!works(turned)) return;
    causes_.push_back(fmt::format("subject and object may be swapped: the data has {}",
                                  text_of(context_, turned)));
  }

  void literal(const Term& literal) {
    std::optional<TermId> predicate = id_of(triple_.predicate);
    const auto others = other_literals(context_.view, literal, predicate, context_.deadline);
    for (const Term& other : others) {
      TriplePattern changed = triple_;
      changed.object = other;
      if (!works(changed)) continue;
      const std::string kind = kind_of_literal(literal), other_kind = kind_of_literal(other);
      causes_.push_back(kind == other_kind
                            ? fmt::format("the data has {}, not {}", context_.names.text(other),
                                          context_.names.text(literal))
                            : fmt::format("the data has {}, {}, not {}, {}",
                                          context_.names.text(other), other_kind,
                                          context_.names.text(literal), kind));
      return;
    }
    labelled(literal);
  }

  /// A text where the data has the thing that is called so.
  void labelled(const Term& literal) {
    labelled_with_prefix(context_.view, context_.summary, literal.value(), context_.deadline,
                         [&](TermId subject, TermId label) {
                           if (context_.view.term(label).value() != literal.value()) return false;
                           TriplePattern changed = triple_;
                           changed.object = context_.view.term(subject);
                           if (!subject.is_iri() || !works(changed)) return true;
                           causes_.push_back(fmt::format(
                               "{} leads to things, not to texts: {} is labelled {}",
                               text_of(context_, triple_.predicate),
                               text_of(context_, changed.object), context_.names.text(literal)));
                           return false;
                         });
  }

  /// An IRI that no quad has.
  void entity(const PatternTerm& place) {
    const Term* iri = constant(place);
    if (!iri || !iri->is_iri()) return;
    if (const auto id = context_.view.find(view_of(*iri)))
      if (context_.view.count(QuadPattern{{*id, kUnbound, kUnbound, kUnbound}}) +
              context_.view.count(QuadPattern{{kUnbound, kUnbound, *id, kUnbound}}) >
          0)
        return;
    causes_.push_back(
        fmt::format("the data does not have {}{}", context_.names.text(*iri),
                    did_you_mean_entity(iri->value(), context_.view, context_.names)));
  }

  /// Nothing is wrong with it alone.
  void alone() {
    if (context_.probe.has(part_.pattern).value_or(false))
      causes_.push_back(fmt::format(
          "{} has solutions by itself, but none of them goes with the rest", part_.text));
    else
      causes_.push_back(
          fmt::format("the data has its names, but not together: no quad is {}", part_.text));
  }

  const CauseContext& context_;
  const PatternPart& part_;
  const TriplePattern& triple_;
  const GraphPattern& rest_;
  std::vector<std::string> causes_{};
};

/// Constants of VALUES that the data does not have.
std::vector<std::string> causes_of_values(const CauseContext& context, const Values& values) {
  constexpr std::size_t kMostCauses = 3;
  std::vector<std::string> causes;
  for (const auto& row : values.rows)
    for (const Term& term : row) {
      if (!term || context.view.find(view_of(term)) || causes.size() >= kMostCauses) continue;
      std::string hint;
      if (term.is_iri()) hint = did_you_mean_entity(term.value(), context.view, context.names);
      causes.push_back(fmt::format("the data does not have {}{}", context.names.text(term), hint));
    }
  return causes;
}

}  // namespace

std::optional<std::string> unknown_predicate(const CauseContext& context, const Term& predicate) {
  if (context.summary.predicate(predicate.value())) return std::nullopt;
  return fmt::format(
      "no quad has the predicate {}{}", context.names.text(predicate),
      did_you_mean_iri(predicate.value(), context.summary.predicates, context.names));
}

std::optional<std::string> unknown_class(const CauseContext& context, const Term& type) {
  if (context.summary.class_named(type.value())) return std::nullopt;
  return fmt::format("nothing is of the class {}{}", context.names.text(type),
                     did_you_mean_iri(type.value(), context.summary.classes, context.names));
}

std::vector<std::string> causes_of(const CauseContext& context, const PatternPart& part,
                                   const GraphPattern& rest) {
  if (part.triple) return TripleCauses(context, part, rest).find();
  if (const auto* values = std::get_if<Values>(&part.pattern.node))
    if (auto causes = causes_of_values(context, *values); !causes.empty()) return causes;
  const bool alone = context.probe.has(part.pattern).value_or(false);
  return {alone ? part.text + " has solutions by itself, but none of them goes with the rest"
                : part.text + " has no solutions by itself"};
}

}  // namespace tripten
