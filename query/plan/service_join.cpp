#include "query/plan/service_join.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "query/algebra/print.h"
#include "query/algebra/scope.h"
#include "query/algebra/sparql_text.h"
#include "query/exec/describe.h"
#include "query/exec/row_set.h"
#include "query/plan/bind_join.h"

namespace tripten {

namespace {

constexpr std::size_t kMostKeys = 100;          // different ones in one call
constexpr std::size_t kMostKeyBytes = 1 << 18;  // of their values in its text
constexpr std::size_t kFirstChunk = 1000;       // rows of left,
constexpr std::size_t kLargestChunk = 1 << 16;  // growing to this many

/// The variables that the service's answers have columns for.
std::vector<Variable> asked_variables(const Service& service) {
  std::vector<Variable> asked;
  for (const Variable& variable : visible_variables(*service.pattern))
    if (!variable.name.starts_with('.')) asked.push_back(variable);
  return asked;
}

std::string describe_service(const Service& service) {
  return (service.silent ? "SILENT " : "") + to_string(service.name);
}

/// What the operators of one ServiceJoin share: the rows at hand, and which key columns they bind.
struct ServiceChunk : Chunk {
  std::vector<bool> bound{};  ///< By key: whether these rows bind it to what can be sent.
};

/// The answers for the keys of a chunk, as the right side of a join with its rows.
class ServiceRows : public Operator {
 public:
  ServiceRows(const Service& service, ServiceCalls& calls,
              std::shared_ptr<const ServiceChunk> chunk)
      : service_(service),
        calls_(calls),
        chunk_(std::move(chunk)),
        asked_(asked_variables(service)),
        schema_of_answer_(asked_) {
    schema_ = schema_of_answer_;
    if (const auto* name = std::get_if<Variable>(&service.name)) schema_.add(*name);
    const std::set<Variable> certain = certain_variables({service});
    for (const Variable& variable : schema_.variables())
      always_bound_.push_back(certain.contains(variable));
  }

  void open(QueryContext& context) override {
    context_ = &context;
    rows_.open(schema_.size(), context.budget, context.interrupt);
    at_ = 0;
    asked_for_ = false;
  }

  bool next(Batch& out) override {
    if (!std::exchange(asked_for_, true)) ask();
    context_->interrupt.check();
    out.reset(schema_.size());
    const std::size_t count = std::min(context_->batch_rows, rows_.rows() - at_);
    const auto begin = static_cast<std::ptrdiff_t>(at_);
    for (std::size_t column = 0; column < schema_.size(); ++column) {
      const auto first = rows_.columns()[column].begin() + begin;
      out.columns[column].assign(first, first + static_cast<std::ptrdiff_t>(count));
    }
    out.rows = count;
    at_ += count;
    return count > 0;
  }

  OperatorDescription describe() const override {
    return {"Service", describe_service(service_) + " for " + describe_variables(asked_)};
  }

 private:
  /// Different keys of the chunk, all of one endpoint.
  struct Call {
    TermId endpoint{};
    Values values{};
    std::vector<RowNumber> keys{};
    std::size_t bytes = 0;
  };

  /// Whether the key is one of the variables that are sent, and these rows bind it.
  bool is_sent(std::size_t key) const {
    return chunk_->bound[key] && schema_of_answer_.find(variable_of(key));
  }
  const Variable& variable_of(std::size_t key) const { return chunk_->schema[chunk_->keys[key]]; }

  void ask() {
    keys_.open(chunk_->keys.size(), context_->budget, context_->interrupt);
    std::vector<TermId> row(chunk_->keys.size());
    for (std::size_t i = 0; i < chunk_->rows.rows(); ++i) {
      for (std::size_t key = 0; key < row.size(); ++key)
        row[key] =
            chunk_->bound[key] ? chunk_->rows.columns()[chunk_->keys[key]][i] : TermId(kUnbound);
      keys_.add(row.data());
    }
    std::map<TermId, Call, decltype([](TermId a, TermId b) { return a.bits() < b.bits(); })> open;
    for (RowNumber number = 0; number < keys_.size(); ++number) {
      const TermId endpoint = endpoint_of(number);
      Call& call = open[endpoint];
      call.endpoint = endpoint;
      add_key(call, number);
      if (call.keys.size() < kMostKeys && call.bytes < kMostKeyBytes) continue;
      make(call);
      open.erase(endpoint);
    }
    for (const auto& [endpoint, call] : open)
      make(call);
  }

