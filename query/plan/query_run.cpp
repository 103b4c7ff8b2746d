#include "query/plan/query_run.h"

#include <atomic>
#include <chrono>
#include <optional>
#include <utility>

#include "query/algebra/overloaded.h"
#include "query/exec/explain.h"
#include "query/exec/row_set.h"
#include "query/optimize/bind_before.h"
#include "query/optimize/chains.h"
#include "query/optimize/optimize.h"
#include "query/plan/description.h"
#include "query/plan/planner.h"
#include "query/plan/quad_templates.h"
#include "storage/inline_term.h"

namespace tripten {

namespace {

std::int64_t milliseconds_now() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

Substitution substitution_of(const std::map<std::string, Term>& bindings) {
  Substitution values;
  for (const auto& [name, value] : bindings)
    if (value) values.emplace(Variable{name}, value);
  return values;
}

GraphPattern prepared(const Query& query, const RunOptions& options) {
  GraphPattern pattern = bind_before(query.pattern, substitution_of(options.bindings));
  pattern = balance_chains(std::move(pattern));
  return options.optimise ? optimize(std::move(pattern)) : pattern;
}

/// The variables of the pattern that the form of the query looks at.
VariableSet asked_by(const Query& query) {
  Schema variables;
  std::visit(Overloaded{[](const AskForm&) {},
                        [&](const SelectForm& select) { variables = Schema(select.variables); },
                        [&](const ConstructForm& construct) {
                          variables = Schema(variables_of(construct.quads));
                        },
                        [&](const DescribeForm& describe) {
                          for (const PatternTerm& resource : describe.resources)
                            if (const auto* variable = std::get_if<Variable>(&resource))
                              variables.add(*variable);
                        }},
             query.form);
  return {variables.variables().begin(), variables.variables().end()};
}

/// Rows of the index that a plan reads, where all that reads it is scans whose rows are estimated.
std::optional<double> rows_to_read(const Operator& root) {
  const IndexReading reading = root.index_reading();
  if (reading == IndexReading::Unknown) return std::nullopt;
  if (reading == IndexReading::Estimate)
    return root.estimate >= 0 ? std::optional(root.estimate) : std::nullopt;
  double rows = 0;
  for (const OperatorPtr& input : root.inputs()) {
    const std::optional<double> more = rows_to_read(*input);
    if (!more) return std::nullopt;
    rows += *more;
  }
  return rows;
}

/// Also a silent one: to be refused is no failure of a call.
void refuse_services(const GraphPattern& pattern) {
  const Service* const service = first_service(pattern);
  if (!service) return;
  Error error(ErrorCode::Invalid,
              "SERVICE reaches into the network; allow it with --allow-service");
  error.position = service->place;
  throw error;
}

}  // namespace

class QueryRun::Work {
 public:
  Work(const Query& query, const StoreView& view, const Interrupt& interrupt,
       const RunOptions& options)
      : budget_(options.memory_bytes),
        spill_(options.spill_folders, options.disk_bytes),
        terms_(view, budget_),
        interrupt_(interrupt),
        context_{view,
                 terms_,
                 interrupt_,
                 budget_,
                 options.batch_rows,
                 kDefaultGraph,
                 milliseconds_now(),
                 query.base,
                 {},
                 options.spill_folders.empty() ? nullptr : &spill_,
                 options.progress ? &rows_read_ : nullptr},
        environment_(query.dataset, view, terms_, options.services) {
    environment_.optimise = options.optimise;
    environment_.profile = options.profile;
    environment_.plan_seed = options.plan_seed;
    environment_.threads = options.threads;
    environment_.parallel_cost = options.parallel_cost;
    environment_.memory_bytes = options.memory_bytes;
    environment_.statistics.share(options.known_values);
    interrupt.check();
    const GraphPattern pattern = prepared(query, options);
    if (!options.services.allowed) refuse_services(pattern);
    root_ = Planner(environment_)
                .plan(pattern, {environment_.dataset.default_graph, nullptr, asked_by(query)})
                .root;
    std::visit([&](const auto& form) { set_form(form); }, query.form);
    if (options.progress) interrupt_.call([this, tell = options.progress] { tell(progress()); });
    if (options.profile && root_) root_ = measured(std::move(root_));
  }

  AnswerKind kind() const { return kind_; }
  const std::vector<std::string>& columns() const { return columns_; }
  const QueryTerms& terms() const { return terms_; }
  std::size_t peak_memory() const { return budget_.peak(); }
  MemoryBudget& budget() { return budget_; }

  bool next(Batch& out) {
    open();
    switch (kind_) {
      case AnswerKind::Solutions:
        return root_->next(out);
      case AnswerKind::Boolean:
        return answer(out);
      case AnswerKind::Graph:
        break;
    }
    while (triples_.size() - given_ < context_.batch_rows && more_triples()) {
    }
    return give_triples(out);
  }

  std::uint64_t spilled_bytes() const { return spill_.written(); }

  std::string explain() const { return plan_text(lines()); }
  std::string explain_json() const {
    std::optional<RunFigures> totals;
    if (opened_) totals = {peak_memory(), spilled_bytes()};
    return plan_json(lines(), totals);
  }

 private:
  QueryProgress progress() {
    if (opened_ && !rows_expected_) rows_expected_ = rows_to_read(*root_).value_or(0);
    return {.rows_read = rows_read_,
            .rows_expected = static_cast<std::uint64_t>(rows_expected_.value_or(0)),
            .memory = budget_.used(),
            .spilled_bytes = spilled_bytes()};
  }

