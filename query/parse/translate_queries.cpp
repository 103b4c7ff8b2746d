// Queries and their solution modifiers (SPARQL 1.1 §18.2.4, §18.2.5).
#include <algorithm>

#include <fmt/format.h>

#include "base/letter_case.h"
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

/// The variables of an expression, those that stand only inside EXISTS left out.
void add_outer_variables(const Expression& expression, std::set<Variable>& out) {
  std::visit(Overloaded{[&](const Variable& variable) { out.insert(variable); }, [](const Term&) {},
                        [](const Exists&) {},
                        [&](const FunctionCall& call) {
                          for (const Expression& argument : call.arguments)
                            add_outer_variables(argument, out);
                        }},
             expression.node);
}

/// The expression with the names that SELECT gives to expressions replaced by these.
Expression with_aliases(Expression expression, const std::map<Variable, Expression>& aliases,
                        bool& found) {
  if (const auto* variable = std::get_if<Variable>(&expression.node)) {
    const auto alias = aliases.find(*variable);
    if (alias == aliases.end()) return expression;
    found = true;
    return alias->second;
  }
  if (auto* call = std::get_if<FunctionCall>(&expression.node))
    for (Expression& argument : call->arguments)
      argument = with_aliases(std::move(argument), aliases, found);
  return expression;
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
    query_construct(construct, parts, query);
  } else {
    query_describe(context->describeQuery(), parts, query);
  }
  query.base = base_;
  query.prefixes = prefixes_;
  query.prefixes.insert(used_prefixes_.begin(), used_prefixes_.end());
  note_known_prefixes();
  query.leniencies = std::move(leniencies_);
  return query;
}

void Translator::query_construct(Parser::ConstructQueryContext* context, SelectParts& parts,
                                 Query& query) {
  query.dataset = dataset(context->datasetClause());
  parts.modifier = context->solutionModifier();
  TemplateSink sink(*this, Term(), true, true);
  if (context->constructTemplate()) {
    parts.where = group(context->whereClause()->groupGraphPattern());
    if (auto* block = context->constructTemplate()->constructTriples()) triples(block, sink);
  } else if (context->triplesTemplate()) {
    // CONSTRUCT WHERE: the template is the pattern (§16.2.4).
    PatternSink pattern(*this);
    triples(context->triplesTemplate(), pattern);
    triples(context->triplesTemplate(), sink);
    parts.where = pattern.take();
  }
  query.form = ConstructForm{std::move(sink.quads)};
  query.pattern = modified(std::move(parts.where), parts, nullptr);
}

void Translator::query_describe(Parser::DescribeQueryContext* context, SelectParts& parts,
                                Query& query) {
  query.dataset = dataset(context->datasetClause());
  parts.modifier = context->solutionModifier();
  DescribeForm form;
  for (auto* resource : context->varOrIri())
    form.resources.push_back(var_or_iri(resource));
  if (context->whereClause()) parts.where = group(context->whereClause()->groupGraphPattern());
  if (context->varOrIri().empty())
    for (const Variable& variable : by_appearance(parts.where))
      form.resources.push_back(variable);
  query.form = std::move(form);
  query.pattern = modified(std::move(parts.where), parts, nullptr);
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
      check_chain(1, condition);
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

void Translator::bind_anew(GraphPattern& pattern, const Variable& target, Expression value,
                           antlr4::ParserRuleContext* expression, antlr4::ParserRuleContext* at) {
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
                       target.name, written(expression)));
  const Variable renamed = fresh('l');
  pattern = {Extend{std::move(pattern), renamed, std::move(value)}};
  std::vector<Variable> rest;
  for (const Variable& variable : visible)
    if (variable != target) rest.push_back(variable);
  rest.push_back(renamed);
  pattern = {Extend{GraphPattern{Project{std::move(pattern), std::move(rest)}}, target,
                    Expression{renamed}}};
}

/// A select item by the lenient rule: an aggregate without parentheses, perhaps without AS.
Translator::SelectItem Translator::bare_aggregate(Parser::SelectItemContext* item) {
  auto* call = item->aggregate();
  if (options_.strict) fail(item, fmt::format("SPARQL writes ({} AS ?name)", written(call)));
  Expression value = aggregate(call);
  Variable target;
  if (item->var()) {
    target = variable(item->var());
  } else {
    target.name = to_ascii_lower(call->name->getText());
  }
  note(item, fmt::format("an aggregate stands in parentheses with AS: ({} AS ?{})", written(call),
                         target.name));
  return {target, std::move(value), item, call};
}

std::vector<Translator::SelectItem> Translator::select_items(Parser::SelectClauseContext* clause) {
  std::vector<SelectItem> items;
  for (auto* item : clause->selectItem()) {
    if (item->aggregate()) {
      items.push_back(bare_aggregate(item));
    } else if (item->expression()) {
      check_chain(1, item);
      Expression value = expression(item->expression());
      items.push_back({variable(item->var()), std::move(value), item, item->expression()});
    } else {
      items.push_back({variable(item->var()), std::nullopt, item, nullptr});
    }
  }
  return items;
}

