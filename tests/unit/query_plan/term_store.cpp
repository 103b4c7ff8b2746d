#include "unit/query_plan/term_store.h"

#include <sstream>

#include "query/algebra/scope.h"

namespace tripten::test {

Term ex(const std::string& name) {
  return Term::iri("http://ex.org/" + name);
}

Expression call(Function function, std::vector<Expression> arguments) {
  return {FunctionCall{function, std::move(arguments), {}}};
}

PatternTerm place(const std::string& text) {
  if (text[0] == '?') return Variable{text.substr(1)};
  if (text[0] == '"') return Term::literal(text.substr(1, text.size() - 2));
  if (text.find_first_not_of("0123456789") == std::string::npos)
    return Term::typed(text, "http://www.w3.org/2001/XMLSchema#integer");
  return ex(text);
}

TriplePattern triple(const std::string& text) {
  std::istringstream words(text);
  std::string subject, predicate, object;
  words >> subject >> predicate >> object;
  return {place(subject), place(predicate), place(object)};
}

GraphPattern bgp(const std::string& text) {
  Bgp node;
  std::size_t begin = 0;
  while (begin < text.size()) {
    std::size_t end = text.find(" . ", begin);
    if (end == std::string::npos) end = text.size();
    node.patterns.push_back(triple(text.substr(begin, end - begin)));
    begin = end + 3;
  }
  return {std::move(node)};
}

TermStore::TermStore() : store_(Store::in_memory({})), change_(store_->begin()) {}

void TermStore::add(const TermQuad& quad) {
  Quad ids;
  for (std::size_t i = 0; i < quad.size(); ++i) {
    if (!quad[i])
      ids.terms[i] = kDefaultGraph;
    else if (quad[i].is_blank())
      ids.terms[i] = *change_->find(view_of(quad[i]));
    else
      ids.terms[i] = change_->intern(view_of(quad[i]));
  }
  change_->insert(ids);
  quads_.insert(quad);
}

void TermStore::add(const std::string& text) {
  std::istringstream words(text);
  TermQuad quad;
  std::string word;
  for (std::size_t i = 0; i < quad.size() && words >> word; ++i)
    quad[i] = std::get<Term>(place(word));
  add(quad);
}

Term TermStore::fresh_blank() {
  return change_->term(change_->fresh_blank());
}

TermSolutions naive_answer(const GraphPattern& pattern, const TermQuads& quads,
                           const DatasetClause& dataset) {
  constexpr std::size_t kMostSteps = 150'000;
  naive::Effort effort(kMostSteps);
  Query query;
  query.pattern = pattern;
  return naive::eval_query(query, naive::dataset_of(quads, dataset), {}, effort);
}

TermSolutions answer(const Query& query, const StoreView& view, const RunOptions& options) {
  const Interrupt interrupt;
  QueryRun run(query, view, interrupt, options);
  TermSolutions solutions;
  Batch batch;
  while (run.next(batch))
    for (std::size_t row = 0; row < batch.rows; ++row) {
      TermSolution solution;
      for (std::size_t column = 0; column < batch.columns.size(); ++column)
        if (const TermId id = batch.columns[column][row])
          solution.emplace(Variable{run.columns()[column]}, run.terms().term(id));
      solutions.push_back(std::move(solution));
    }
  return solutions;
}

Query select(const GraphPattern& pattern, const DatasetClause& dataset) {
  const auto visible = visible_variables(pattern);
  Query query;
  query.form = SelectForm{{visible.begin(), visible.end()}};
  query.dataset = dataset;
  query.pattern = pattern;
  return query;
}

TermSolutions answer(const GraphPattern& pattern, const StoreView& view,
                     const RunOptions& options) {
  return answer(select(pattern), view, options);
}

std::string plan_of(const GraphPattern& pattern, const StoreView& view, const RunOptions& options) {
  const Interrupt interrupt;
  return QueryRun(select(pattern), view, interrupt, options).explain();
}

}  // namespace tripten::test