  TermId endpoint_of(RowNumber number) const {
    const auto* name = std::get_if<Variable>(&service_.name);
    if (!name) return context_->terms.intern(view_of(std::get<Term>(service_.name)));
    for (std::size_t key = 0; key < chunk_->keys.size(); ++key)
      if (variable_of(key) == *name) return keys_.columns()[key][number];
    return kUnbound;
  }

  void add_key(Call& call, RowNumber number) {
    std::vector<Term> row;
    for (std::size_t key = 0; key < chunk_->keys.size(); ++key) {
      if (!is_sent(key)) continue;
      if (call.keys.empty()) call.values.variables.push_back(variable_of(key));
      row.push_back(context_->terms.term(keys_.columns()[key][number]));
      call.bytes += row.back().value().size() + row.back().datatype().size();
    }
    call.keys.push_back(number);
    call.values.rows.push_back(std::move(row));
  }

  /// Adds the rows of a call. A silent one that fails answers one solution without bindings
  /// (§3.1).
  void make(const Call& call) {
    try {
      const Term endpoint = call.endpoint ? context_->terms.term(call.endpoint) : Term();
      if (!endpoint)
        throw Error(
            ErrorCode::Invalid,
            fmt::format("SERVICE {}: the variable has no value here, so there is none to ask",
                        to_string(service_.name)));
      if (!endpoint.is_iri())
        throw Error(ErrorCode::Invalid,
                    fmt::format("SERVICE asks an IRI, {} is none", endpoint.to_string()));
      const std::string text = select_text(*service_.pattern, asked_, call.values);
      const auto answer = calls_.call(endpoint.value(), text, asked_, *context_);
      check_bindings(*answer, call, endpoint);
      take(*answer, call);
    } catch (Error& error) {
      const bool is_of_call = error.code == ErrorCode::Io || error.code == ErrorCode::Invalid;
      if (is_of_call && service_.silent) return take_keys(call);
      if (is_of_call && !error.position) error.position = service_.place;
      throw;
    }
  }

  /// What was sent, and what the pattern binds in every solution, has a value in every row.
  void check_bindings(const RowTable& answer, const Call& call, const Term& endpoint) const {
    std::set<Variable> needed = certain_variables(*service_.pattern);
    needed.insert(call.values.variables.begin(), call.values.variables.end());
    for (std::size_t column = 0; column < asked_.size(); ++column) {
      const Column& values = answer.columns()[column];
      if (needed.contains(asked_[column]) &&
          std::find(values.begin(), values.end(), TermId(kUnbound)) != values.end())
        throw Error(ErrorCode::Io,
                    fmt::format("SERVICE <{}>: the answer leaves ?{} without a value",
                                endpoint.value(), asked_[column].name));
    }
  }

  void take(const RowTable& answer, const Call& call) {
    RowSet wanted;  // rows that nobody asked for stay out
    wanted.open(call.values.variables.size(), context_->budget, context_->interrupt);
    std::vector<TermId> key(call.values.variables.size());
    for (const RowNumber number : call.keys) {
      for (std::size_t i = 0, sent = 0; i < chunk_->keys.size(); ++i)
        if (is_sent(i)) key[sent++] = keys_.columns()[i][number];
      wanted.add(key.data());
    }
    std::vector<std::size_t> places;
    for (const Variable& variable : call.values.variables)
      places.push_back(*schema_of_answer_.find(variable));
    const auto* name = std::get_if<Variable>(&service_.name);
    const auto named = name ? schema_.find(*name) : std::nullopt;
    std::vector<TermId> row(schema_.size());
    for (std::size_t i = 0; i < answer.rows(); ++i) {
      for (std::size_t column = 0; column < asked_.size(); ++column)
        row[column] = answer.columns()[column][i];
      for (std::size_t sent = 0; sent < places.size(); ++sent)
        key[sent] = row[places[sent]];
      if (!key.empty() && wanted.find(key.data()) == kNoRow) continue;
      if (named) {
        const bool is_new = *named >= asked_.size() || !row[*named];
        if (is_new) row[*named] = call.endpoint;
        if (row[*named] != call.endpoint) continue;
      }
      rows_.append_row(row.data());
    }
  }

  void take_keys(const Call& call) {
    std::vector<TermId> row(schema_.size());
    for (const RowNumber number : call.keys) {
      std::fill(row.begin(), row.end(), TermId(kUnbound));
      for (std::size_t key = 0; key < chunk_->keys.size(); ++key)
        if (const auto column = schema_.find(variable_of(key)))
          row[*column] = keys_.columns()[key][number];
      rows_.append_row(row.data());
    }
  }

