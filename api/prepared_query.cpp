// PreparedQuery: parsed once, run with other values each time.
#include <algorithm>

#include <fmt/format.h>

#include "tripten/tripten.h"

#include "api/arguments.h"
#include "api/state.h"
#include "base/nearest.h"
#include "query/algebra/scope.h"

namespace tripten {

namespace {

/// The names of the variables that stand in the text.
std::vector<std::string> names_of_variables(const Query& query) {
  std::set<Variable> variables = mentioned_variables(query.pattern);
  const auto add = [&](const PatternTerm& term) {
    if (const auto* variable = std::get_if<Variable>(&term)) variables.insert(*variable);
  };
  if (const auto* select = std::get_if<SelectForm>(&query.form))
    variables.insert(select->variables.begin(), select->variables.end());
  if (const auto* construct = std::get_if<ConstructForm>(&query.form))
    for (const QuadTemplate& quad : construct->quads)
      for (const PatternTerm* term : {&quad.subject, &quad.predicate, &quad.object})
        add(*term);
  if (const auto* describe = std::get_if<DescribeForm>(&query.form))
    for (const PatternTerm& resource : describe->resources)
      add(resource);
  std::vector<std::string> names;
  for (const Variable& variable : variables)
    if (!variable.name.starts_with('.')) names.push_back(variable.name);
  return names;
}

bool contains(const std::vector<std::string>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

PreparedQuery::PreparedQuery(std::shared_ptr<const State> state) : state_(std::move(state)) {}

PreparedQuery::State::State(std::shared_ptr<Database::State> of, std::string_view sparql,
                            const QueryOptions& options)
    : database(std::move(of)),
      text(sparql),
      parse(parse_options(options, database->query)) {
  for (const auto& [name, value] : options.bindings)
    given[std::string(name)] = value;
  if (!parse.strict) placeholders = placeholder_names(text);
  parameters = placeholders;
  try {
    parsed = database->parsed.parse(text, parse);
  } catch (const Error& error) {
    if (placeholders.empty() || error.code != ErrorCode::Invalid) throw;
    return;  // placeholders without values
  }
  parsed.is_cached = true;
  for (std::string& name : names_of_variables(*parsed.query))
    if (!contains(parameters, name)) parameters.push_back(std::move(name));
  bindings = given_to(*parsed.query);
}

/// The values that prepare() gives to variables.
std::map<std::string, Term> PreparedQuery::State::given_to(const Query& query) const {
  QueryOptions options;
  for (const auto& [name, value] : given)
    options.bindings.emplace_back(name, value);
  for (const auto& [name, value] : parse.parameters)
    options.parameters.emplace_back(name, value);
  std::map<std::string, Term> values;
  bind(options, query, values);
  return values;
}

/// Adds the values that options give to variables.
void PreparedQuery::State::bind(const QueryOptions& options, const Query& query,
                                std::map<std::string, Term>& values) const {
  const auto check_name = [&](std::string_view name) {
    if (parsed.query && contains(parameters, name)) return;
    const std::vector<std::string> names = names_of_variables(query);
    if (!contains(names, name))
      throw Error(ErrorCode::Invalid,
                  fmt::format("the query has no variable ?{}{}", name, did_you_mean(name, names)));
  };
  for (const auto& [name, value] : options.bindings) {
    check_name(name);
    values[std::string(name)] = value;
  }
  std::optional<std::map<std::string, std::string>> declared;  // for values that are text
  for (const auto& [name, value] : options.parameters) {
    if (contains(placeholders, name)) continue;
    check_name(name);
    if (!declared) {
      declared = query.prefixes;
      for (const auto& [prefix, iri] : options.prefixes)
        declared->emplace(prefix, iri);
      declared->insert(parse.prefixes.begin(), parse.prefixes.end());
    }
    values[std::string(name)] = parse_parameter(value, *declared);
  }
}

std::unique_ptr<Result::State> PreparedQuery::State::run(std::shared_ptr<const void> owner,
                                                         const StoreView& view,
                                                         const QueryOptions& options) const {
  const auto began = std::chrono::steady_clock::now();
  ParsedQuery now = parsed;
  const bool fills =
      std::any_of(options.parameters.begin(), options.parameters.end(),
                  [&](const auto& pair) { return contains(placeholders, pair.first); });
  if (!now.query || fills) {
    ParseOptions filled = parse;
    for (const auto& [name, value] : options.parameters)
      filled.parameters[std::string(name)] = std::string(value);
    now = database->parsed.parse(text, filled);
  }
  RunOptions run = run_options(options, database->query);
  run.bindings = parsed.query ? bindings : given_to(*now.query);
  bind(options, *now.query, run.bindings);
  return std::make_unique<Result::State>(std::move(owner), view, std::move(now), run, options,
                                         began);
}

Result PreparedQuery::query(const QueryOptions& options) const {
  auto owner = std::make_shared<Snapshot::State>(
      Snapshot::State{state_->database, state_->database->store->snapshot()});
  const StoreView& view = *owner->view;
  return Result(state_->run(std::move(owner), view, options));
}

Result PreparedQuery::query(const Snapshot& snapshot, const QueryOptions& options) const {
  if (snapshot.state_->database != state_->database)
    throw Error(ErrorCode::Invalid, "the query was prepared by another database");
  auto owner = std::make_shared<Snapshot::State>(*snapshot.state_);
  const StoreView& view = *owner->view;
  return Result(state_->run(std::move(owner), view, options));
}

Result PreparedQuery::query(const Transaction& transaction, const QueryOptions& options) const {
  if (transaction.state_->database != state_->database)
    throw Error(ErrorCode::Invalid, "the query was prepared by another database");
  if (!transaction.state_->store) throw Error(ErrorCode::Invalid, "the transaction has ended");
  const std::shared_ptr<StoreTransaction>& store = transaction.state_->store;
  return Result(state_->run(store, *store, options));
}

const std::vector<std::string>& PreparedQuery::parameters() const {
  return state_->parameters;
}

}  // namespace tripten
