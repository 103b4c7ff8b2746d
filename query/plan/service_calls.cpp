#include "query/plan/service_calls.h"

#include <algorithm>
#include <cctype>
#include <optional>

#include <fmt/format.h>

#include "base/http_client.h"
#include "base/input.h"
#include "base/letter_case.h"
#include "query/optimize/children.h"
#include "query/results/solution_reader.h"

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
  std::string name = to_ascii_lower(type.substr(0, type.find(';')));
  std::erase_if(name, [](char c) { return c == ' ' || c == '\t'; });
  if (name == "application/sparql-results+json" || name == "application/json") return Format::Json;
  if (name == "application/sparql-results+xml" || name == "application/xml" || name == "text/xml")
    return Format::Xml;
  if (name == "text/tab-separated-values") return Format::Tsv;
  return std::nullopt;
}

Format format_of(const ServiceAnswer& answer) {
  const auto format = format_of_media_type(answer.content_type);
  if (format) return *format;
  throw Error(ErrorCode::Io,
              answer.content_type.empty()
                  ? "the answer does not say what it is"
                  : fmt::format("the answer is {}, which holds no solutions", answer.content_type));
}

/// Takes an answer's solutions as rows of ids. Its blank nodes are new ones, the same within it
/// (Federated Query §2.1).
class AnswerRows : public SolutionSink {
 public:
  AnswerRows(const std::vector<Variable>& variables, QueryContext& context, RowTable& rows)
      : variables_(variables),
        context_(context),
        rows_(rows),
        row_(variables.size()),
        places_(variables.size()) {
    rows_.open(variables.size(), context.budget, context.interrupt);
  }

  void begin(std::vector<std::string> given) override {
    places_.clear();
    for (const Variable& variable : variables_) {
      const auto found = std::find(given.begin(), given.end(), variable.name);
      places_.push_back(found == given.end() ? std::nullopt
                                             : std::optional<std::size_t>(found - given.begin()));
    }
  }

  void row(std::span<const Term> terms) override {
    constexpr std::size_t kAskEvery = 1024;
    if (rows_.rows() % kAskEvery == 0) context_.interrupt.check();
    for (std::size_t column = 0; column < row_.size(); ++column)
      row_[column] = places_[column] ? id_of(terms[*places_[column]]) : TermId();
    rows_.append_row(row_.data());
  }

  void boolean(bool) override {
    throw Error(ErrorCode::Io, "the answer is true or false, where solutions were asked for");
  }

 private:
  TermId id_of(const Term& term) {
    if (!term) return kUnbound;
    if (!term.is_blank()) return context_.terms.intern(view_of(term));
    const auto [found, is_new] = blanks_.try_emplace(term.value());
    if (is_new) found->second = context_.terms.fresh_blank();
    return found->second;
  }

  const std::vector<Variable>& variables_;
  QueryContext& context_;
  RowTable& rows_;
  std::vector<TermId> row_;
  std::vector<std::optional<std::size_t>> places_{};  // by variable, where the answer has it
  std::map<std::string, TermId> blanks_{};
};

bool ends_query(const Error& error) {
  return error.code == ErrorCode::Cancelled || error.code == ErrorCode::Limit ||
         error.code == ErrorCode::Internal;
}

}  // namespace

ServiceAnswer ServiceCalls::send(const std::string& endpoint, const std::string& query,
                                 const QueryContext& context) const {
  const Interrupt& interrupt = context.interrupt;
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
                 .timeout = options_.timeout,
                 .budget = &context.budget},
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
  const auto rows = std::make_shared<RowTable>();
  try {
    ServiceAnswer answer = send(endpoint, query, context);
    MemoryLease lease(context.budget);
    lease.resize(answer.body.size());
    const Format format = format_of(answer);
    AnswerRows sink(variables, context, *rows);
    const auto input = text_input(std::move(answer.body), "the answer");
    read_solutions(*input, format, sink);
  } catch (const Error& error) {
    context.interrupt.check();
    if (ends_query(error)) throw;
    throw Error(ErrorCode::Io, fmt::format("SERVICE <{}>: {}", endpoint, error.what()));
  } catch (const std::exception& error) {  // of a host's own transport
    context.interrupt.check();
    throw Error(ErrorCode::Io, fmt::format("SERVICE <{}>: {}", endpoint, error.what()));
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
