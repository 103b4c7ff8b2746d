// Query tests: a dataset, a query, and its answer.
#include <set>
#include <sstream>
#include <type_traits>
#include <variant>

#include "query/parse/parse.h"
#include "w3c/answer.h"
#include "w3c/endpoints.h"
#include "w3c/outcome.h"

namespace tripten {

namespace {

/// FROM and FROM NAMED speak of files: they become graphs of those names beforehand.
std::vector<GraphFile> files_of(const TestEntry& test, const Query& query) {
  std::vector<GraphFile> files = test.data;
  std::set<std::string> graphs;
  for (const GraphFile& file : files)
    graphs.insert(file.graph);
  for (const auto* terms : {&query.dataset.default_graphs, &query.dataset.named_graphs})
    for (const Term& term : *terms)
      if (graphs.insert(term.value()).second) files.push_back({term.value(), term.value()});
  return files;
}

/// Whether the outermost SELECT has an ORDER BY: modifiers stand around it (§18.2.4, §18.2.5).
bool is_sorted(const GraphPattern& pattern) {
  return std::visit(
      [](const auto& node) {
        using Node = std::decay_t<decltype(node)>;
        if constexpr (std::is_same_v<Node, OrderBy>) return true;
        constexpr bool kIsModifier = std::is_same_v<Node, Project> ||
                                     std::is_same_v<Node, Distinct> ||
                                     std::is_same_v<Node, Reduced> || std::is_same_v<Node, Slice>;
        if constexpr (kIsModifier) return is_sorted(*node.pattern);
        return false;
      },
      pattern.node);
}

/// The rows as they are or, where the test is about a result format, as they are read back from
/// what was written in it.
Answer answer_through(Result& result, std::optional<Format> format) {
  if (!format || result.is_graph()) return answer_of(result);
  std::stringstream written;
  result.write(written, *format);
  return read_solution_text(written, *format);
}

}  // namespace

Outcome run_query_evaluation(const TestEntry& test, const SuiteFolder& folder,
                             const Setting& setting) {
  const std::string text = read_text(folder, test.action);
  ParseOptions parsing;
  parsing.base = test.action;
  parsing.strict = true;
  const Query query = parse_query(text, parsing);
  Database db = database_with(folder, files_of(test, query), setting);
  Endpoints endpoints(folder, test.services, setting);
  QueryOptions options = endpoints.reached_from(setting.query);
  options.base = test.action;
  Result result = db.query(text, options);
  const Answer expected = read_answer(folder.file_of(test.result), test.result);
  const std::string other =
      difference(expected, answer_through(result, solution_format(folder.file_of(test.result))),
                 {.is_ordered = expected.is_ordered || is_sorted(query.pattern),
                  .is_lax = test.lax_cardinality});
  return other.empty() ? passed() : failed("Another answer.", other);
}

}  // namespace tripten
