#include "unit/query_plan/naive_evaluator.h"

#include <algorithm>
#include <functional>

#include "unit/query_plan/naive_path.h"

namespace tripten::test {

namespace {

using TripleSet = NaiveEvaluator::TripleSet;
using Triple = NaiveEvaluator::Triple;
using Presence = NaiveEvaluator::Presence;

/// Binds the place to the term, if it can be.
bool match(const PatternTerm& place, const Term& term, const Presence& presence,
           TermSolution& solution) {
  if (const auto* constant = std::get_if<Term>(&place)) return *constant == term;
  const Variable& variable = std::get<Variable>(place);
  const auto given = presence.find(variable);
  if (given != presence.end() && given->second != term) return false;
  const auto [found, is_new] = solution.try_emplace(variable, term);
  return is_new || found->second == term;
}

TermSolutions join(const TermSolutions& left, const TermSolutions& right) {
  TermSolutions all;
  for (const TermSolution& a : left)
    for (const TermSolution& b : right)
      if (compatible(a, b)) all.push_back(merged(a, b));
  return all;
}

TermSolutions distinct(const TermSolutions& solutions) {
  const std::set<TermSolution> different(solutions.begin(), solutions.end());
  return {different.begin(), different.end()};
}

TermSolution restricted(const TermSolution& solution, const std::vector<Variable>& variables) {
  TermSolution kept;
  for (const Variable& variable : variables)
    if (const auto found = solution.find(variable); found != solution.end()) kept.insert(*found);
  return kept;
}

bool shares_variable(const TermSolution& a, const TermSolution& b) {
  return std::any_of(a.begin(), a.end(),
                     [&](const auto& entry) { return b.contains(entry.first); });
}

}  // namespace

bool compatible(const TermSolution& a, const TermSolution& b) {
  return std::all_of(a.begin(), a.end(), [&](const auto& entry) {
    const auto other = b.find(entry.first);
    return other == b.end() || other->second == entry.second;
  });
}

TermSolution merged(const TermSolution& a, const TermSolution& b) {
  TermSolution both = a;
  both.insert(b.begin(), b.end());
  return both;
}

std::string to_string(const TermSolutions& solutions) {
  std::vector<std::string> lines;
  for (const TermSolution& solution : solutions) {
    std::string line;
    for (const auto& [variable, term] : solution)
      line += "?" + variable.name + "=" + term.to_string() + " ";
    lines.push_back(line);
  }
  std::sort(lines.begin(), lines.end());
  std::string text;
  for (const std::string& line : lines)
    text += line + "\n";
  return text;
}

/// The definitions of §18.5, a function each.
struct NaiveEvaluator::Visitor {
  const NaiveEvaluator& self;
  const TripleSet& graph;
  const Presence& presence;

  TermSolutions eval(const GraphPattern& pattern) const {
    return self.evaluate(pattern, graph, presence);
  }
  /// What an expression sees: the solution, and the values that were there before.
  TermSolution seen(const TermSolution& solution) const { return merged(presence, solution); }
  bool passes(const Expression& condition, const TermSolution& solution) const {
    return self.truth(condition, seen(solution), graph) == true;
  }

  TermSolutions operator()(const Bgp& node) const {
    TermSolutions solutions{{}};
    for (const TriplePattern& pattern : node.patterns) {
      TermSolutions next;
      for (const TermSolution& solution : solutions)
        for (const Triple& triple : graph) {
          TermSolution extended = solution;
          if (match(pattern.subject, triple.subject, presence, extended) &&
              match(pattern.predicate, triple.predicate, presence, extended) &&
              match(pattern.object, triple.object, presence, extended))
            next.push_back(std::move(extended));
        }
      solutions = std::move(next);
      self.check_size(solutions.size());
    }
    return solutions;
  }

  TermSolutions operator()(const Path& node) const {
    // A value that is present is a constant of the path (zero-length paths start at it).
    const auto constant = [&](const PatternTerm& end) -> std::optional<Term> {
      if (const auto* term = std::get_if<Term>(&end)) return *term;
      const auto given = presence.find(std::get<Variable>(end));
      return given == presence.end() ? std::nullopt : std::optional(given->second);
    };
    TermSolutions solutions;
    for (const auto& [from, to] :
         path_pairs(node.path, graph, constant(node.subject), constant(node.object))) {
      TermSolution solution;
      if (match(node.subject, from, presence, solution) &&
          match(node.object, to, presence, solution))
        solutions.push_back(std::move(solution));
    }
    return solutions;
  }

  TermSolutions operator()(const Join& node) const {
    return join(eval(*node.left), eval(*node.right));
  }

  TermSolutions operator()(const LeftJoin& node) const {
    const TermSolutions right = eval(*node.right);
    TermSolutions solutions;
    for (const TermSolution& a : eval(*node.left)) {
      bool found = false;
      for (const TermSolution& b : right) {
        if (!compatible(a, b)) continue;
        TermSolution both = merged(a, b);
        if (node.condition && !passes(*node.condition, both)) continue;
        solutions.push_back(std::move(both));
        found = true;
      }
      if (!found) solutions.push_back(a);
      self.check_size(solutions.size());
    }
    return solutions;
  }

  TermSolutions operator()(const Filter& node) const {
    TermSolutions solutions = eval(*node.pattern);
    std::erase_if(solutions,
                  [&](const TermSolution& solution) { return !passes(node.condition, solution); });
    return solutions;
  }

  TermSolutions operator()(const Union& node) const {
    TermSolutions solutions = eval(*node.left);
    const TermSolutions right = eval(*node.right);
    solutions.insert(solutions.end(), right.begin(), right.end());
    return solutions;
  }