  Service service_;
  ServiceCalls& calls_;
  std::shared_ptr<const ServiceChunk> chunk_;
  std::vector<Variable> asked_;
  Schema schema_of_answer_;
  QueryContext* context_ = nullptr;
  bool asked_for_ = false;  // rows_ holds the answers for the chunk
  RowSet keys_{};           // different ones of the chunk; unbound where they are not sent
  RowTable rows_{};
  std::size_t at_ = 0;
};

class ServiceJoin : public Operator {
 public:
  ServiceJoin(OperatorPtr left, const Service& service, std::shared_ptr<ServiceChunk> chunk,
              OperatorPtr join)
      : service_(describe_service(service)),
        chunk_(std::move(chunk)) {
    take_columns(*join);
    sorted_by_.clear();  // rows that bind the same keys come together
    inputs_.push_back(std::move(left));
    inputs_.push_back(std::move(join));
  }

  void open(QueryContext& context) override {
    context_ = &context;
    inputs_[0]->open(context);
    gathered_.open(chunk_->schema.size(), context.budget, context.interrupt);
    chunk_->rows.open(chunk_->schema.size(), context.budget, context.interrupt);
    waiting_.clear();
    size_ = kFirstChunk;
    running_ = ended_ = false;
  }

  bool next(Batch& out) override {
    while (true) {
      context_->interrupt.check();
      if (!running_ && !next_rows()) {
        out.reset(schema_.size());
        return false;
      }
      running_ = inputs_[1]->next(out);
      if (running_) return true;
    }
  }

  OperatorDescription describe() const override {
    std::vector<Variable> keys;
    for (const std::size_t column : chunk_->keys)
      keys.push_back(chunk_->schema[column]);
    return {"ServiceJoin", service_ + (keys.empty() ? ", nothing is pushed"
                                                    : ", pushes " + describe_variables(keys))};
  }

 private:
  /// Opens the join for the next rows that bind the same keys.
  bool next_rows() {
    if (waiting_.empty()) gather();
    if (waiting_.empty()) return false;
    auto [bound, numbers] = std::move(*waiting_.begin());
    waiting_.erase(waiting_.begin());
    chunk_->bound = bound;
    chunk_->rows.clear();
    std::vector<TermId> row(chunk_->schema.size());
    for (const RowNumber number : numbers) {
      for (std::size_t column = 0; column < row.size(); ++column)
        row[column] = gathered_.columns()[column][number];
      chunk_->rows.append_row(row.data());
    }
    inputs_[1]->open(*context_);
    return running_ = true;
  }

  void gather() {
    gathered_.clear();
    while (!ended_ && gathered_.rows() < size_) {
      ended_ = !inputs_[0]->next(batch_);
      if (!ended_) gathered_.append(batch_.columns, batch_.rows);
    }
    size_ = std::min(kLargestChunk, size_ * 4);
    std::vector<bool> bound(chunk_->keys.size());
    for (RowNumber number = 0; number < gathered_.rows(); ++number) {
      for (std::size_t key = 0; key < bound.size(); ++key)
        bound[key] = is_sendable(gathered_.columns()[chunk_->keys[key]][number]);
      waiting_[bound].push_back(number);
    }
  }

  bool is_sendable(TermId id) const {
    return id && !id.is_blank() && (id.is_inline() || can_be_sent(context_->terms.term(id)));
  }

  std::string service_;
  std::shared_ptr<ServiceChunk> chunk_;
  QueryContext* context_ = nullptr;
  Batch batch_{};
  RowTable gathered_{};                                            // rows of left,
  std::map<std::vector<bool>, std::vector<RowNumber>> waiting_{};  // by the keys that they bind
  std::size_t size_ = kFirstChunk;
  bool running_ = false;  // the join is open
  bool ended_ = false;    // left has no more rows
};

}  // namespace

OperatorPtr service_join(OperatorPtr left, const Service& service, ServiceCalls& calls,
                         JoinKind kind, const std::optional<Expression>& condition,
                         const ExistsFactory& exists) {
  const auto chunk = std::make_shared<ServiceChunk>();
  chunk->schema = left->schema();
  const std::set<Variable> shared = visible_variables({service});
  for (std::size_t column = 0; column < chunk->schema.size(); ++column)
    if (shared.contains(chunk->schema[column])) chunk->keys.push_back(column);
  OperatorPtr rows = chunk_rows(chunk, *left);
  OperatorPtr join =
      hash_join(std::move(rows), std::make_unique<ServiceRows>(service, calls, chunk), kind,
                condition, exists);
  return std::make_unique<ServiceJoin>(std::move(left), service, chunk, std::move(join));
}

}  // namespace tripten
