#include "query/algebra/sparql_text.h"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "query/algebra/expression_text.h"
#include "query/algebra/overloaded.h"
#include "query/algebra/print.h"
#include "query/algebra/scope.h"

namespace tripten {

namespace {

/// The modifiers of one SELECT, taken off a pattern from the outside in (§18.2.4, §18.2.5).
struct SelectShape {
  const Slice* slice = nullptr;
  bool distinct = false, reduced = false;
  const Project* project = nullptr;
  const OrderBy* order = nullptr;
  const Group* group = nullptr;
  const GraphPattern* where = nullptr;
};

SelectShape shape_of(const GraphPattern& pattern) {
  SelectShape shape;
  const GraphPattern* at = &pattern;
  if ((shape.slice = std::get_if<Slice>(&at->node))) at = &*shape.slice->pattern;
  if (const auto* node = std::get_if<Distinct>(&at->node)) {
    shape.distinct = true;
    at = &*node->pattern;
  } else if (const auto* other = std::get_if<Reduced>(&at->node)) {
    shape.reduced = true;
    at = &*other->pattern;
  }
  if ((shape.project = std::get_if<Project>(&at->node))) at = &*shape.project->pattern;
  if ((shape.order = std::get_if<OrderBy>(&at->node))) at = &*shape.order->pattern;
  if (at == &pattern && (shape.group = std::get_if<Group>(&at->node))) at = &*shape.group->pattern;
  shape.where = at;
  return shape;
}

bool is_select(const GraphPattern& pattern) {
  return shape_of(pattern).where != &pattern;
}

class SparqlWriter {
 public:
  /// Gives each hidden variable of the pattern a name that it does not have.
  explicit SparqlWriter(const GraphPattern& pattern) {
    const std::set<Variable> mentioned = mentioned_variables(pattern);
    for (const Variable& variable : mentioned)
      if (!variable.name.starts_with('.')) taken_.insert(variable.name);
    for (const Variable& variable : mentioned)
      if (variable.name.starts_with('.')) renamed_[variable] = fresh();
    words_ = {.variable = [this](const Variable& variable) { return name(variable); },
              .pattern = [this](const GraphPattern& inner) { return nested(inner); }};
  }
  SparqlWriter(const SparqlWriter&) = delete;
  SparqlWriter& operator=(const SparqlWriter&) = delete;

  std::string take() { return std::move(text_); }

  void select(const std::vector<Variable>& variables) {
    text_ += "SELECT ";
    list(variables);
    text_ += "WHERE ";
  }

  /// The pattern in braces.
  void group(const GraphPattern& pattern) {
    text_ += "{ ";
    content(pattern);
    text_ += "} ";
  }

  /// A group of the rows and the pattern, whose own filters come last.
  void group(const Values& values, const GraphPattern& pattern) {
    text_ += "{ ";
    write(values);
    content(pattern);
    text_ += "} ";
  }

  void write(const Values& node) {
    text_ += "VALUES (";
    for (const Variable& variable : node.variables)
      text_ += " " + name(variable);
    text_ += " ) { ";
    for (const auto& row : node.rows) {
      text_ += "(";
      for (const Term& term : row)
        text_ += " " + (term ? term.to_string() : std::string("UNDEF"));
      text_ += " ) ";
    }
    text_ += "} ";
  }

 private:
  std::string fresh() {
    std::string chosen;
    do {
      chosen = fmt::format("t{}", next_++);
    } while (!taken_.insert(chosen).second);
    return chosen;
  }

  std::string name(const Variable& variable) const {
    const auto found = renamed_.find(variable);
    return "?" + (found == renamed_.end() ? variable.name : found->second);
  }
  std::string place(const PatternTerm& term) const {
    const auto* variable = std::get_if<Variable>(&term);
    return variable ? name(*variable) : std::get<Term>(term).to_string();
  }
  std::string expression(const Expression& expression) const {
    return expression_text(expression, words_);
  }
  std::string nested(const GraphPattern& pattern) {
    std::string outer = std::exchange(text_, {});
    group(pattern);
    return std::exchange(text_, std::move(outer));
  }