std::vector<OrderCondition> Translator::order_conditions(Parser::OrderClauseContext* clause) {
  std::vector<OrderCondition> order;
  for (auto* condition : clause->orderCondition()) {
    Expression by = condition->var() ? Expression{variable(condition->var())}
                    : condition->constraint()
                        ? constraint(condition->constraint())
                        : expression(condition->brackettedExpression()->expression());
    order.push_back({std::move(by), condition->DESC() != nullptr});
  }
  return order;
}

/// Refuses what is selected without being grouped (§11.4), and lets HAVING and ORDER BY see Sample
/// of it (§18.2.4.1).
void Translator::close_group(Group& group, const std::vector<SelectItem>& items,
                             std::vector<Expression>& having, std::vector<OrderCondition>& order) {
  std::set<Variable> known(group.keys.begin(), group.keys.end());
  for (const Aggregate& aggregate : group.aggregates)
    known.insert(aggregate.result);
  for (const SelectItem& item : items) {
    std::set<Variable> needed;
    add_outer_variables(item.value ? *item.value : Expression{item.target}, needed);
    for (const Variable& variable : needed)
      if (!known.contains(variable))
        fail(item.at,
             fmt::format("?{} is neither in GROUP BY nor inside an aggregate", variable.name),
             ErrorCode::Invalid);
    if (item.value) known.insert(item.target);
  }
  if (!options_.strict) {
    std::map<Variable, Expression> aliases;
    for (const SelectItem& item : items)
      if (item.value) aliases.emplace(item.target, *item.value);
    bool found = false;
    for (Expression& condition : having)
      condition = with_aliases(std::move(condition), aliases, found);
    if (found)
      note(items[0].at,
           "HAVING can't see names that SELECT gives; the standard form repeats the "
           "expression there");
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
}

GraphPattern Translator::sliced(GraphPattern pattern, Parser::LimitOffsetClausesContext* clauses) {
  const auto count_of = [&](antlr4::tree::TerminalNode* digits) {
    constexpr std::size_t kMostDigits = 18;
    const std::string text = digits->getText();
    if (text.size() > kMostDigits)
      fail(clauses, fmt::format("{} is too large a number of solutions", text));
    return static_cast<std::uint64_t>(std::stoull(text));
  };
  Slice slice{std::move(pattern)};
  if (clauses->offsetClause()) slice.offset = count_of(clauses->offsetClause()->INTEGER());
  if (clauses->limitClause()) slice.limit = count_of(clauses->limitClause()->INTEGER());
  return {std::move(slice)};
}

GraphPattern Translator::modified(GraphPattern pattern, const SelectParts& parts,
                                  std::vector<Variable>* columns) {
  auto* modifier = parts.modifier;
  const bool select_all = parts.select && parts.select->selectItem().empty();
  auto* data = parts.values ? parts.values->dataBlock() : nullptr;

  // Expressions first: they tell whether there are aggregates.
  AggregateScope scope;
  AggregateScope* const outer = std::exchange(aggregates_, &scope);
  std::vector<SelectItem> items;
  if (parts.select) items = select_items(parts.select);
  std::vector<Expression> having;
  if (auto* clause = modifier->havingClause())
    for (auto* condition : clause->havingCondition()) {
      check_chain(1, condition);
      having.push_back(constraint(condition->constraint()));
    }
  std::vector<OrderCondition> order;
  if (modifier->orderClause()) order = order_conditions(modifier->orderClause());
  aggregates_ = nullptr;

  if (modifier->groupClause() || !scope.aggregates.empty() || !having.empty()) {
    if (select_all)
      fail(parts.select, "SELECT * can't stand with GROUP BY or aggregates", ErrorCode::Invalid);
    pattern = grouped(std::move(pattern), parts, scope);
    close_group(std::get<Group>(pattern.node), items, having, order);
    for (Expression& condition : having)
      pattern = {Filter{std::move(condition), std::move(pattern)}};
  }
  aggregates_ = outer;
  if (data) pattern = join_patterns(std::move(pattern), {values(data)});

  std::vector<Variable> selected;
  if (select_all) selected = by_appearance(pattern);
  for (SelectItem& item : items) {
    const bool repeated =
        std::find(selected.begin(), selected.end(), item.target) != selected.end();
    if (item.value && repeated)
      fail(item.at, fmt::format("?{} is selected twice", item.target.name), ErrorCode::Invalid);
    if (item.value)
      bind_anew(pattern, item.target, std::move(*item.value), item.expression, item.at);
    if (!repeated) selected.push_back(item.target);
  }
  if (!order.empty()) pattern = {OrderBy{std::move(pattern), std::move(order)}};
  if (columns) {
    *columns = selected;
    pattern = {Project{std::move(pattern), std::move(selected)}};
    if (parts.select->DISTINCT()) pattern = {Distinct{std::move(pattern)}};
    if (parts.select->REDUCED()) pattern = {Reduced{std::move(pattern)}};
  }
  if (modifier->limitOffsetClauses())
    pattern = sliced(std::move(pattern), modifier->limitOffsetClauses());
  return pattern;
}

}  // namespace tripten
