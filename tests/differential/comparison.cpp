#include "differential/comparison.h"

#include <algorithm>

#include "differential/naive/evaluate.h"
#include "differential/naive/operators.h"
#include "differential/naive/order.h"
#include "differential/naive/update.h"
#include "differential/random_graph.h"
#include "query/algebra/scope.h"

namespace tripten::test {

namespace {

constexpr std::size_t kMostSteps = 400'000;

std::set<Term> blanks_of(const naive::TermQuads& quads) {
  std::set<Term> blanks;
  for (const naive::TermQuad& quad : quads)
    for (const Term& term : quad)
      if (term.is_blank()) blanks.insert(term);
  return blanks;
}

/// The quads as lines, in which a blank node that is not known stands as its colour.
std::string coloured(const naive::TermQuads& quads, const std::set<Term>& known) {
  std::map<Term, std::string> colours;
  for (const Term& blank : blanks_of(quads))
    if (!known.contains(blank)) colours[blank] = "?";
  const auto text_of = [&](const Term& term, const Term* self) {
    const auto colour = colours.find(term);
    if (colour == colours.end()) return term.to_string();
    return self && *self == term ? std::string("self") : colour->second;
  };
  const auto line_of = [&](const naive::TermQuad& quad, const Term* self) {
    std::string line;
    for (const Term& term : quad)
      line += text_of(term, self) + " ";
    return line;
  };
  constexpr int kRounds = 3;
  for (int round = 0; round < kRounds; ++round) {
    std::map<Term, std::string> next;
    for (const auto& [blank, colour] : colours) {
      std::multiset<std::string> lines;
      for (const naive::TermQuad& quad : quads)
        if (std::find(quad.begin(), quad.end(), blank) != quad.end())
          lines.insert(line_of(quad, &blank));
      std::string& text = next[blank];
      for (const std::string& line : lines)
        text += line;
      text = "?" + std::to_string(std::hash<std::string>()(text));
    }
    colours = std::move(next);
  }
  std::multiset<std::string> lines;
  for (const naive::TermQuad& quad : quads)
    lines.insert(line_of(quad, nullptr));
  std::string text;
  for (const std::string& line : lines)
    text += line + "\n";
  return text;
}

/// The triples that CONSTRUCT gave.
naive::TermQuads triples_of(const naive::Solutions& rows) {
  naive::TermQuads triples;
  for (const naive::Solution& row : rows)
    triples.insert({row.at({"subject"}), row.at({"predicate"}), row.at({"object"}), Term()});
  return triples;
}

std::string in_order(const naive::Solutions& solutions) {
  std::string text;
  for (const naive::Solution& solution : solutions)
    text += naive::to_string({solution});
  return text;
}

}  // namespace

bool same_but_for_labels(const naive::TermQuads& a, const naive::TermQuads& b,
                         const naive::TermQuads& known) {
  const std::set<Term> blanks = blanks_of(known);
  return coloured(a, blanks) == coloured(b, blanks);
}

ExpectedAnswer::ExpectedAnswer(const Query& query, const naive::TermQuads& quads,
                               const naive::Solution& bindings)
    : query_(query),
      dataset_(naive::dataset_of(quads, query.dataset)),
      quads_(quads) {
  naive::Effort effort(kMostSteps);
  try {
    try {
      solutions_ = naive::eval_query(query, dataset_, bindings, effort);
    } catch (const naive::NotDetermined&) {
      // Of a SELECT that takes any some of its solutions, those that there are can be known.
      const auto* slice = std::get_if<Slice>(&query.pattern.node);
      const auto* reduced = std::get_if<Reduced>(&query.pattern.node);
      if ((!slice && !reduced) || !std::holds_alternative<SelectForm>(query.form)) throw;
      Query whole = query;
      whole.pattern = slice ? *slice->pattern : *reduced->pattern;
      solutions_ = naive::eval_query(whole, dataset_, bindings, effort);
      is_part_ = slice != nullptr;
      is_reduced_ = !is_part_;
    }
    if (const auto* form = std::get_if<ConstructForm>(&query.form))
      triples_ = naive::construct(form->quads, solutions_);
  } catch (const std::runtime_error& error) {  // NotDetermined, TooMuchWork
    reason_ = error.what();
  }
}

Verdict ExpectedAnswer::compare(const Answer& answer) const {
  if (!is_determined()) return {Verdict::Kind::NotCompared, {}, {}, reason_};
  switch (answer.kind) {
    case AnswerKind::Solutions:
      return is_part_      ? compare_part(answer.rows)
             : is_reduced_ ? compare_reduced(answer.rows)
                           : compare_solutions(answer.rows);
    case AnswerKind::Boolean: {
      const naive::Solutions expected{{{Variable{"answer"}, Term::boolean(!solutions_.empty())}}};
      if (answer.rows == expected) return {};
      return {Verdict::Kind::Different, in_order(expected), in_order(answer.rows), {}};
    }
    case AnswerKind::Graph:
      break;
  }
  const naive::TermQuads found = triples_of(answer.rows);
  if (found.size() == answer.rows.size() && same_but_for_labels(found, triples_, quads_)) return {};
  return {Verdict::Kind::Different, to_trig(triples_), to_trig(found), {}};
}

Verdict ExpectedAnswer::compare_solutions(const naive::Solutions& found) const {
  const std::string expected = naive::to_string(solutions_);
  if (naive::to_string(found) != expected)
    return {Verdict::Kind::Different, expected, naive::to_string(found), {}};
  if (!is_in_order(found))
    return {Verdict::Kind::Different, in_order(solutions_), in_order(found), {}};
  return {};
}

/// Any part of the right size will do that the order allows.
Verdict ExpectedAnswer::compare_part(const naive::Solutions& found) const {
  const auto& slice = std::get<Slice>(query_.pattern.node);
  const std::size_t begin = std::min<std::size_t>(slice.offset, solutions_.size());
  std::size_t size = solutions_.size() - begin;
  if (slice.limit) size = std::min<std::size_t>(size, *slice.limit);
  std::multiset<naive::Solution> rest(solutions_.begin(), solutions_.end());
  bool are_some = found.size() == size;
  for (const naive::Solution& solution : found) {
    const auto at = rest.find(solution);
    if (at == rest.end())
      are_some = false;
    else
      rest.erase(at);
  }
  if (are_some && is_in_order(found)) return {};
  return {Verdict::Kind::Different,
          std::to_string(size) + " of\n" + in_order(solutions_),
          in_order(found),
          {}};
}

/// Each solution at least once, and not more often than there are (§18.5, Reduced).
Verdict ExpectedAnswer::compare_reduced(const naive::Solutions& found) const {
  const std::multiset<naive::Solution> all(solutions_.begin(), solutions_.end());
  const std::multiset<naive::Solution> given(found.begin(), found.end());
  const auto is_right = [&](const naive::Solution& solution) {
    return given.count(solution) > 0 && given.count(solution) <= all.count(solution);
  };
  if (std::all_of(all.begin(), all.end(), is_right) &&
      std::all_of(given.begin(), given.end(), is_right) && is_in_order(found))
    return {};
  return {Verdict::Kind::Different, in_order(solutions_), in_order(found), {}};
}

/// Whether no solution stands behind one that the outermost ORDER BY puts before it. Only where its
/// conditions speak of nothing but what is selected.
bool ExpectedAnswer::is_in_order(const naive::Solutions& found) const {
  const GraphPattern* at = &query_.pattern;
  const OrderBy* order = nullptr;
  while (!order) {
    if (const auto* slice = std::get_if<Slice>(&at->node))
      at = &*slice->pattern;
    else if (const auto* distinct = std::get_if<Distinct>(&at->node))
      at = &*distinct->pattern;
    else if (const auto* reduced = std::get_if<Reduced>(&at->node))
      at = &*reduced->pattern;
    else if (const auto* projected = std::get_if<Project>(&at->node))
      at = &*projected->pattern;
    else if (!(order = std::get_if<OrderBy>(&at->node)))
      return true;
  }
  const auto* form = std::get_if<SelectForm>(&query_.form);
  const std::set<Variable> selected(form->variables.begin(), form->variables.end());
  for (const OrderCondition& condition : order->conditions)
    for (const Variable& variable : variables_of(condition.expression))
      if (!selected.contains(variable)) return true;
  naive::Effort effort(kMostSteps);
  const naive::Solution nothing;
  const naive::ActiveDataset active{dataset_, dataset_.default_graph, nothing, nothing, effort};
  try {
    for (std::size_t i = 0; i < found.size(); ++i)
      for (std::size_t j = i + 1; j < found.size(); ++j)
        if (naive::certainly_before(found[j], found[i], order->conditions, active)) return false;
  } catch (const std::runtime_error&) {
    return true;
  }
  return true;
}

}  // namespace tripten::test