  void list(const std::vector<Variable>& variables) {
    for (const Variable& variable : variables)
      text_ += name(variable) + " ";
    if (variables.empty()) text_ += fmt::format("(1 AS ?{}) ", fresh());
  }

  /// What stands between a group's braces: a SELECT, or elements and filters.
  void content(const GraphPattern& pattern) {
    if (is_select(pattern)) return sub_select(pattern);
    const GraphPattern* at = &pattern;
    std::vector<const Filter*> filters;
    while (const auto* filter = std::get_if<Filter>(&at->node)) {
      filters.push_back(filter);
      at = &*filter->pattern;
    }
    elements(*at);
    for (auto filter = filters.rbegin(); filter != filters.rend(); ++filter)
      text_ += fmt::format("FILTER ( {} ) ", expression((*filter)->condition));
  }

  void sub_select(const GraphPattern& pattern) {
    const SelectShape shape = shape_of(pattern);
    text_ += shape.distinct ? "SELECT DISTINCT " : shape.reduced ? "SELECT REDUCED " : "SELECT ";
    if (shape.group) {
      selected_group(*shape.group);
    } else if (shape.project) {
      list(shape.project->variables);
    } else {
      const std::set<Variable> visible = visible_variables(pattern);
      list({visible.begin(), visible.end()});
    }
    text_ += "WHERE ";
    group(*shape.where);
    if (shape.group && !shape.group->keys.empty()) {
      text_ += "GROUP BY ";
      for (const Variable& key : shape.group->keys)
        text_ += name(key) + " ";
    }
    if (shape.order) {
      text_ += "ORDER BY ";
      for (const OrderCondition& condition : shape.order->conditions)
        text_ += fmt::format("{}( {} ) ", condition.descending ? "DESC" : "ASC",
                             expression(condition.expression));
    }
    if (!shape.slice) return;
    if (shape.slice->limit) text_ += fmt::format("LIMIT {} ", *shape.slice->limit);
    if (shape.slice->offset) text_ += fmt::format("OFFSET {} ", shape.slice->offset);
  }

  /// Without an aggregate and keys a SELECT would not group.
  void selected_group(const Group& group) {
    for (const Variable& key : group.keys)
      text_ += name(key) + " ";
    for (const Aggregate& aggregate : group.aggregates) {
      const std::string argument = aggregate.argument ? expression(*aggregate.argument) : "*";
      text_ +=
          fmt::format("( {} AS {} ) ", aggregate_text(aggregate, argument), name(aggregate.result));
    }
    if (group.keys.empty() && group.aggregates.empty())
      text_ += fmt::format("(COUNT(*) AS ?{}) ", fresh());
  }

  /// The pattern as elements of a group that has none before them.
  void elements(const GraphPattern& pattern) {
    std::visit([&](const auto& node) { element(node, pattern); }, pattern.node);
  }

  /// The pattern as one more element, joined with those before it.
  void joined(const GraphPattern& pattern) {
    const bool takes_what_is_before = std::holds_alternative<LeftJoin>(pattern.node) ||
                                      std::holds_alternative<Minus>(pattern.node) ||
                                      std::holds_alternative<Lateral>(pattern.node) ||
                                      std::holds_alternative<Extend>(pattern.node);
    takes_what_is_before ? group(pattern) : elements(pattern);
  }

