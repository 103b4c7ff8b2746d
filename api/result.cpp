// Result and Row: solutions as they are computed.
#include <algorithm>
#include <chrono>
#include <ostream>

#include <fmt/format.h>

#include "tripten/tripten.h"

#include "api/answer_copy.h"
#include "api/arguments.h"
#include "api/graph_output.h"
#include "api/guidance.h"
#include "api/state.h"
#include "api/waiting_rows.h"
#include "base/check.h"
#include "query/output/solution_writer.h"
#include "query/parse/parse.h"
#include "rdf/known_prefixes.h"

namespace tripten {

const Term& Row::operator[](std::string_view variable) const {
  for (std::size_t i = 0; i < terms_.size(); ++i)
    if ((*columns_)[i] == variable) return terms_[i];
  throw Error(ErrorCode::NotFound, fmt::format("the query does not select ?{}", variable));
}

const Term& Row::operator[](std::size_t column) const {
  if (column >= terms_.size())
    throw Error(ErrorCode::NotFound, fmt::format("the answer has {} columns, there is no column {}",
                                                 terms_.size(), column));
  return terms_[column];
}

namespace {

double milliseconds(std::chrono::nanoseconds time) {
  return static_cast<double>(time.count()) / 1e6;
}

std::string text_of(const Preparation& preparation) {
  return fmt::format("parsed in {:.3f} ms{}, planned in {:.3f} ms\n",
                     preparation.parse_milliseconds, preparation.is_parse_cached ? " (cached)" : "",
                     preparation.plan_milliseconds);
}

/// The members of an object, up to those that follow.
std::string members_of(const Preparation& preparation) {
  return fmt::format("\"parse_ms\": {:.3f}, \"parse_cached\": {}, \"plan_ms\": {:.3f}, ",
                     preparation.parse_milliseconds, preparation.is_parse_cached,
                     preparation.plan_milliseconds);
}

}  // namespace

Result::State::State(std::shared_ptr<const void> owner_of_view, const StoreView& view,
                     ParsedQuery parsed, const RunOptions& run_options, const QueryOptions& options,
                     std::chrono::steady_clock::time_point parse_began)
    : owner(std::move(owner_of_view)),
      query(std::move(parsed.query)),
      interrupt(options.stop, options.timeout),
      notes(notes_of(query->leniencies)) {
  const auto plan_began = std::chrono::steady_clock::now();
  run = std::make_unique<QueryRun>(*query, view, interrupt, run_options);
  if (options.profile)
    preparation = {milliseconds(plan_began - parse_began),
                   milliseconds(std::chrono::steady_clock::now() - plan_began), parsed.is_cached};
  row.columns_ = &run->columns();
}

std::unique_ptr<Result::State> started(std::shared_ptr<const void> owner, const StoreView& view,
                                       std::string_view sparql, const QueryOptions& options,
                                       Database::State& database) {
  const auto began = std::chrono::steady_clock::now();
  const ParseOptions parse = parse_options(options, database.query);
  ParsedQuery parsed = [&] {
    try {
      return database.parsed.parse(sparql, parse);
    } catch (const Error& error) {
      throw with_nearest_name(error, sparql, options.first_line, view, database);
    }
  }();
  const RunOptions run =
      run_options(options, sparql, parse, parsed.query->prefixes, database.query);
  return std::make_unique<Result::State>(std::move(owner), view, std::move(parsed), run, options,
                                         began);
}

Result::Result(std::unique_ptr<State> state) : state_(std::move(state)) {}
Result::Result(Result&&) noexcept = default;
Result& Result::operator=(Result&&) noexcept = default;
Result::~Result() = default;

const std::vector<std::string>& Result::columns() const {
  return state_->run->columns();
}
bool Result::is_graph() const {
  return state_->run->kind() == AnswerKind::Graph;
}
bool Result::is_boolean() const {
  return state_->run->kind() == AnswerKind::Boolean;
}
std::string Result::explain(PlanFormat format) const {
  const auto& preparation = state_->preparation;
  if (format == PlanFormat::Text)
    return state_->run->explain() + (preparation ? text_of(*preparation) : "");
  std::string json = state_->run->explain_json();
  if (preparation) json.insert(1, members_of(*preparation));  // behind the brace
  return json;
}
const std::vector<std::string>& Result::notes() const {
  return state_->notes;
}
std::uint64_t Result::rows_read() const {
  return state_->rows_read;
}

bool Result::advance() {
  State& state = *state_;
  while (state.next_row >= state.batch.rows) {
    state.next_row = 0;
    if (!state.run->next(state.batch)) {
      state.batch.rows = 0;
      return false;
    }
  }
  state.row.terms_.resize(state.batch.columns.size());
  for (std::size_t i = 0; i < state.batch.columns.size(); ++i)
    state.row.terms_[i] = state.run->terms().term(state.batch.columns[i][state.next_row]);
  ++state.next_row;
  ++state.rows_read;
  return true;
}

Result::Iterator Result::begin() {
  return ++Iterator(this);
}

const Row& Result::Iterator::operator*() const {
  return result_->state_->row;
}

Result::Iterator& Result::Iterator::operator++() {
  if (result_ && !result_->advance()) result_ = nullptr;
  return *this;
}

namespace {

std::uint64_t write_rows(QueryRun& run, Batch& batch, std::size_t first, SolutionWriter& writer,
                         const Interrupt& interrupt, AnswerCopy& copy) {
  WaitingRows waiting(run, writer, interrupt);
  writer.begin(run.columns());
  std::uint64_t rows = 0;
  if (first > 0) {
    std::vector<std::uint32_t> left;
    for (std::size_t row = first; row < batch.rows; ++row)
      left.push_back(static_cast<std::uint32_t>(row));
    batch.keep(left);
  }
  do {
    waiting.append_to(batch);
    if (batch.rows > 0) writer.write(batch, run.terms());
    copy.add(batch, run.terms());
    rows += batch.rows;
  } while (run.next(batch));
  writer.finish();
  return rows;
}

}  // namespace

void Result::write(std::ostream& out, Format format, const WriteOptions& options) {
  State& state = *state_;
  if (format == Format::Guess) format = is_graph() ? Format::NTriples : Format::Tsv;
  if (is_graph() != holds_graph(format))
    throw Error(ErrorCode::Invalid,
                fmt::format("the answer is a {}, which {} can't hold",
                            is_graph() ? "graph" : "table of solutions", name_of(format)));
  AnswerCopy copy(options.keep, columns(), is_graph(), state.query->prefixes);
  const std::map<std::string, std::string>& of_query = state.query->prefixes;
  if (is_graph()) {
    state.rows_read += write_graph(out, format, *state.run, state.batch, state.next_row, of_query,
                                   options.prefixes, copy);
  } else {
    WriteOptions known = options;
    for (const auto& [prefix, iri] : of_query)
      known.prefixes[prefix] = iri;  // what the query calls a namespace goes before
    known.prefixes.insert(known_prefixes().begin(), known_prefixes().end());
    auto writer = make_solution_writer(out, format, known);
    if (is_boolean()) {
      check(advance(), "ASK has one row");
      const bool answer = state.row[std::size_t{0}].value() == "true";
      writer->write_boolean(answer);
      copy.set(answer);
    } else {
      state.rows_read +=
          write_rows(*state.run, state.batch, state.next_row, *writer, state.interrupt, copy);
    }
  }
  copy.finish();
  state.batch.reset(state.batch.columns.size());
  state.next_row = 0;
  out.flush();
  if (!out) throw Error(ErrorCode::Io, "the result could not be written");
}

}  // namespace tripten