  TermSolutions operator()(const Minus& node) const {
    TermSolutions solutions = eval(*node.left);
    const TermSolutions right = eval(*node.right);
    std::erase_if(solutions, [&](const TermSolution& a) {
      return std::any_of(right.begin(), right.end(), [&](const TermSolution& b) {
        return compatible(a, b) && shares_variable(a, b);
      });
    });
    return solutions;
  }

  TermSolutions operator()(const Graph& node) const {
    TermSolutions solutions;
    for (const auto& [name, triples] : self.named_graphs_) {
      TermSolution named;
      if (!match(node.name, name, presence, named)) continue;
      for (const TermSolution& solution :
           join({named}, self.evaluate(*node.pattern, triples, presence)))
        solutions.push_back(solution);
    }
    return solutions;
  }

  TermSolutions operator()(const Extend& node) const {
    TermSolutions solutions;
    for (TermSolution& solution : eval(*node.pattern)) {
      if (const auto result = self.value(node.expression, seen(solution), graph)) {
        const auto given = presence.find(node.variable);
        if (given != presence.end() && given->second != *result) continue;
        solution.emplace(node.variable, *result);
      }
      solutions.push_back(std::move(solution));
    }
    return solutions;
  }

  TermSolutions operator()(const Values& node) const {
    TermSolutions solutions;
    for (const auto& row : node.rows) {
      TermSolution solution;
      for (std::size_t i = 0; i < row.size(); ++i)
        if (row[i]) solution.emplace(node.variables[i], row[i]);
      if (compatible(solution, presence)) solutions.push_back(std::move(solution));
    }
    return solutions;
  }

  TermSolutions operator()(const Group& node) const {
    std::map<TermSolution, TermSolutions> groups;
    if (node.keys.empty()) groups[{}];
    for (const TermSolution& solution : eval(*node.pattern))
      groups[restricted(solution, node.keys)].push_back(solution);
    TermSolutions solutions;
    for (const auto& [key, members] : groups) {
      TermSolution solution = key;
      for (const Aggregate& aggregate : node.aggregates)
        solution.emplace(aggregate.result, count(aggregate, members));
      solutions.push_back(std::move(solution));
    }
    return solutions;
  }

  /// COUNT, the aggregate that the naive evaluator knows.
  Term count(const Aggregate& aggregate, const TermSolutions& members) const {
    if (aggregate.kind != AggregateKind::Count)
      throw std::logic_error("the naive evaluator counts only");
    std::vector<Term> values;
    std::set<TermSolution> different;
    std::int64_t rows = 0;
    for (const TermSolution& member : members) {
      if (!aggregate.argument) {
        ++rows;
        different.insert(member);
      } else if (const auto result = self.value(*aggregate.argument, seen(member), graph)) {
        values.push_back(*result);
      }
    }
    if (!aggregate.argument)
      return Term::integer(aggregate.distinct ? static_cast<std::int64_t>(different.size()) : rows);
    if (aggregate.distinct)
      return Term::integer(
          static_cast<std::int64_t>(std::set<Term>(values.begin(), values.end()).size()));
    return Term::integer(static_cast<std::int64_t>(values.size()));
  }

  TermSolutions operator()(const OrderBy& node) const { return eval(*node.pattern); }  // a bag

  TermSolutions operator()(const Project& node) const {
    TermSolutions solutions;
    const Presence visible = restricted(presence, node.variables);
    for (const TermSolution& solution : self.evaluate(*node.pattern, graph, visible))
      solutions.push_back(restricted(solution, node.variables));
    return solutions;
  }

  TermSolutions operator()(const Distinct& node) const { return distinct(eval(*node.pattern)); }
  TermSolutions operator()(const Reduced& node) const { return eval(*node.pattern); }

  TermSolutions operator()(const Slice& node) const {
    if (node.offset != 0 || (node.limit && *node.limit != 0))
      throw std::logic_error("a Slice of a bag is any of many");
    return node.limit ? TermSolutions{} : eval(*node.pattern);
  }

  TermSolutions operator()(const Service&) const {
    throw std::logic_error("the naive evaluator knows no SERVICE");
  }
};

NaiveEvaluator::NaiveEvaluator(TermQuads quads, const DatasetClause& dataset, std::size_t most_rows)
    : most_rows_(most_rows) {
  std::map<Term, TripleSet> graphs;
  for (const TermQuad& quad : quads)
    graphs[quad[3]].insert({quad[0], quad[1], quad[2]});
  if (dataset.empty() || dataset.all_named) {
    named_graphs_ = graphs;
    named_graphs_.erase(Term());
  }
  if (dataset.empty()) {
    default_graph_ = graphs[Term()];
    return;
  }
  for (const Term& graph : dataset.default_graphs)
    default_graph_.insert(graphs[graph].begin(), graphs[graph].end());
  for (const Term& graph : dataset.named_graphs)
    named_graphs_[graph] = graphs[graph];
}

TermSolutions NaiveEvaluator::evaluate(const GraphPattern& pattern) const {
  return evaluate(pattern, default_graph_, {});
}

TermSolutions NaiveEvaluator::evaluate(const GraphPattern& pattern, const TripleSet& graph,
                                       const Presence& presence) const {
  TermSolutions solutions = std::visit(Visitor{*this, graph, presence}, pattern.node);
  check_size(solutions.size());
  return solutions;
}

void NaiveEvaluator::check_size(std::size_t rows) const {
  if (rows > most_rows_) throw TooManyRows();
}

}  // namespace tripten::test
