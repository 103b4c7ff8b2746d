#include "w3c/answer.h"

#include <algorithm>
#include <fstream>
#include <map>
#include <optional>

#include "tripten/solutions.h"

#include "rdf/typed_value.h"
#include "w3c/result_set.h"

namespace tripten {

namespace {

constexpr std::size_t kMostLines = 12;  // of a difference

std::vector<Tuple> tuples_of(const Quads& quads) {
  std::vector<Tuple> tuples;
  for (const Quad& quad : quads)
    tuples.push_back({quad.subject, quad.predicate, quad.object, quad.graph});
  return tuples;
}

std::string line_of(char sign, const Tuple& tuple) {
  std::string text{sign};
  for (const Term& term : tuple)
    text += ' ' + (term ? term.to_string() : "-");
  return text + '\n';
}

/// Blank nodes are all alike here: what this finds is sure, what it misses is in their mapping.
Tuple without_labels(Tuple tuple) {
  for (Term& term : tuple)
    if (term.is_blank()) term = Term::blank("");
  return tuple;
}

std::string tuple_difference(const std::vector<Tuple>& expected,
                             const std::vector<Tuple>& answered) {
  std::map<Tuple, int> surplus;
  for (const Tuple& tuple : expected)
    ++surplus[without_labels(tuple)];
  for (const Tuple& tuple : answered)
    --surplus[without_labels(tuple)];
  std::string text;
  std::size_t lines = 0;
  for (const auto& [tuple, count] : surplus)
    if (count != 0 && ++lines <= kMostLines) text += line_of(count > 0 ? '-' : '+', tuple);
  return text.empty() ? "the same terms, but other blank nodes\n" : text;
}

/// `"1.0"^^xsd:decimal` and `"1.00"^^xsd:decimal` become one term; integers have one form anyway.
Term normal_number(const Term& term) {
  const TypedValue value = value_of(view_of(term));
  if (value.value_class != ValueClass::Number || value.number().type == NumericType::Integer)
    return term;
  std::string text;
  append_number(value.number(), text);
  return Term::typed(text, term.datatype());
}

Term normal_term(const Term& term, bool is_text) {
  if (is_text) return term.is_blank() || !term ? term : Term::literal(term.value());
  return term.is_literal() ? normal_number(term) : term;
}

/// The rows in the order of `columns`, with their place in front where order counts.
std::vector<Tuple> normal_rows(const Answer& answer, const std::vector<std::string>& columns,
                               const Comparison& comparison) {
  std::vector<std::size_t> places;
  for (const std::string& column : columns)
    places.push_back(static_cast<std::size_t>(
        std::find(answer.columns.begin(), answer.columns.end(), column) - answer.columns.begin()));
  std::vector<Tuple> rows;
  for (const Tuple& row : answer.rows) {
    Tuple normal;
    if (comparison.is_ordered)
      normal.push_back(Term::integer(static_cast<std::int64_t>(rows.size())));
    for (const std::size_t place : places)
      normal.push_back(normal_term(row[place], comparison.is_text));
    rows.push_back(std::move(normal));
  }
  return rows;
}

std::vector<Tuple> distinct(std::vector<Tuple> rows) {
  std::sort(rows.begin(), rows.end());
  rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
  return rows;
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words)
    text += " ?" + word;
  return text;
}

std::string difference_of_rows(const Answer& expected, const Answer& answered,
                               const Comparison& comparison) {
  std::vector<std::string> columns = expected.columns, others = answered.columns;
  std::sort(columns.begin(), columns.end());
  std::sort(others.begin(), others.end());
  if (columns != others)
    return "other variables: expected" + joined(columns) + ", answered" + joined(others) + '\n';
  std::vector<Tuple> wanted = normal_rows(expected, columns, comparison);
  std::vector<Tuple> rows = normal_rows(answered, columns, comparison);
  if (comparison.is_lax) {
    if (rows.size() > wanted.size()) return "more solutions than without REDUCED\n";
    wanted = distinct(std::move(wanted));
    rows = distinct(std::move(rows));
  }
  return is_isomorphic(wanted, rows) ? "" : tuple_difference(wanted, rows);
}

std::string name_of_kind(AnswerKind kind) {
  switch (kind) {
    case AnswerKind::Boolean:
      return "a boolean";
    case AnswerKind::Graph:
      return "a graph";
    case AnswerKind::Solutions:
      break;
  }
  return "solutions";
}

}  // namespace

Answer read_solution_text(std::istream& in, Format format) {
  SolutionTable table = read_solutions(in, format);
  Answer answer;
  if (table.boolean) {
    answer.kind = AnswerKind::Boolean;
    answer.boolean = *table.boolean;
  }
  answer.columns = std::move(table.variables);
  answer.rows = std::move(table.rows);
  return answer;
}

std::optional<Format> solution_format(const std::filesystem::path& file) {
  static const std::map<std::string, Format> kFormats{
      {".srx", Format::Xml}, {".srj", Format::Json}, {".csv", Format::Csv}, {".tsv", Format::Tsv}};
  const auto found = kFormats.find(file.extension().string());
  return found == kFormats.end() ? std::nullopt : std::optional(found->second);
}

Answer read_answer(const std::filesystem::path& file, const std::string& iri) {
  if (const auto format = solution_format(file)) {
    std::ifstream in(file, std::ios::binary);
    if (!in) throw Error(ErrorCode::NotFound, "<" + iri + "> cannot be read");
    return read_solution_text(in, *format);
  }
  Quads quads = read_quads(file, iri);
  if (std::optional<Answer> answer = result_set_of(quads)) return *answer;
  Answer answer;
  answer.kind = AnswerKind::Graph;
  answer.graph = std::move(quads);
  return answer;
}

Answer answer_of(Result& result) {
  Answer answer;
  answer.columns = result.columns();
  for (const Row& row : result) {
    answer.rows.emplace_back();
    for (std::size_t i = 0; i < row.size(); ++i)
      answer.rows.back().push_back(row[i]);
  }
  if (result.is_boolean()) {
    answer.kind = AnswerKind::Boolean;
    answer.boolean = answer.rows.at(0).at(0).value() == "true";
  } else if (result.is_graph()) {
    answer.kind = AnswerKind::Graph;
    for (const Tuple& row : answer.rows)
      answer.graph.push_back({row[0], row[1], row[2], {}});
    std::sort(answer.graph.begin(), answer.graph.end());
    answer.graph.erase(std::unique(answer.graph.begin(), answer.graph.end()), answer.graph.end());
  }
  return answer;
}

std::string difference(const Answer& expected, const Answer& answered,
                       const Comparison& comparison) {
  if (expected.kind != answered.kind)
    return "expected " + name_of_kind(expected.kind) + ", answered " + name_of_kind(answered.kind) +
           '\n';
  switch (expected.kind) {
    case AnswerKind::Graph:
      return difference(expected.graph, answered.graph);
    case AnswerKind::Solutions:
      return difference_of_rows(expected, answered, comparison);
    case AnswerKind::Boolean:
      break;
  }
  if (expected.boolean == answered.boolean) return {};
  return expected.boolean ? "expected true, answered false\n" : "expected false, answered true\n";
}

std::string difference(const Quads& expected, const Quads& answered) {
  const std::vector<Tuple> wanted = tuples_of(expected), tuples = tuples_of(answered);
  return is_isomorphic(wanted, tuples) ? "" : tuple_difference(wanted, tuples);
}

}  // namespace tripten
