// Triples, collections, blank nodes and property paths (SPARQL 1.1 §4.2, §9, §18.2.2.3, §18.2.2.4).
#include <span>

#include <fmt/format.h>

#include "query/algebra/overloaded.h"
#include "query/parse/triple_sink.h"
#include "rdf/vocabulary.h"

namespace tripten {

namespace {

using Parser = grammar::SparqlParser;

const Term& rdf_type() {
  static const Term kType = Term::iri(kRdfType);
  return kType;
}

/// Paths of two members, from chains of any length: a tree of logarithmic depth.
template <typename Node>
PropertyPath balanced(std::vector<PropertyPath>& members, std::size_t from, std::size_t to) {
  if (to - from == 1) return std::move(members[from]);
  const std::size_t middle = from + (to - from) / 2;
  return {Node{balanced<Node>(members, from, middle), balanced<Node>(members, middle, to)}};
}

/// Join is associative: many members become a tree of logarithmic depth.
GraphPattern balanced_join(std::span<GraphPattern> members) {
  if (members.size() == 1) return std::move(members[0]);
  const std::size_t half = members.size() / 2;
  GraphPattern left = balanced_join(members.first(half));
  return {Join{std::move(left), balanced_join(members.subspan(half))}};
}

/// The links of a path: how much a copy of it takes.
std::size_t link_count(const PropertyPath& path) {
  return std::visit(Overloaded{[](const PathLink&) { return std::size_t{1}; },
                               [](const PathNegatedSet& set) {
                                 return set.forward.size() + set.inverse.size() + 1;
                               },
                               [](const PathSequence& both) {
                                 return link_count(*both.first) + link_count(*both.second);
                               },
                               [](const PathAlternative& both) {
                                 return link_count(*both.first) + link_count(*both.second);
                               },
                               [](const auto& one) { return link_count(*one.path); }},
                    path.node);
}

bool is_unit(const GraphPattern& pattern) {
  const auto* bgp = std::get_if<Bgp>(&pattern.node);
  return bgp && bgp->patterns.empty();
}

}  // namespace

GraphPattern join_patterns(GraphPattern left, GraphPattern right) {
  if (is_unit(left)) return right;
  if (is_unit(right)) return left;
  auto* left_bgp = std::get_if<Bgp>(&left.node);
  auto* right_bgp = std::get_if<Bgp>(&right.node);
  if (left_bgp && right_bgp) {
    left_bgp->patterns.insert(left_bgp->patterns.end(), right_bgp->patterns.begin(),
                              right_bgp->patterns.end());
    return left;
  }
  return {Join{std::move(left), std::move(right)}};
}

// ---- Sinks ----

void Translator::PatternSink::path(PatternTerm subject, PropertyPath path, PatternTerm object) {
  translator_.check_patterns(link_count(path));
  GraphPattern pattern = translated(std::move(subject), std::move(path), std::move(object));
  if (auto* bgp = std::get_if<Bgp>(&pattern.node))
    bgp_.patterns.insert(bgp_.patterns.end(), bgp->patterns.begin(), bgp->patterns.end());
  else
    paths_.push_back(std::move(pattern));
}

/// §18.2.2.4: links, inverses, sequences and alternatives become patterns, the rest stays a Path.
GraphPattern Translator::PatternSink::translated(PatternTerm subject, PropertyPath path,
                                                 PatternTerm object) {
  return std::visit(
      Overloaded{
          [&](PathLink& link) -> GraphPattern {
            return {Bgp{{{std::move(subject), std::move(link.iri), std::move(object)}}}};
          },
          [&](PathInverse& inverse) {
            return translated(std::move(object), std::move(*inverse.path), std::move(subject));
          },
          [&](PathSequence& sequence) -> GraphPattern {
            const Variable step = translator_.fresh_in_pattern('p');
            GraphPattern left = translated(std::move(subject), std::move(*sequence.first), step);
            GraphPattern right = translated(step, std::move(*sequence.second), std::move(object));
            return join_patterns(std::move(left), std::move(right));
          },
          [&](PathAlternative& either) -> GraphPattern {
            GraphPattern first = translated(subject, std::move(*either.first), object);
            return {Union{
                std::move(first),
                translated(std::move(subject), std::move(*either.second), std::move(object))}};
          },
          [&](auto& other) -> GraphPattern {
            return {Path{std::move(subject), PropertyPath{std::move(other)}, std::move(object)}};
          }},
      path.node);
}

GraphPattern Translator::PatternSink::take() {
  GraphPattern patterns{std::move(bgp_)};
  return paths_.empty() ? patterns : join_patterns(std::move(patterns), balanced_join(paths_));
}

void Translator::TemplateSink::path(PatternTerm, PropertyPath, PatternTerm) {
  throw Error(ErrorCode::Internal, "internal error: a path in a template");
}

PatternTerm Translator::TemplateSink::blank(Parser::BlankNodeContext* context) {
  if (context->ANON()) return fresh_blank(context);
  check_blank(context);
  const std::string label = context->getText().substr(2);
  const bool is_data = !variables_allowed_;
  if (is_data && translator_.earlier_labels_.contains(label))
    translator_.fail(context, fmt::format("_:{} stands in an earlier operation already", label),
                     ErrorCode::Invalid);
  if (is_data) translator_.operation_labels_.insert(label);
  return Term::blank(label);
}

void Translator::TemplateSink::check_blank(antlr4::ParserRuleContext* at) const {
  if (!blanks_allowed_)
    translator_.fail(at, "blank nodes can't stand in what is deleted", ErrorCode::Invalid);
}

PatternTerm Translator::TemplateSink::fresh_blank(antlr4::ParserRuleContext* at) {
  check_blank(at);
  return Term::blank(translator_.fresh('n').name);
}

void Translator::TemplateSink::check_variable(Parser::VarContext* context) {
  if (!variables_allowed_)
    translator_.fail(context, fmt::format("{}: variables can't stand in data", context->getText()),
                     ErrorCode::Invalid);
}

// ---- Blocks ----

void Translator::triples(Parser::TriplesBlockContext* block, TripleSink& sink) {
  for (auto* triples : block->triplesSameSubjectPath())
    same_subject(triples, sink);
}

void Translator::triples(Parser::TriplesTemplateContext* block, TripleSink& sink) {
  for (auto* triples : block->triplesSameSubject())
    same_subject(triples, sink);
}

void Translator::triples(Parser::ConstructTriplesContext* block, TripleSink& sink) {
  for (auto* triples : block->triplesSameSubject())
    same_subject(triples, sink);
}

void Translator::same_subject(Parser::TriplesSameSubjectContext* context, TripleSink& sink) {
  if (context->varOrTerm()) {
    properties(term(context->varOrTerm(), sink), context->propertyListNotEmpty(), sink);
    return;
  }
  const PatternTerm subject = node(context->triplesNode(), sink);
  if (auto* list = context->propertyList()->propertyListNotEmpty()) properties(subject, list, sink);
}

void Translator::same_subject(Parser::TriplesSameSubjectPathContext* context, TripleSink& sink) {
  triples_at_ = context;
  if (context->varOrTerm()) {
    properties(term(context->varOrTerm(), sink), context->propertyListPathNotEmpty(), sink);
    return;
  }
  const PatternTerm subject = node(context->triplesNodePath(), sink);
  if (auto* list = context->propertyListPath()->propertyListPathNotEmpty())
    properties(subject, list, sink);
}

void Translator::properties(const PatternTerm& subject, Parser::PropertyListNotEmptyContext* list,
                            TripleSink& sink) {
  const auto verbs = list->verb();
  const auto objects = list->objectList();
  for (std::size_t i = 0; i < verbs.size(); ++i) {
    PatternTerm predicate = rdf_type();
    if (auto* name = verbs[i]->varOrIri()) {
      if (name->var()) sink.check_variable(name->var());
      predicate = var_or_iri(name);
    }
    for (auto* object : objects[i]->object()) {
      PatternTerm value = node(object->graphNode(), sink);
      sink.triple(subject, predicate, std::move(value));
    }
  }
}

void Translator::properties(const PatternTerm& subject,
                            Parser::PropertyListPathNotEmptyContext* list, TripleSink& sink) {
  for (auto* verb : list->verbObjectsPath()) {
    std::optional<PatternTerm> predicate;
    PropertyPath by;
    if (verb->verbSimple()) {
      sink.check_variable(verb->verbSimple()->var());
      predicate = variable(verb->verbSimple()->var());
    } else {
      by = path(verb->verbPath()->path());
      if (auto* link = std::get_if<PathLink>(&by.node)) predicate = link->iri;
    }
    for (auto* object : verb->objectListPath()->objectPath()) {
      PatternTerm value = node(object->graphNodePath(), sink);
      if (predicate)
        sink.triple(subject, *predicate, std::move(value));
      else
        sink.path(subject, by, std::move(value));
    }
  }
}

// ---- Nodes ----

PatternTerm Translator::term(Parser::VarOrTermContext* context, TripleSink& sink) {
  if (context->var()) {
    sink.check_variable(context->var());
    return variable(context->var());
  }
  auto* term = context->graphTerm();
  if (term->iri()) return iri(term->iri());
  if (term->rdfLiteral()) return literal(term->rdfLiteral());
  if (term->numericLiteral()) return literal(term->numericLiteral());
  if (term->booleanLiteral()) return literal(term->booleanLiteral());
  if (term->blankNode()) return sink.blank(term->blankNode());
  return Term::iri(kRdfNil);
}

PatternTerm Translator::node(Parser::GraphNodeContext* context, TripleSink& sink) {
  return context->varOrTerm() ? term(context->varOrTerm(), sink)
                              : node(context->triplesNode(), sink);
}

PatternTerm Translator::node(Parser::GraphNodePathContext* context, TripleSink& sink) {
  return context->varOrTerm() ? term(context->varOrTerm(), sink)
                              : node(context->triplesNodePath(), sink);
}

PatternTerm Translator::node(Parser::TriplesNodeContext* context, TripleSink& sink) {
  if (context->collection()) return collection(context->collection()->graphNode(), sink);
  const PatternTerm blank = sink.fresh_blank(context);
  properties(blank, context->blankNodePropertyList()->propertyListNotEmpty(), sink);
  return blank;
}

PatternTerm Translator::node(Parser::TriplesNodePathContext* context, TripleSink& sink) {
  if (context->collectionPath())
    return collection(context->collectionPath()->graphNodePath(), sink);
  const PatternTerm blank = sink.fresh_blank(context);
  properties(blank, context->blankNodePropertyListPath()->propertyListPathNotEmpty(), sink);
  return blank;
}

template <typename Node>
PatternTerm Translator::collection(const std::vector<Node*>& members, TripleSink& sink) {
  const PatternTerm head = sink.fresh_blank(members[0]);
  PatternTerm cell = head;
  for (std::size_t i = 0; i < members.size(); ++i) {
    sink.triple(cell, Term::iri(kRdfFirst), node(members[i], sink));
    const PatternTerm rest =
        i + 1 < members.size() ? sink.fresh_blank(members[i]) : PatternTerm(Term::iri(kRdfNil));
    sink.triple(cell, Term::iri(kRdfRest), rest);
    cell = rest;
  }
  return head;
}

// ---- Paths ----

PropertyPath Translator::path(Parser::PathContext* context) {
  std::vector<PropertyPath> members;
  for (auto* sequence : context->pathAlternative()->pathSequence())
    members.push_back(path_sequence(sequence));
  return balanced<PathAlternative>(members, 0, members.size());
}

PropertyPath Translator::path_sequence(Parser::PathSequenceContext* context) {
  std::vector<PropertyPath> members;
  for (auto* element : context->pathEltOrInverse()) {
    PropertyPath member = path_element(element->pathElt());
    if (element->getStart()->getText() == "^") member = {PathInverse{std::move(member)}};
    members.push_back(std::move(member));
  }
  return balanced<PathSequence>(members, 0, members.size());
}

PropertyPath Translator::path_element(Parser::PathEltContext* context) {
  auto* primary = context->pathPrimary();
  PropertyPath path;
  if (primary->iri())
    path = {PathLink{iri(primary->iri())}};
  else if (primary->A())
    path = {PathLink{rdf_type()}};
  else if (primary->pathNegatedPropertySet())
    path = negated_set(primary->pathNegatedPropertySet());
  else
    path = this->path(primary->path());
  if (!context->pathMod()) return path;
  const std::string closure = context->pathMod()->getText();
  if (closure == "*") return {PathZeroOrMore{std::move(path)}};
  if (closure == "+") return {PathOneOrMore{std::move(path)}};
  return {PathZeroOrOne{std::move(path)}};
}

PropertyPath Translator::negated_set(Parser::PathNegatedPropertySetContext* context) {
  PathNegatedSet set;
  for (auto* member : context->pathOneInPropertySet()) {
    const Term name = member->iri() ? iri(member->iri()) : rdf_type();
    (member->getStart()->getText() == "^" ? set.inverse : set.forward).push_back(name);
  }
  return {std::move(set)};
}

}  // namespace tripten