  void element(const Bgp& node, const GraphPattern&) {
    for (const TriplePattern& triple : node.patterns) {
      const auto* predicate = std::get_if<Term>(&triple.predicate);
      if (predicate && !predicate->is_iri()) {
        text_ += "VALUES ( ) { } ";  // substituted: no triple has it, and no text says so
        continue;
      }
      text_ += fmt::format("{} {} {} . ", place(triple.subject), place(triple.predicate),
                           place(triple.object));
    }
  }
  void element(const Path& node, const GraphPattern&) {
    text_ +=
        fmt::format("{} {} {} . ", place(node.subject), to_string(node.path), place(node.object));
  }
  void element(const Join& node, const GraphPattern&) {
    elements(*node.left);
    joined(*node.right);
  }
  void element(const LeftJoin& node, const GraphPattern&) {
    elements(*node.left);
    // A filter of the optional group itself would be the condition (§18.2.2.6).
    text_ += "OPTIONAL { ";
    const bool plain = !std::holds_alternative<Filter>(node.right->node) && !is_select(*node.right);
    plain ? elements(*node.right) : group(*node.right);
    if (node.condition) text_ += fmt::format("FILTER ( {} ) ", expression(*node.condition));
    text_ += "} ";
  }
  void element(const Minus& node, const GraphPattern&) {
    elements(*node.left);
    text_ += "MINUS ";
    group(*node.right);
  }
  void element(const Lateral& node, const GraphPattern&) {
    elements(*node.left);
    text_ += "LATERAL ";
    group(*node.right);
  }
  void element(const Extend& node, const GraphPattern&) {
    elements(*node.pattern);
    text_ += fmt::format("BIND ( {} AS {} ) ", expression(node.expression), name(node.variable));
  }
  void element(const Union&, const GraphPattern& pattern) {
    std::vector<const GraphPattern*> rest{&pattern};
    bool first = true;
    while (!rest.empty()) {
      const GraphPattern* const next = rest.back();
      rest.pop_back();
      if (const auto* both = std::get_if<Union>(&next->node)) {
        rest.push_back(&*both->right);
        rest.push_back(&*both->left);
        continue;
      }
      if (!std::exchange(first, false)) text_ += "UNION ";
      group(*next);
    }
  }
  void element(const Graph& node, const GraphPattern&) {
    text_ += fmt::format("GRAPH {} ", place(node.name));
    group(*node.pattern);
  }
  void element(const Service& node, const GraphPattern&) {
    text_ += fmt::format("SERVICE {}{} ", node.silent ? "SILENT " : "", place(node.name));
    group(*node.pattern);
  }
  void element(const Values& node, const GraphPattern&) { write(node); }
  /// Filters and SELECTs have a group of their own.
  template <typename Node>
  void element(const Node&, const GraphPattern& pattern) {
    group(pattern);
  }

  std::string text_{};
  ExpressionWords words_{};
  std::map<Variable, std::string> renamed_{};
  std::set<std::string> taken_{};
  int next_ = 0;
};

/// Whether joined values may stand in front of the pattern's own elements: nothing in it looks at
/// what was joined before.
bool joins_only(const GraphPattern& pattern) {
  if (const auto* join = std::get_if<Join>(&pattern.node))
    return joins_only(*join->left) && joins_only(*join->right);
  return std::holds_alternative<Bgp>(pattern.node) || std::holds_alternative<Path>(pattern.node) ||
         std::holds_alternative<Union>(pattern.node) ||
         std::holds_alternative<Graph>(pattern.node) ||
         std::holds_alternative<Values>(pattern.node);
}

bool takes_values_in_front(const GraphPattern& pattern, const Values& values) {
  const GraphPattern* at = &pattern;
  std::set<Variable> looked_at;
  while (const auto* filter = std::get_if<Filter>(&at->node)) {
    looked_at.merge(variables_of(filter->condition));
    at = &*filter->pattern;
  }
  const std::set<Variable> certain = certain_variables(*at);
  return joins_only(*at) && std::all_of(values.variables.begin(), values.variables.end(),
                                        [&](const Variable& variable) {
                                          return !looked_at.contains(variable) ||
                                                 certain.contains(variable);
                                        });
}

}  // namespace

std::string select_text(const GraphPattern& pattern, const std::vector<Variable>& variables,
                        const Values& values) {
  SparqlWriter writer(pattern);
  writer.select(variables);
  if (values.variables.empty()) {
    writer.group(pattern);
  } else if (takes_values_in_front(pattern, values)) {
    writer.group(values, pattern);
  } else {
    writer.group(pattern);
    writer.write(values);
  }
  std::string text = writer.take();
  text.pop_back();
  return text;
}

bool can_be_sent(const Term& term) {
  const auto is_writable = [](std::string_view iri) {
    return std::none_of(iri.begin(), iri.end(), [](char c) {
      return static_cast<unsigned char>(c) <= 0x20 ||
             std::string_view("<>\"{}|^`\\").find(c) != std::string_view::npos;
    });
  };
  if (term.is_iri()) return is_writable(term.value());
  return term.is_literal() && is_writable(term.datatype());
}

}  // namespace tripten
