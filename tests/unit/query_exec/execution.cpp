#include "unit/query_exec/execution.h"

#include <algorithm>

#include "query/expr/compare.h"
#include "storage/inline_term.h"

namespace tripten::test {

namespace {

class GivenRows : public Operator {
 public:
  GivenRows(const std::vector<std::string>& variables, Rows rows,
            std::vector<std::size_t> sorted_by)
      : rows_(std::move(rows)) {
    for (const std::string& name : variables)
      schema_.add({name});
    for (std::size_t column = 0; column < variables.size(); ++column)
      always_bound_.push_back(std::all_of(rows_.begin(), rows_.end(), [&](const auto& row) {
        return static_cast<bool>(row[column]);
      }));
    sorted_by_ = std::move(sorted_by);
  }

  void open(QueryContext& context) override {
    context_ = &context;
    at_ = 0;
    size_ = 1;
  }

  bool next(Batch& out) override {
    context_->interrupt.check();
    out.reset(schema_.size());
    size_ = size_ % context_->batch_rows + 1;
    for (std::size_t i = 0; i < size_ && at_ < rows_.size(); ++i, ++at_) {
      for (std::size_t column = 0; column < schema_.size(); ++column)
        out.columns[column].push_back(rows_[at_][column]);
      ++out.rows;
    }
    return out.rows > 0;
  }

  OperatorDescription describe() const override { return {"GivenRows", ""}; }

 private:
  Rows rows_;
  QueryContext* context_ = nullptr;
  std::size_t at_ = 0, size_ = 1;
};

void check_promises(const Operator& root, const Rows& rows) {
  const auto& order = root.sorted_by();
  const auto below = [&](const auto& a, const auto& b) {
    for (const std::size_t column : order)
      if (a[column] != b[column]) return a[column] < b[column];
    return false;
  };
  CHECK(std::is_sorted(rows.begin(), rows.end(), below));
  for (std::size_t column = 0; column < root.schema().size(); ++column)
    if (root.always_bound(column))
      CHECK(std::all_of(rows.begin(), rows.end(),
                        [&](const auto& row) { return static_cast<bool>(row[column]); }));
}

}  // namespace

TermId number(int value) {
  return value == 0 ? kUnbound : *inline_integer_id(value);
}

Rows ids(const Numbers& rows) {
  Rows found;
  for (const auto& row : rows) {
    auto& to = found.emplace_back();
    for (const int value : row)
      to.push_back(number(value));
  }
  return found;
}

OperatorPtr rows_of(const std::vector<std::string>& variables, Rows rows,
                    std::vector<std::size_t> sorted_by) {
  return std::make_unique<GivenRows>(variables, std::move(rows), std::move(sorted_by));
}

Execution::Execution(const StoreView& view, std::size_t batch_rows, std::size_t memory,
                     Interrupt stop)
    : budget(memory),
      interrupt(std::move(stop)),
      terms(view, budget),
      context{.view = view,
              .terms = terms,
              .interrupt = interrupt,
              .budget = budget,
              .batch_rows = batch_rows} {}

Execution::Execution() : Execution(empty_view()) {}

Rows Execution::run(Operator& root) {
  root.open(context);
  Rows rows;
  Batch batch;
  while (root.next(batch)) {
    const bool fits =
        batch.rows >= 1 && batch.rows <= context.batch_rows &&
        batch.columns.size() == root.schema().size() &&
        std::all_of(batch.columns.begin(), batch.columns.end(),
                    [&](const Column& column) { return column.size() == batch.rows; });
    if (!fits) FAIL("a batch is empty, too large or has columns of different length");
    for (std::size_t i = 0; i < batch.rows; ++i) {
      auto& row = rows.emplace_back();
      for (const Column& column : batch.columns)
        row.push_back(column[i]);
    }
  }
  CHECK_FALSE(root.next(batch));
  check_promises(root, rows);
  return rows;
}

const StoreView& empty_view() {
  static const StorePtr store = Store::in_memory({});
  static const SnapshotPtr view = store->snapshot();
  return *view;
}

Solutions solutions(const Schema& schema, const Rows& rows) {
  Solutions found;
  for (const auto& row : rows) {
    Solution& solution = found.emplace_back();
    for (std::size_t column = 0; column < schema.size(); ++column)
      if (row[column]) solution[schema[column].name] = row[column];
  }
  return sorted(std::move(found));
}

Solutions sorted(Solutions solutions) {
  std::sort(solutions.begin(), solutions.end());
  return solutions;
}

bool compatible(const Solution& a, const Solution& b) {
  return std::all_of(a.begin(), a.end(), [&](const auto& binding) {
    const auto other = b.find(binding.first);
    return other == b.end() || other->second == binding.second;
  });
}

Solution merged(const Solution& a, const Solution& b) {
  Solution both = a;
  both.insert(b.begin(), b.end());
  return both;
}

Expression call(Function function, std::vector<Expression> arguments) {
  return {FunctionCall{function, std::move(arguments), {}}};
}

Numbers random_rows(std::mt19937& random, std::size_t variables, int most, int values,
                    int unbound) {
  Numbers rows(static_cast<std::size_t>(random_below(random, most + 1)));
  for (auto& row : rows)
    for (std::size_t i = 0; i < variables; ++i)
      row.push_back(random_below(random, 100) < unbound ? 0 : 1 + random_below(random, values));
  return rows;
}

Solutions join(const Solutions& left, const Solutions& right) {
  Solutions found;
  for (const Solution& a : left)
    for (const Solution& b : right)
      if (compatible(a, b)) found.push_back(merged(a, b));
  return sorted(found);
}

Rows ordered(Rows rows, const std::vector<std::pair<std::size_t, bool>>& keys,
             const QueryTerms& terms) {
  std::stable_sort(rows.begin(), rows.end(), [&](const auto& a, const auto& b) {
    for (const auto& [column, descending] : keys) {
      const auto order = order_terms(a[column], b[column], terms);
      if (order != 0) return descending ? order > 0 : order < 0;
    }
    return false;
  });
  return rows;
}

}  // namespace tripten::test

std::string Catch::StringMaker<tripten::TermId>::convert(tripten::TermId id) {
  using tripten::IdKind;
  if (!id) return "-";
  if (id.kind() == IdKind::Integer) return std::to_string(tripten::inline_integer(id));
  return std::to_string(static_cast<int>(id.kind())) + ":" + std::to_string(id.payload());
}
