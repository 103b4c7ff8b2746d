#include "differential/naive/aggregates.h"

#include <algorithm>

#include "differential/naive/number.h"
#include "differential/naive/value.h"

namespace tripten::naive {

namespace {

/// What ListEval (§18.5.1) gives for one expression: a term or an error, for each solution.
using Values = std::vector<std::optional<Term>>;

Values list_eval(const Expression& expression, const Solutions& solutions,
                 const ActiveDataset& active) {
  Values values;
  for (const Solution& solution : solutions)
    values.push_back(value_of(expression, merge(active.given, solution), active));
  return values;
}

/// "remove error elements from N"
Values without_errors(Values values) {
  std::erase(values, std::nullopt);
  return values;
}

/// Distinct(M)
Values distinct(const Values& values) {
  const std::set<std::optional<Term>> different(values.begin(), values.end());
  return {different.begin(), different.end()};
}

bool has_error(const Values& values) {
  return std::find(values.begin(), values.end(), std::nullopt) != values.end();
}

Term count(const Values& values) {
  return Term::integer(static_cast<std::int64_t>(without_errors(values).size()));
}

/// COUNT(*) (§18.5.1.2); variables whose names start with '.' are not the query's own.
Term count_rows(const Solutions& solutions, bool is_distinct) {
  if (!is_distinct) return Term::integer(static_cast<std::int64_t>(solutions.size()));
  std::set<Solution> different;
  for (Solution solution : solutions) {
    std::erase_if(solution,
                  [](const auto& binding) { return binding.first.name.starts_with('.'); });
    different.insert(std::move(solution));
  }
  return Term::integer(static_cast<std::int64_t>(different.size()));
}

/// Sum(M) = op:numeric-add over the list, "0"^^xsd:integer where it is empty.
std::optional<Number> sum(const Values& values) {
  Number total;
  for (const auto& value : values) {
    const auto number = value ? number_of(*value) : std::nullopt;
    if (!number) return std::nullopt;
    total = add(total, *number);
  }
  return total;
}

/// Avg(M) = Sum(M) / Count(M), 0 where it is empty.
std::optional<Term> average(const Values& values) {
  const auto total = sum(values);
  if (!total) return std::nullopt;
  if (values.empty()) return Term::integer(0);
  const auto quotient =
      divide(*total, {.type = NumericType::Integer, .digits = static_cast<Digits>(values.size())});
  return quotient ? std::optional(term_of(*quotient)) : std::nullopt;
}

/// Any of these may be the answer: an answer to compare with only where they are one term.
std::optional<Term> the_only(const std::set<Term>& possible, const char* what) {
  if (possible.empty()) return std::nullopt;
  if (possible.size() > 1) throw NotDetermined(what);
  return *possible.begin();
}

/// Min(M) and Max(M): the first in the order of ORDER BY ASC or DESC. An error among the values is
/// an error, as in Sum and Avg.
std::optional<Term> extreme(const Values& values, bool largest) {
  if (has_error(values)) return std::nullopt;
  std::set<Term> possible;
  for (const auto& value : values)
    if (std::none_of(values.begin(), values.end(), [&](const auto& other) {
          return largest ? certainly_before(*value, *other) : certainly_before(*other, *value);
        }))
      possible.insert(*value);
  return the_only(possible, "MIN or MAX of terms without an order");
}

std::optional<Term> sample(const Values& values) {
  std::set<Term> possible;
  for (const auto& value : without_errors(values))
    possible.insert(*value);
  return the_only(possible, "SAMPLE of several terms");
}

/// GroupConcat(M, sep): the strings of the values, in any order.
std::optional<Term> group_concat(const Values& values, const std::string& separator) {
  std::string text;
  std::set<std::string> different;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!values[i] || values[i]->is_blank()) return std::nullopt;
    different.insert(values[i]->value());
    if (i > 0) text += separator;
    text += values[i]->value();
  }
  if (different.size() > 1) throw NotDetermined("GROUP_CONCAT of several strings");
  return Term::literal(text);
}

/// Aggregation(exprlist, func, scalarvals, groups) for one group.
std::optional<Term> aggregation(const Aggregate& aggregate, const Solutions& group,
                                const ActiveDataset& active) {
  if (!aggregate.argument) return count_rows(group, aggregate.distinct);
  Values values = list_eval(*aggregate.argument, group, active);
  if (aggregate.distinct) values = distinct(values);
  switch (aggregate.kind) {
    case AggregateKind::Count:
      return count(values);
    case AggregateKind::Sum: {
      const auto total = sum(values);
      return total ? std::optional(term_of(*total)) : std::nullopt;
    }
    case AggregateKind::Avg:
      return average(values);
    case AggregateKind::Min:
      return extreme(values, false);
    case AggregateKind::Max:
      return extreme(values, true);
    case AggregateKind::Sample:
      return sample(values);
    case AggregateKind::GroupConcat:
      break;
  }
  return group_concat(values, aggregate.separator);
}

}  // namespace

/// Group(exprlist, Ω): "{ ListEval(exprlist, μ) → { μ' | ListEval(exprlist, μ') =
/// ListEval(exprlist, μ) } }", one group over everything, also over nothing, where there are no
/// keys. AggregateJoin: the results beside the keys, errors left unbound.
Solutions eval_group(const Group& node, const Solutions& solutions, const ActiveDataset& active) {
  std::map<Solution, Solutions> groups;
  if (node.keys.empty()) groups[{}];
  for (const Solution& solution : solutions)
    groups[restricted_to(solution, node.keys)].push_back(solution);
  Solutions results;
  for (const auto& [key, group] : groups) {
    Solution result = key;
    for (const Aggregate& aggregate : node.aggregates)
      if (const auto value = aggregation(aggregate, group, active))
        result.emplace(aggregate.result, *value);
    results.push_back(std::move(result));
  }
  return results;
}

}  // namespace tripten::naive
