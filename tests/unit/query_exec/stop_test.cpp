// A stop reaches every operator: once it is requested, an input is asked for one more batch at
// most.
#include <filesystem>
#include <functional>
#include <stop_token>

#include <catch2/catch.hpp>

#include "unit/query_exec/execution.h"

namespace tripten::test {
namespace {

constexpr int kBatches = 60, kStopAt = 40, kBatchRows = 500;

struct StopState {
  std::stop_source stop{};
  int batches_after_stop = 0;
};

/// Ascending numbers in all columns; requests the stop while it gives one of its last batches.
class StoppingRows : public Operator {
 public:
  StoppingRows(const std::vector<std::string>& variables, StopState* state) : state_(state) {
    for (const std::string& name : variables) {
      schema_.add({name});
      always_bound_.push_back(true);
    }
    sorted_by_ = {0};
  }

  void open(QueryContext&) override { given_ = 0; }

  bool next(Batch& out) override {
    out.reset(schema_.size());
    if (state_ && state_->stop.stop_requested()) ++state_->batches_after_stop;
    if (given_ == kBatches) return false;
    if (++given_ == kStopAt && state_) state_->stop.request_stop();
    for (Column& column : out.columns)
      for (int row = 0; row < kBatchRows; ++row)
        column.push_back(number((given_ - 1) * kBatchRows + row + 1));
    out.rows = kBatchRows;
    return true;
  }

  OperatorDescription describe() const override { return {"StoppingRows", ""}; }

 private:
  StopState* state_;
  int given_ = 0;
};

OperatorPtr input(const std::vector<std::string>& variables, StopState* state = nullptr) {
  return std::make_unique<StoppingRows>(variables, state);
}

using Factory = std::function<OperatorPtr(StopState*)>;

std::vector<std::pair<std::string, Factory>> operators() {
  std::vector<std::pair<std::string, Factory>> all{
      {"filter, nothing passes",
       [](StopState* state) {
         return filter_rows(input({"a"}, state),
                            call(Function::Less, {expr("a"), {Term::integer(0)}}), {});
       }},
      {"extend",
       [](StopState* state) { return extend_rows(input({"a"}, state), {"b"}, expr("a"), {}); }},
      {"project",
       [](StopState* state) {
         return project_columns(input({"a", "b"}, state), {{"b"}});
       }},
      {"slice behind an offset",
       [](StopState* state) { return slice_rows(input({"a"}, state), 1'000'000, {}); }},
      {"distinct", [](StopState* state) { return distinct_rows(input({"a"}, state)); }},
      {"order",
       [](StopState* state) {
         return order_rows(input({"a"}, state), {{expr("a"), true}}, {}, {});
       }},
      {"the first of an order",
       [](StopState* state) {
         return order_rows(input({"a"}, state), {{expr("a"), true}}, 5, {});
       }},
      {"group",
       [](StopState* state) {
         return group_rows(input({"a"}, state), {{"a"}},
                           {{{"n"}, AggregateKind::Count, false, {}, " "}}, {});
       }},
      {"group of all rows",
       [](StopState* state) {
         return group_rows(input({"a"}, state), {},
                           {{{"n"}, AggregateKind::Sum, false, expr("a"), " "}}, {});
       }},
      {"merge join, left",
       [](StopState* state) {
         return merge_join(input({"a", "b"}, state), input({"a", "c"}), {"a"});
       }},
      {"merge join, right",
       [](StopState* state) {
         return merge_join(input({"a", "b"}), input({"a", "c"}, state), {"a"});
       }},
      {"union",
       [](StopState* state) {
         std::vector<OperatorPtr> inputs;
         inputs.push_back(input({"a"}));
         inputs.push_back(input({"a"}, state));
         return union_all(std::move(inputs));
       }},
  };
  for (const JoinKind kind :
       {JoinKind::Inner, JoinKind::Left, JoinKind::Semi, JoinKind::Anti, JoinKind::Minus}) {
    const std::string name = "hash join " + std::to_string(static_cast<int>(kind));
    all.emplace_back(name + ", its table", [kind](StopState* state) {
      return hash_join(input({"a", "b"}), input({"a", "c"}, state), kind, {}, {});
    });
    all.emplace_back(name + ", its other input", [kind](StopState* state) {
      return hash_join(input({"a", "b"}, state), input({"a", "c"}), kind, {}, {});
    });
  }
  return all;
}

void expect_stop(const Factory& make, std::size_t memory) {
  StopState state;
  SpillSpace space({std::filesystem::temp_directory_path()});
  Execution execution(empty_view(), 1000, memory,
                      Interrupt(state.stop.get_token(), std::chrono::milliseconds(0)));
  execution.context.spill = &space;
  const auto root = make(&state);
  root->open(execution.context);
  Batch batch;
  try {
    while (root->next(batch)) {
    }
    FAIL("it went on");
  } catch (const Error& error) {
    CHECK(error.code == ErrorCode::Cancelled);
  }
  CHECK(state.batches_after_stop <= 1);
}

}  // namespace

TEST_CASE("After a stop an operator asks its input for one more batch at most") {
  for (const auto& [name, make] : operators()) {
    INFO(name);
    expect_stop(make, MemoryBudget::kUnlimited);
  }
}

TEST_CASE("Sorts and hash joins that spill stop as soon") {
  for (const auto& [name, make] : operators()) {
    if (!name.starts_with("order") && !name.starts_with("hash join")) continue;
    INFO(name);
    expect_stop(make, 900'000);
  }
}

}  // namespace tripten::test
