#include "query/parse/parse.h"

#include <optional>

#include <fmt/format.h>

#include "base/utf8.h"
#include "query/parse/placeholders.h"
#include "query/parse/plain_data.h"
#include "query/parse/translator.h"
#include "rdf/iri.h"
#include "rdf/vocabulary.h"

namespace tripten {

namespace {

using grammar::SparqlLexer;

constexpr std::size_t kMostBytes = std::size_t{8} << 20;

}  // namespace

PreparedText prepare_text(std::string_view text, const ParseOptions& options) {
  if (text.size() > kMostBytes)
    throw Error(ErrorCode::Limit, fmt::format("the text has {} MB, more than {} MB is no query",
                                              text.size() >> 20, kMostBytes >> 20));
  if (const std::size_t bad = find_invalid_utf8(text); bad != std::string_view::npos)
    throw Error(ErrorCode::Syntax, "the text is not UTF-8 here",
                SourceText(text, options.first_line).original(place_at(text, bad)));
  PreparedText prepared{resolve_codepoint_escapes(SourceText(text, options.first_line))};
  if (!options.strict)
    prepared.source =
        fill_placeholders(std::move(prepared.source), options.parameters, prepared.notes);
  return prepared;
}

bool surely_fits(std::size_t bytes, const ParseOptions& options) {
  return bytes < options.memory_bytes / SyntaxTree::kBytesPerToken;  // each a token
}

namespace {

bool begins_update(std::size_t keyword) {
  switch (keyword) {
    case SparqlLexer::INSERT:
    case SparqlLexer::DELETE:
    case SparqlLexer::WITH:
    case SparqlLexer::LOAD:
    case SparqlLexer::CLEAR:
    case SparqlLexer::DROP:
    case SparqlLexer::CREATE:
    case SparqlLexer::ADD:
    case SparqlLexer::MOVE:
    case SparqlLexer::COPY:
      return true;
    default:
      return false;
  }
}

bool begins_query(std::size_t keyword) {
  return keyword == SparqlLexer::SELECT || keyword == SparqlLexer::ASK ||
         keyword == SparqlLexer::CONSTRUCT || keyword == SparqlLexer::DESCRIBE;
}

}  // namespace

Query parse_query(std::string_view text, const ParseOptions& options) {
  return parse_query(prepare_text(text, options), options);
}

Query parse_query(PreparedText text, const ParseOptions& options) {
  SyntaxTree syntax(std::move(text.source), options.memory_bytes);
  if (const antlr4::Token* first = syntax.first_keyword(); begins_update(first->getType()))
    throw Error(ErrorCode::Syntax,
                fmt::format("{} begins an update, here a query is expected (see `tripten update`)",
                            first->getText()),
                place_of(first, syntax.source()));
  auto* tree = syntax.query();
  Query query = Translator(syntax.source(), options).query(tree);
  query.leniencies.insert(query.leniencies.begin(), text.notes.begin(), text.notes.end());
  return query;
}

Update parse_update(std::string_view text, const ParseOptions& options) {
  PreparedText prepared = prepare_text(text, options);
  const std::vector<Leniency>& notes = prepared.notes;
  if (std::optional<Update> data = read_plain_data(prepared.source)) {
    data->leniencies = notes;
    return std::move(*data);
  }
  SyntaxTree syntax(std::move(prepared.source), options.memory_bytes);
  if (const antlr4::Token* first = syntax.first_keyword(); begins_query(first->getType()))
    throw Error(ErrorCode::Syntax,
                fmt::format("{} begins a query, here an update is expected (see `tripten query`)",
                            first->getText()),
                place_of(first, syntax.source()));
  auto* tree = syntax.update();
  Update update = Translator(syntax.source(), options).update(tree);
  update.leniencies.insert(update.leniencies.begin(), notes.begin(), notes.end());
  return update;
}

namespace {

/// Numbers, absolute IRIs and texts that are strings for want of another form, without the grammar.
std::optional<Term> plain_parameter(std::string_view value) {
  const std::string term = term_text(value);
  const char first = term[0];
  if (first == '<') {
    const std::string_view iri = std::string_view(term).substr(1, term.size() - 2);
    return is_absolute_iri(iri) ? std::optional(Term::iri(iri)) : std::nullopt;
  }
  if ((first >= '0' && first <= '9') || first == '+' || first == '-' || first == '.') {
    const bool is_double = term.find_first_of("eE") != std::string::npos;
    const bool is_integer = term.find('.') == std::string::npos;
    return Term::typed(term, is_double ? kXsdDouble : is_integer ? kXsdInteger : kXsdDecimal);
  }
  const std::size_t begin = value.find_first_not_of(" \t\n\r\f\v");
  const bool is_quoted =
      begin != std::string_view::npos && (value[begin] == '"' || value[begin] == '\'');
  if (first == '"' && !is_quoted) return Term::literal(value);
  return std::nullopt;
}

}  // namespace

Term parse_parameter(std::string_view value, const std::map<std::string, std::string>& prefixes) {
  if (!is_valid_utf8(value)) throw Error(ErrorCode::Invalid, "a parameter's value is not UTF-8");
  if (const auto plain = plain_parameter(value)) return *plain;
  std::string text;
  for (const auto& [prefix, iri] : prefixes)
    text += fmt::format("PREFIX {}: <{}> ", prefix, iri);
  text += "SELECT ?value { VALUES ?value { " + term_text(value) + " } }";
  try {
    SyntaxTree syntax{SourceText(text)};
    const ParseOptions options;
    const Query query = Translator(syntax.source(), options).query(syntax.query());
    const auto& project = std::get<Project>(query.pattern.node);
    return std::get<Values>(project.pattern->node).rows.at(0).at(0);
  } catch (const Error& error) {
    throw Error(ErrorCode::Invalid,
                fmt::format("the parameter's value {}: {}", excerpt(value, 60), error.what()));
  }
}

std::vector<std::string> placeholder_names(std::string_view text) {
  return names_of_placeholders(text);
}

bool has_parameter(std::string_view text, std::string_view name) {
  return has_placeholder(text, name);
}

}  // namespace tripten
