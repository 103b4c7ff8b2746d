// Group graph patterns (SPARQL 1.1 §18.2.2).
#include <span>

#include <fmt/format.h>

#include "query/algebra/scope.h"
#include "query/parse/triple_sink.h"

namespace tripten {

namespace {

/// `1 value`, `2 values`.
std::string counted(std::size_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

/// UNION is associative: a long chain becomes a tree of logarithmic depth.
GraphPattern balanced_union(std::span<GraphPattern> members) {
  if (members.size() == 1) return std::move(members[0]);
  const std::size_t half = members.size() / 2;
  GraphPattern left = balanced_union(members.first(half));
  return {Union{std::move(left), balanced_union(members.subspan(half))}};
}

Expression conjunction_of(std::span<Expression> conditions) {
  if (conditions.size() == 1) return std::move(conditions[0]);
  const std::size_t half = conditions.size() / 2;
  FunctionCall both{Function::And, {}};
  both.arguments.push_back(conjunction_of(conditions.first(half)));
  both.arguments.push_back(conjunction_of(conditions.subspan(half)));
  return {std::move(both)};
}

}  // namespace

GraphPattern Translator::group(Parser::GroupGraphPatternContext* context) {
  TranslatedGroup translated = open_group(context);
  if (!translated.filter) return std::move(translated.pattern);
  return {Filter{std::move(*translated.filter), std::move(translated.pattern)}};
}

Translator::TranslatedGroup Translator::open_group(Parser::GroupGraphPatternContext* context) {
  AggregateScope* const outer = std::exchange(aggregates_, nullptr);
  const int outer_bgp = bgp_;
  TranslatedGroup translated;
  begin_bgp();
  if (context->subSelect()) {
    translated.pattern = sub_select(context->subSelect());
  } else {
    auto* parts = context->groupGraphPatternSub();
    std::vector<Expression> filters;
    for (antlr4::tree::ParseTree* child : parts->children) {
      if (auto* block = dynamic_cast<Parser::TriplesBlockContext*>(child)) {
        PatternSink sink(*this);
        triples(block, sink);
        translated.pattern = join_patterns(std::move(translated.pattern), sink.take());
      } else if (auto* other = dynamic_cast<Parser::GraphPatternNotTriplesContext*>(child)) {
        element(other, translated.pattern, filters);
      }
    }
    if (!filters.empty()) translated.filter = conjunction_of(filters);
  }
  bgp_ = outer_bgp;
  aggregates_ = outer;
  return translated;
}

void Translator::element(Parser::GraphPatternNotTriplesContext* context, GraphPattern& pattern,
                         std::vector<Expression>& filters) {
  if (auto* filter = context->filter()) {
    filters.push_back(constraint(filter->constraint()));
    return;  // a filter does not end a basic graph pattern (§5.1)
  }
  check_chain(1, context);
  if (auto* optional = context->optionalGraphPattern()) {
    TranslatedGroup right = open_group(optional->groupGraphPattern());
    pattern = {LeftJoin{std::move(pattern), std::move(right.pattern), std::move(right.filter)}};
  } else if (auto* minus = context->minusGraphPattern()) {
    pattern = {Minus{std::move(pattern), group(minus->groupGraphPattern())}};
  } else if (auto* lateral = context->lateralGraphPattern()) {
    pattern = lateral_of(lateral, std::move(pattern));
  } else if (auto* either = context->groupOrUnionGraphPattern()) {
    pattern = join_patterns(std::move(pattern), union_of(either));
  } else if (auto* graph = context->graphGraphPattern()) {
    PatternTerm name = var_or_iri(graph->varOrIri());
    pattern = join_patterns(std::move(pattern),
                            {Graph{std::move(name), group(graph->groupGraphPattern())}});
  } else if (auto* service = context->serviceGraphPattern()) {
    PatternTerm name = var_or_iri(service->varOrIri());
    pattern = join_patterns(
        std::move(pattern),
        {Service{std::move(name), group(service->groupGraphPattern()), service->SILENT() != nullptr,
                 place_of(service->getStart(), source_)}});
  } else if (auto* bind = context->bind()) {
    Expression value = expression(bind->expression());
    const Variable target = variable(bind->var());
    bind_anew(pattern, target, std::move(value), bind->expression(), bind->var());
  } else if (auto* data = context->inlineData()) {
    pattern = join_patterns(std::move(pattern), {values(data->dataBlock())});
  }
  begin_bgp();
}

/// LATERAL: what it assigns must have no value before it.
GraphPattern Translator::lateral_of(Parser::LateralGraphPatternContext* context,
                                    GraphPattern left) {
  if (options_.strict)
    fail(context, "LATERAL is an extension, SPARQL 1.1 has no such pattern", ErrorCode::Invalid);
  GraphPattern right = group(context->groupGraphPattern());
  const std::set<Variable> visible = visible_variables(left);
  for (const Variable& variable : assigned_variables(right))
    if (visible.contains(variable))
      fail(context,
           fmt::format("?{} has a value already, LATERAL can't give it another", variable.name),
           ErrorCode::Invalid);
  return {Lateral{std::move(left), std::move(right)}};
}

GraphPattern Translator::union_of(Parser::GroupOrUnionGraphPatternContext* context) {
  std::vector<GraphPattern> members;
  for (auto* member : context->groupGraphPattern())
    members.push_back(group(member));
  return balanced_union(members);
}

Values Translator::values(Parser::DataBlockContext* context) {
  Values values;
  if (auto* one = context->inlineDataOneVar()) {
    values.variables.push_back(variable(one->var()));
    for (auto* value : one->dataBlockValue())
      values.rows.push_back({data_value(value)});
    return values;
  }
  auto* full = context->inlineDataFull();
  for (auto* name : full->var()) {
    const Variable named = variable(name);
    for (const Variable& earlier : values.variables)
      if (earlier == named)
        fail(name, fmt::format("?{} stands twice in VALUES", named.name), ErrorCode::Invalid);
    values.variables.push_back(named);
  }
  for (auto* row : full->dataBlockRow()) {
    std::vector<Term> terms;
    for (auto* value : row->dataBlockValue())
      terms.push_back(data_value(value));
    if (terms.size() != values.variables.size())
      fail(row,
           fmt::format("this row of VALUES has {} for {}", counted(terms.size(), "value"),
                       counted(values.variables.size(), "variable")),
           ErrorCode::Invalid);
    values.rows.push_back(std::move(terms));
  }
  return values;
}

Term Translator::data_value(Parser::DataBlockValueContext* context) {
  if (context->iri()) return iri(context->iri());
  if (context->rdfLiteral()) return literal(context->rdfLiteral());
  if (context->numericLiteral()) return literal(context->numericLiteral());
  if (context->booleanLiteral()) return literal(context->booleanLiteral());
  return Term();
}

PatternTerm Translator::blank_variable(Parser::BlankNodeContext* context) {
  if (context->ANON()) return fresh_in_pattern('b');
  const std::string label = context->getText().substr(2);
  const auto [found, is_new] = label_bgp_.try_emplace(label, bgp_);
  if (found->second != bgp_)
    fail(context,
         fmt::format("_:{} stands in another basic graph pattern already; use a variable", label),
         ErrorCode::Invalid);
  return Variable{".b_" + label};
}

}  // namespace tripten
