// Gather: runs copies of one plan on several threads, each on other parts of its leading scan.
//
//   part 0 ─ pipeline a ┐
//   part 1 ─ pipeline b ├─▶ rows of part 0, part 1, part 2, ...
//   part 2 ─ pipeline a ┘
//
// The parts are ranges of the leading column's values (morsels: Leis et al., SIGMOD 2014), and come
// out in their order: the rows are those of one thread, in its order. Where the scan is too small
// to be cut, the first pipeline runs in the thread that asks.
#include <deque>
#include <stop_token>
#include <thread>
#include <utility>

#include "base/check.h"
#include "query/exec/describe.h"
#include "query/exec/graph_scan.h"
#include "query/exec/measured.h"
#include "query/exec/operators.h"
#include "query/exec/part_queue.h"
#include "query/exec/pattern_shape.h"

namespace tripten {

namespace {

constexpr std::size_t kPartsOfThread = 16;

class Gather : public Operator {
 public:
  Gather(std::vector<Pipeline> pipelines, const ScanPattern& pattern, QuadOrder order)
      : pattern_(pattern),
        order_(order) {
    check(!pipelines.empty(), "there is nothing to gather");
    take_columns(*pipelines[0].root);
    for (Pipeline& pipeline : pipelines)
      parts_.push_back(std::move(pipeline.part));
    inputs_.push_back(std::move(pipelines[0].root));
    for (std::size_t i = 1; i < pipelines.size(); ++i)
      others_.push_back(std::move(pipelines[i].root));
  }
  ~Gather() override {
    stop();
    others_.clear();  // they give their memory back to their shares
    inputs_.clear();
  }

  void open(QueryContext& context) override {
    stop();
    cuts_ =
        context.view.split_points(scan_order(pattern_.graph, order_),
                                  PatternShape(pattern_).constants, parts_.size() * kPartsOfThread);
    // New ones are made beside the old: an operator that is opened again with the same context
    // may keep what it has.
    std::vector<std::unique_ptr<Worker>> workers;
    stop_ = std::stop_source();
    share_memory(context.budget);
    for (std::size_t i = 0; i < parts_.size(); ++i)
      workers.push_back(std::make_unique<Worker>(context, shares_.back()[i], stop_.get_token()));
    workers_.swap(workers);
    context_ = &context;
    stage_ = Stage::First;
    *parts_[0] = range_of(0);
    inputs_[0]->open(workers_[0]->context);
  }

  bool next(Batch& out) override {
    if (stage_ == Stage::First) {
      if (inputs_[0]->next(out)) return true;
      stage_ = cuts_.empty() ? Stage::Ended : Stage::Others;
      if (stage_ == Stage::Others) start();
    }
    if (stage_ == Stage::Others) {
      if (queue_->next(out, context_->interrupt)) return true;
      stage_ = Stage::Ended;
      stop();
      for (const OperatorPtr& other : others_)
        add_measures(*inputs_[0], *other);
    }
    out.reset(schema_.size());
    return false;
  }

  OperatorDescription describe() const override {
    return {"Gather", std::to_string(parts_.size()) + " threads, by parts of " +
                          describe_pattern(pattern_) + " in order " + describe_order(order_)};
  }
  std::size_t parts_of(const Operator&, std::size_t parts) const override {
    return parts * (cuts_.size() + 1);
  }

 private:
  /// What a pipeline runs with: nothing that another thread writes.
  struct Worker {
    Worker(QueryContext& of, MemoryBudget& budget, std::stop_token stop)
        : interrupt(of.interrupt, std::move(stop)),
          terms(QueryTerms::for_other_thread(of.terms)),
          context{of.view,
                  *terms,
                  interrupt,
                  budget,
                  of.batch_rows,
                  of.current_graph,
                  of.now_milliseconds,
                  of.base,
                  of.solution_variables,
                  of.spill,
                  of.rows_read} {}

    Interrupt interrupt;
    std::unique_ptr<QueryTerms> terms;
    QueryContext context;
  };

  /// A share of the budget for each pipeline; operators hold memory of those before until they are
  /// opened again.
  void share_memory(MemoryBudget& budget) {
    if (std::exchange(shared_, &budget) == &budget) return;
    std::deque<MemoryBudget>& shares = shares_.emplace_back();
    for (std::size_t i = 0; i < parts_.size(); ++i)
      shares.emplace_back(&budget);
  }

  void start() {
    queue_ = std::make_unique<PartQueue>(cuts_.size(), parts_.size(), context_->budget);
    for (std::size_t i = 0; i < parts_.size(); ++i)
      threads_.emplace_back([this, i] { work(i); });
  }

  void stop() {
    if (queue_) queue_->stop();
    stop_.request_stop();
    threads_.clear();  // waits for them
    queue_.reset();
  }

  Operator& pipeline(std::size_t number) {
    return number == 0 ? *inputs_[0] : *others_[number - 1];
  }

  void work(std::size_t number) {
    try {
      while (const auto part = queue_->begin_part()) {
        *parts_[number] = range_of(*part + 1);
        if (!give_rows(pipeline(number), *part, workers_[number]->context)) return;
        queue_->end_part(*part);
      }
    } catch (...) {  // the root of a thread: thrown again by the one that wants the rows
      queue_->fail(std::current_exception());
    }
  }

  bool give_rows(Operator& root, std::size_t part, QueryContext& context) {
    root.open(context);
    Batch rows;
    while (root.next(rows))
      if (!queue_->add(part, rows)) return false;
    return true;
  }

  ScanPart range_of(std::size_t part) const {
    ScanPart range;
    if (part > 0) range.low = cuts_[part - 1];
    if (part < cuts_.size()) range.high = cuts_[part];
    return range;
  }

  ScanPattern pattern_;
  QuadOrder order_;
  std::vector<std::shared_ptr<ScanPart>> parts_{};  // of the pipelines
  std::vector<OperatorPtr> others_{};               // the pipelines but the first
  QueryContext* context_ = nullptr;
  std::vector<TermId> cuts_{};  // where parts begin, but the first
  enum class Stage : std::uint8_t { First, Others, Ended };
  Stage stage_ = Stage::Ended;

  std::stop_source stop_{};
  std::unique_ptr<PartQueue> queue_{};
  std::vector<std::unique_ptr<Worker>> workers_{};
  MemoryBudget* shared_ = nullptr;                 // the whole of the last
  std::deque<std::deque<MemoryBudget>> shares_{};  // by the budgets that it was opened with
  std::vector<std::jthread> threads_{};
};

}  // namespace

OperatorPtr gather(std::vector<Pipeline> pipelines, const ScanPattern& pattern, QuadOrder order) {
  return std::make_unique<Gather>(std::move(pipelines), pattern, order);
}

}  // namespace tripten
