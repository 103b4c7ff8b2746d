// Queries and their solution modifiers (SPARQL 1.1 §18.2.4, §18.2.5).
#include <algorithm>

#include <fmt/format.h>

#include "query/algebra/overloaded.h"
#include "query/algebra/print.h"
#include "query/algebra/scope.h"
#include "query/parse/triple_sink.h"

namespace tripten {

struct Translator::SelectParts {
  Parser::SelectClauseContext* select = nullptr;  // null for the other forms
  GraphPattern where{};
  Parser::SolutionModifierContext* modifier = nullptr;
  Parser::ValuesClauseContext* values = nullptr;
};

namespace {

bool is_hidden(const Variable& variable) {
  return variable.name.starts_with('.');
}

/// The expression with every variable that is neither a key nor an aggregate's result replaced by
/// Sample of it (§18.2.4.1); EXISTS keeps its own variables.
Expression sampled(Expression expression, const std::set<Variable>& grouped,
                   std::map<Variable, Variable>& samples, const std::function<Variable()>& fresh) {
  std::visit(Overloaded{[&](Variable& variable) {
                          if (grouped.contains(variable)) return;
                          auto [found, is_new] = samples.try_emplace(variable);
                          if (is_new) found->second = fresh();
                          variable = found->second;
                        },
                        [](Term&) {}, [](Exists&) {},
                        [&](FunctionCall& call) {
                          for (Expression& argument : call.arguments)
                            argument = sampled(std::move(argument), grouped, samples, fresh);
                        }},
             expression.node);
  return expression;
}

}  // namespace

Query Translator::query(Parser::QueryUnitContext* unit) {
  auto* context = unit->query();
  prologue(context->prologue());
  Query query;
  SelectParts parts;
  parts.values = context->valuesClause();
  if (auto* form = context->selectQuery()) {
    query.dataset = dataset(form->datasetClause());
    parts.select = form->selectClause();
    parts.modifier = form->solutionModifier();
    parts.where = group(form->whereClause()->groupGraphPattern());
    SelectForm select_form;
    query.pattern = modified(std::move(parts.where), parts, &select_form.variables);
    query.form = std::move(select_form);
  } else if (auto* ask = context->askQuery()) {
    query.dataset = dataset(ask->datasetClause());
    parts.modifier = ask->solutionModifier();
    parts.where = group(ask->whereClause()->groupGraphPattern());
    query.pattern = modified(std::move(parts.where), parts, nullptr);
    query.form = AskForm{};
  } else if (auto* construct = context->constructQuery()) {
    query.dataset = dataset(construct->datasetClause());
    parts.modifier = construct->solutionModifier();
    ConstructForm construct_form;
    TemplateSink sink(*this, Term(), true, true);
    if (construct->constructTemplate()) {
      parts.where = group(construct->whereClause()->groupGraphPattern());
      if (auto* triples_of = construct->constructTemplate()->constructTriples())
        triples(triples_of, sink);
    } else if (construct->triplesTemplate()) {
      // CONSTRUCT WHERE: the template is the pattern (§16.2.4).
      PatternSink pattern(*this);
      triples(construct->triplesTemplate(), pattern);
      triples(construct->triplesTemplate(), sink);
      parts.where = pattern.take();
    }
    construct_form.quads = std::move(sink.quads);
    query.form = std::move(construct_form);
    query.pattern = modified(std::move(parts.where), parts, nullptr);
  } else {
    auto* describe = context->describeQuery();
    query.dataset = dataset(describe->datasetClause());
    parts.modifier = describe->solutionModifier();
    DescribeForm describe_form;
    for (auto* resource : describe->varOrIri())
      describe_form.resources.push_back(var_or_iri(resource));
    if (describe->whereClause()) parts.where = group(describe->whereClause()->groupGraphPattern());
    if (describe->varOrIri().empty())
      for (const Variable& variable : by_appearance(parts.where))
        describe_form.resources.push_back(variable);
    query.form = std::move(describe_form);
    query.pattern = modified(std::move(parts.where), parts, nullptr);
  }
  query.base = base_;
  query.prefixes = prefixes_;
  query.prefixes.insert(used_prefixes_.begin(), used_prefixes_.end());
  query.leniencies = std::move(leniencies_);
  return query;
}

DatasetClause Translator::dataset(const std::vector<Parser::DatasetClauseContext*>& clauses) {
  DatasetClause dataset;
  for (auto* clause : clauses) {
    if (clause->namedGraphClause())
      dataset.named_graphs.push_back(iri(clause->namedGraphClause()->sourceSelector()->iri()));
    else
      dataset.default_graphs.push_back(iri(clause->defaultGraphClause()->sourceSelector()->iri()));
  }
  return dataset;
}

GraphPattern Translator::sub_select(Parser::SubSelectContext* context) {
  SelectParts parts;
  parts.select = context->selectClause();
  parts.modifier = context->solutionModifier();
  parts.values = context->valuesClause();
  parts.where = group(context->whereClause()->groupGraphPattern());
  std::vector<Variable> columns;
  return modified(std::move(parts.where), parts, &columns);
}

std::vector<Variable> Translator::by_appearance(const GraphPattern& pattern) const {
  const std::set<Variable> visible = visible_variables(pattern);
  std::vector<Variable> ordered;
  for (const Variable& variable : appearance_)
    if (visible.contains(variable)) ordered.push_back(variable);
  return ordered;
}

/// Group over the pattern, with keys of GROUP BY, or of the variables that are selected beside
/// aggregates where there is no GROUP BY (a lenient form).
GraphPattern Translator::grouped(GraphPattern pattern, const SelectParts& parts,
                                 AggregateScope& scope) {
  Group group;
  if (auto* clause = parts.modifier->groupClause()) {
    for (auto* condition : clause->groupCondition()) {
      if (!condition->expression() && condition->var()) {
        group.keys.push_back(variable(condition->var()));
        continue;
      }
      Expression value = condition->builtInCall()    ? built_in(condition->builtInCall())
                         : condition->functionCall() ? call(condition->functionCall()->iri(),
                                                            condition->functionCall()->argList())
                                                     : expression(condition->expression());
      const Variable key = condition->var() ? variable(condition->var()) : fresh('g');
      if (condition->var() && visible_variables(pattern).contains(key))
        fail(condition->var(), fmt::format("?{} has a value already", key.name),
             ErrorCode::Invalid);
      pattern = {Extend{std::move(pattern), key, std::move(value)}};
      group.keys.push_back(key);
    }
  } else if (parts.select && !options_.strict) {
    std::string keys;
    for (auto* item : parts.select->selectItem())
      if (item->var() && !item->expression() && !item->aggregate()) {
        group.keys.push_back(variable(item->var()));
        keys += " ?" + group.keys.back().name;
      }
    if (!group.keys.empty())
      note(parts.select,
           "aggregates beside plain variables need GROUP BY; understood as GROUP BY" + keys);
  }
  const bool counts_whole_solutions =
      std::any_of(scope.aggregates.begin(), scope.aggregates.end(),
                  [](const Aggregate& a) { return !a.argument && a.distinct; });
  if (counts_whole_solutions) {
    // COUNT(DISTINCT *) must not see the variables that translation made.
    std::vector<Variable> visible;
    for (const Variable& variable : visible_variables(pattern))
      if (!is_hidden(variable) || variable.name.starts_with(".g")) visible.push_back(variable);
    pattern = {Project{std::move(pattern), std::move(visible)}};
  }
  group.pattern = std::move(pattern);
  group.aggregates = scope.aggregates;
  return {std::move(group)};
}

void Translator::bind_select_expression(GraphPattern& pattern, const Variable& target,
                                        Expression value, antlr4::ParserRuleContext* at) {
  const std::set<Variable> visible = visible_variables(pattern);
  if (!visible.contains(target)) {
    pattern = {Extend{std::move(pattern), target, std::move(value)}};
    return;
  }
  if (options_.strict)
    fail(at, fmt::format("?{} has a value already, AS can't give it another", target.name),
         ErrorCode::Invalid);
  note(at, fmt::format("?{0} has a value already; the standard form is AS with a new name: "
                       "({1} AS ?{0}2)",
                       target.name, to_string(value)));
  const Variable renamed = fresh('l');
  pattern = {Extend{std::move(pattern), renamed, std::move(value)}};
  std::vector<Variable> rest;
  for (const Variable& variable : visible)
    if (variable != target) rest.push_back(variable);
  rest.push_back(renamed);
  pattern = {Extend{GraphPattern{Project{std::move(pattern), std::move(rest)}}, target,
                    Expression{renamed}}};
}

GraphPattern Translator::modified(GraphPattern pattern, const SelectParts& parts,
                                  std::vector<Variable>* columns) {
  struct Item {
    Variable target;
    std::optional<Expression> value;
    antlr4::ParserRuleContext* at;
  };
  auto* modifier = parts.modifier;
  const std::vector<Variable> all = by_appearance(pattern);

  // Expressions first: they tell whether there are aggregates.
  AggregateScope scope;
  AggregateScope* const outer = std::exchange(aggregates_, &scope);
  std::vector<Item> items;
  const bool select_all = parts.select && parts.select->selectItem().empty();
  if (parts.select)
    for (auto* item : parts.select->selectItem()) {
      if (item->aggregate()) {
        if (options_.strict)
          fail(item, fmt::format("SPARQL writes ({} AS ?name)", item->getText()));
        Expression value = aggregate(item->aggregate());
        Variable target =
            item->var() ? variable(item->var()) : Variable{fmt::format("count{}", items.size())};
        if (!item->var()) {
          std::string name = item->aggregate()->name->getText();
          std::transform(name.begin(), name.end(), name.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
          target.name = name;
        }
        note(item, fmt::format("an aggregate stands in parentheses with AS: ({} AS ?{})",
                               item->aggregate()->getText(), target.name));
        items.push_back({target, std::move(value), item});
      } else if (item->expression()) {
        Expression value = expression(item->expression());
        items.push_back({variable(item->var()), std::move(value), item});
      } else {
        items.push_back({variable(item->var()), std::nullopt, item});
      }
    }
  std::vector<Expression> having;
  if (auto* clause = modifier->havingClause())
    for (auto* condition : clause->havingCondition())
      having.push_back(constraint(condition->constraint()));
  std::vector<OrderCondition> order;
  if (auto* clause = modifier->orderClause())
    for (auto* condition : clause->orderCondition()) {
      OrderCondition by;
      by.descending = condition->DESC() != nullptr;
      by.expression = condition->var() ? Expression{variable(condition->var())}
                      : condition->constraint()
                          ? constraint(condition->constraint())
                          : expression(condition->brackettedExpression()->expression());
      order.push_back(std::move(by));
    }
  aggregates_ = nullptr;

  const bool is_grouped = modifier->groupClause() || !scope.aggregates.empty() || !having.empty();
  if (is_grouped) {
    if (select_all)
      fail(parts.select, "SELECT * can't stand with GROUP BY or aggregates", ErrorCode::Invalid);
    pattern = grouped(std::move(pattern), parts, scope);
    auto& group = std::get<Group>(pattern.node);
    std::set<Variable> known(group.keys.begin(), group.keys.end());
    for (const Aggregate& aggregate : group.aggregates)
      known.insert(aggregate.result);
    for (const Item& item : items) {
      std::set<Variable> needed =
          item.value ? variables_of(*item.value) : std::set<Variable>{item.target};
      for (const Variable& variable : needed)
        if (!known.contains(variable))
          fail(item.at,
               fmt::format("?{} is neither in GROUP BY nor inside an aggregate", variable.name),
               ErrorCode::Invalid);
      if (item.value) known.insert(item.target);
    }
    std::map<Variable, Variable> samples;
    const auto sample = [&] { return fresh('s'); };
    for (Expression& condition : having)
      condition = sampled(std::move(condition), known, samples, sample);
    for (OrderCondition& condition : order)
      condition.expression = sampled(std::move(condition.expression), known, samples, sample);
    for (const auto& [variable, result] : samples)
      group.aggregates.push_back(
          {.result = result, .kind = AggregateKind::Sample, .argument = Expression{variable}});
    for (Expression& condition : having)
      pattern = {Filter{std::move(condition), std::move(pattern)}};
  }
  aggregates_ = outer;

  if (parts.values && parts.values->dataBlock())
    pattern = join_patterns(std::move(pattern), {values(parts.values->dataBlock())});

  std::vector<Variable> selected = select_all ? all : std::vector<Variable>{};
  if (select_all && parts.values && parts.values->dataBlock()) selected = by_appearance(pattern);
  for (Item& item : items) {
    const bool repeated =
        std::find(selected.begin(), selected.end(), item.target) != selected.end();
    if (item.value) {
      if (repeated)
        fail(item.at, fmt::format("?{} is selected twice", item.target.name), ErrorCode::Invalid);
      bind_select_expression(pattern, item.target, std::move(*item.value), item.at);
    }
    if (!repeated) selected.push_back(item.target);
  }
  if (!order.empty()) pattern = {OrderBy{std::move(pattern), std::move(order)}};
  if (columns) {
    *columns = selected;
    pattern = {Project{std::move(pattern), std::move(selected)}};
    if (parts.select->DISTINCT()) pattern = {Distinct{std::move(pattern)}};
    if (parts.select->REDUCED()) pattern = {Reduced{std::move(pattern)}};
  }
  if (auto* slice = modifier->limitOffsetClauses()) {
    Slice part;
    const auto count_of = [&](antlr4::tree::TerminalNode* digits) {
      const std::string text = digits->getText();
      constexpr std::size_t kMostDigits = 18;
      if (text.size() > kMostDigits)
        fail(slice, fmt::format("{} is too large a number of solutions", text));
      return static_cast<std::uint64_t>(std::stoull(text));
    };
    if (slice->offsetClause()) part.offset = count_of(slice->offsetClause()->INTEGER());
    if (slice->limitClause()) part.limit = count_of(slice->limitClause()->INTEGER());
    part.pattern = std::move(pattern);
    pattern = {std::move(part)};
  }
  return pattern;
}

}  // namespace tripten