  void set_form(const SelectForm& form) {
    for (const Variable& variable : form.variables)
      columns_.push_back(variable.name);
    project(form.variables);
  }

  void set_form(const AskForm&) {
    kind_ = AnswerKind::Boolean;
    headline_ = "Ask";
    columns_ = {"answer"};
    root_ = slice_rows(std::move(root_), 0, 1);
  }

  void set_form(const ConstructForm& form) {
    set_graph("Construct");
    project(variables_of(form.quads));
    templates_.emplace(form.quads, root_->schema(), template_terms_);
  }

  void set_form(const DescribeForm& form) {
    set_graph("Describe");
    Schema variables;
    for (const PatternTerm& resource : form.resources)
      if (const auto* variable = std::get_if<Variable>(&resource)) variables.add(*variable);
    project(variables.variables());
    description_.emplace(context_, environment_.dataset);
    for (const PatternTerm& resource : form.resources)
      if (const auto* term = std::get_if<Term>(&resource))
        description_->add(terms_.intern(view_of(*term)));
  }

  void set_graph(std::string headline) {
    kind_ = AnswerKind::Graph;
    headline_ = std::move(headline);
    columns_ = {"subject", "predicate", "object"};
    triples_.open(columns_.size(), budget_, context_.interrupt);
  }

  void project(const std::vector<Variable>& variables) {
    if (root_->schema().variables() != variables)
      root_ = project_columns(std::move(root_), variables);
  }

  std::vector<PlanLine> lines() const {
    std::vector<PlanLine> lines = plan_lines(*root_);
    if (headline_.empty()) return lines;
    for (PlanLine& line : lines)
      ++line.depth;
    lines.insert(lines.begin(), {.depth = 0, .operation = {headline_, ""}, .actual = {}});
    return lines;
  }

  void open() {
    if (std::exchange(opened_, true)) return;
    root_->open(context_);
  }

  bool answer(Batch& out) {
    out.reset(1);
    if (std::exchange(ended_, true)) return false;
    const bool found = root_->next(solutions_);
    out.columns[0].push_back(inline_boolean_id(found));
    out.rows = 1;
    return true;
  }

  /// Adds triples of some more solutions, or of a resource; false where there are no more.
  bool more_triples() {
    context_.interrupt.check();
    if (!ended_) {
      ended_ = !root_->next(solutions_);
      if (!ended_) take_solutions();
      return true;
    }
    return description_ && description_->describe_next(triples_);
  }

  void take_solutions() {
    for (std::size_t row = 0; row < solutions_.rows; ++row) {
      if (description_)
        for (const Column& column : solutions_.columns)
          description_->add(column[row]);
      if (!templates_) continue;
      quads_.clear();
      templates_->append(solutions_.columns, row, quads_);
      for (const Quad& quad : quads_)
        triples_.add(quad.terms.data());
    }
  }

  bool give_triples(Batch& out) {
    out.reset(columns_.size());
    out.rows = std::min(triples_.size() - given_, context_.batch_rows);
    const auto begin = static_cast<std::ptrdiff_t>(given_);
    const auto end = begin + static_cast<std::ptrdiff_t>(out.rows);
    for (std::size_t column = 0; column < out.columns.size(); ++column) {
      const Column& source = triples_.columns()[column];
      out.columns[column].assign(source.begin() + begin, source.begin() + end);
    }
    given_ += out.rows;
    return out.rows > 0;
  }

  MemoryBudget budget_;
  SpillSpace spill_;
  QueryTerms terms_;
  Interrupt interrupt_;
  std::atomic<std::uint64_t> rows_read_{0};
  std::optional<double> rows_expected_{};  // 0: nobody knows
  QueryContext context_;
  PlanEnvironment environment_;
  OperatorPtr root_{};
  AnswerKind kind_ = AnswerKind::Solutions;
  std::string headline_{};
  std::vector<std::string> columns_{};
  bool opened_ = false;
  bool ended_ = false;  // root_ has given all its rows

  // CONSTRUCT and DESCRIBE.
  QueryTemplateTerms template_terms_{terms_};
  std::optional<QuadTemplates> templates_{};
  std::optional<Description> description_{};
  Batch solutions_{};
  std::vector<Quad> quads_{};
  RowSet triples_{};       // all so far, in the order they were found
  std::size_t given_ = 0;  // that many are out
};

QueryRun::QueryRun(const Query& query, const StoreView& view, const Interrupt& interrupt,
                   const RunOptions& options)
    : work_(std::make_unique<Work>(query, view, interrupt, options)) {}
QueryRun::~QueryRun() = default;

AnswerKind QueryRun::kind() const {
  return work_->kind();
}
const std::vector<std::string>& QueryRun::columns() const {
  return work_->columns();
}
bool QueryRun::next(Batch& out) {
  return work_->next(out);
}
const QueryTerms& QueryRun::terms() const {
  return work_->terms();
}
std::string QueryRun::explain() const {
  return work_->explain();
}
std::string QueryRun::explain_json() const {
  return work_->explain_json();
}
MemoryBudget& QueryRun::budget() {
  return work_->budget();
}
std::size_t QueryRun::peak_memory() const {
  return work_->peak_memory();
}
std::uint64_t QueryRun::spilled_bytes() const {
  return work_->spilled_bytes();
}

}  // namespace tripten
