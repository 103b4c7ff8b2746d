// Query tests: a dataset, a query, and its answer.
#include <set>

#include "query/parse/parse.h"
#include "w3c/answer.h"
#include "w3c/outcome.h"

namespace tripten {

namespace {

/// FROM and FROM NAMED speak of files: they become graphs of those names beforehand.
std::vector<GraphFile> files_of(const TestEntry& test, const tripten::Query& query) {
  std::vector<GraphFile> files = test.data;
  std::set<std::string> graphs;
  for (const GraphFile& file : files)
    graphs.insert(file.graph);
  for (const auto* terms : {&query.dataset.default_graphs, &query.dataset.named_graphs})
    for (const Term& term : *terms)
      if (graphs.insert(term.value()).second) files.push_back({term.value(), term.value()});
  return files;
}

}  // namespace

Outcome run_query_evaluation(const TestEntry& test, const SuiteFolder& folder,
                             const Setting& setting) {
  const std::string text = read_text(folder, test.action);
  ParseOptions parsing;
  parsing.base = test.action;
  parsing.strict = true;
  Database db = database_with(folder, files_of(test, parse_query(text, parsing)), setting);
  QueryOptions options = setting.query;
  options.base = test.action;
  Result result = db.query(text, options);
  const Answer expected = read_answer(folder.file_of(test.result), test.result);
  const std::string other =
      difference(expected, answer_of(result),
                 {.is_ordered = expected.is_ordered, .is_lax = test.lax_cardinality});
  return other.empty() ? passed() : failed("Another answer.", other);
}

}  // namespace tripten
