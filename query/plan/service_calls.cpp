#include "query/plan/service_calls.h"

#include <algorithm>
#include <cctype>
#include <optional>
#include <sstream>

#include <fmt/format.h>

#include "tripten/solutions.h"

#include "base/http_client.h"
#include "query/optimize/children.h"

namespace tripten {

namespace {

constexpr std::string_view kAccept =
    "application/sparql-results+json, application/sparql-results+xml;q=0.9, "
    "text/tab-separated-values;q=0.5";
constexpr std::size_t kMostKeptBytes = std::size_t{16} << 20;

/// The body of an HTML form with one field, which every service takes (SPARQL 1.1 Protocol §2.1.2).
std::string form_of(std::string_view query) {
  std::string body = "query=";
  for (const char c : query) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte) || c == '-' || c == '.' || c == '_' || c == '~')
      body += c;
    else
      body += fmt::format("%{:02X}", byte);
  }
  return body;
}

/// The format of a media type's solutions, parameters passed over.
std::optional<Format> format_of_media_type(std::string_view type) {
  std::string name(type.substr(0, type.find(';')));
  std::erase_if(name, [](char c) { return c == ' ' || c == '\t'; });
  std::transform(name.begin(), name.end(), name.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  if (name == "application/sparql-results+json" || name == "application/json") return Format::Json;
  if (name == "application/sparql-results+xml" || name == "application/xml" || name == "text/xml")
    return Format::Xml;
  if (name == "text/tab-separated-values") return Format::Tsv;
  return std::nullopt;
}

SolutionTable solutions_of(const ServiceAnswer& answer) {
  const auto format = format_of_media_type(answer.content_type);
  if (!format)
    throw Error(ErrorCode::Io, answer.content_type.empty()
                                   ? "the answer does not say what it is"
                                   : fmt::format("the answer is {}, which holds no solutions",
                                                 answer.content_type));
  std::istringstream in(answer.body);
  SolutionTable table = read_solutions(in, *format);
  if (table.boolean)
    throw Error(ErrorCode::Io, "the answer is true or false, where solutions were asked for");
  return table;
}

/// Where the table has each variable; nothing where it lacks it.
std::vector<std::optional<std::size_t>> places_of(const std::vector<Variable>& variables,
                                                  const SolutionTable& table) {
  std::vector<std::optional<std::size_t>> places;
  for (const Variable& variable : variables) {
    const auto found = std::find(table.variables.begin(), table.variables.end(), variable.name);
    places.push_back(found == table.variables.end()
                         ? std::nullopt
                         : std::optional<std::size_t>(found - table.variables.begin()));
  }
  return places;
}

/// Blank nodes of an answer are new ones, the same within it (Federated Query §2.1).
class AnswerTerms {
 public:
  explicit AnswerTerms(QueryTerms& terms) : terms_(terms) {}

  TermId id_of(const Term& term) {
    if (!term) return kUnbound;
    if (!term.is_blank()) return terms_.intern(view_of(term));
    const auto [found, is_new] = blanks_.try_emplace(term.value());
    if (is_new) found->second = terms_.fresh_blank();
    return found->second;
  }

 private:
  QueryTerms& terms_;
  std::map<std::string, TermId> blanks_{};
};

bool ends_query(const Error& error) {
  return error.code == ErrorCode::Cancelled || error.code == ErrorCode::Limit ||
         error.code == ErrorCode::Internal;
}

}  // namespace

ServiceAnswer ServiceCalls::send(const std::string& endpoint, const std::string& query,
                                 const Interrupt& interrupt) const {
  if (options_.transport) {
    std::chrono::milliseconds timeout = options_.timeout;
    if (const auto left = interrupt.left(); left && (timeout.count() == 0 || *left < timeout))
      timeout = *left;
    ServiceAnswer answer = options_.transport({endpoint, query, timeout, interrupt.stop()});
    interrupt.check();
    return answer;
  }
  HttpResponse response =
      http_call({.method = "POST",
                 .url = endpoint,
                 .headers = {{"Accept", std::string(kAccept)},
                             {"Content-Type", "application/x-www-form-urlencoded"}},
                 .body = form_of(query),
                 .timeout = options_.timeout},
                interrupt);
  return {std::move(response.content_type), std::move(response.body)};
}

std::shared_ptr<const RowTable> ServiceCalls::call(const std::string& endpoint,
                                                   const std::string& query,
                                                   const std::vector<Variable>& variables,
                                                   QueryContext& context) {
  context.interrupt.check();
  std::string key = endpoint + '\n' + query;
  if (const auto known = answers_.find(key); known != answers_.end()) return known->second;
  SolutionTable table;
  MemoryLease lease(context.budget);
  try {
    const ServiceAnswer answer = send(endpoint, query, context.interrupt);
    lease.resize(answer.body.size() * 2);  // the text, and about as much for its terms
    table = solutions_of(answer);
  } catch (const Error& error) {
    context.interrupt.check();
    if (ends_query(error)) throw;
    throw Error(ErrorCode::Io, fmt::format("SERVICE <{}>: {}", endpoint, error.what()));
  } catch (const std::exception& error) {  // of a host's own transport
    context.interrupt.check();
    throw Error(ErrorCode::Io, fmt::format("SERVICE <{}>: {}", endpoint, error.what()));
  }
  const auto places = places_of(variables, table);
  const auto rows = std::make_shared<RowTable>();
  rows->open(variables.size(), context.budget);
  AnswerTerms terms(context.terms);
  std::vector<TermId> row(variables.size());
  constexpr std::size_t kAskEvery = 1024;
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    if (i % kAskEvery == 0) context.interrupt.check();
    for (std::size_t column = 0; column < row.size(); ++column)
      row[column] = places[column] ? terms.id_of(table.rows[i][*places[column]]) : kUnbound;
    rows->append_row(row.data());
  }
  keep(std::move(key), rows);
  return rows;
}

void ServiceCalls::keep(std::string key, std::shared_ptr<const RowTable> rows) {
  const std::size_t bytes = key.size() + rows->rows() * rows->width() * sizeof(TermId);
  if (bytes > kMostKeptBytes) return;
  if (kept_bytes_ + bytes > kMostKeptBytes) {
    answers_.clear();
    kept_bytes_ = 0;
  }
  kept_bytes_ += bytes;
  answers_.emplace(std::move(key), std::move(rows));
}

namespace {

const Service* first_service(const Expression& expression) {
  if (const auto* exists = std::get_if<Exists>(&expression.node))
    return tripten::first_service(*exists->pattern);
  const auto* call = std::get_if<FunctionCall>(&expression.node);
  if (!call) return nullptr;
  for (const Expression& argument : call->arguments)
    if (const Service* found = first_service(argument)) return found;
  return nullptr;
}

}  // namespace

const Service* first_service(const GraphPattern& pattern) {
  if (const auto* service = std::get_if<Service>(&pattern.node)) return service;
  const Service* found = nullptr;
  for_each_child(pattern, [&](const GraphPattern& child) {
    if (!found) found = first_service(child);
  });
  for_each_expression(pattern, [&](const Expression& expression) {
    if (!found) found = first_service(expression);
  });
  return found;
}

}  // namespace tripten
