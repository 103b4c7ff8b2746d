// operator_bench: what a row costs in each operator, a line of JSON for each figure.
//
//   operator_bench DB     processor time, over the predicate that has most quads
//
// query/plan/cost.h takes its constants from these (docs/decisions/). Rows that operators get come
// from memory, and what handing them out costs is taken off. Every join's rows are counted by a
// second method; a wrong number ends the program.
#include <algorithm>
#include <cstdio>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "tripten/tripten.h"

#include "bench/measurement.h"
#include "query/exec/operators.h"
#include "storage/store.h"

namespace tripten {
namespace {

constexpr std::size_t kBatchRows = 1024;
constexpr int kRuns = 5;

/// Rows that lie in memory.
class GivenColumns : public Operator {
 public:
  GivenColumns(std::vector<Variable> variables, std::vector<Column> columns, bool sorted)
      : columns_(std::move(columns)) {
    schema_ = Schema(std::move(variables));
    always_bound_.assign(schema_.size(), true);
    if (sorted) sorted_by_ = {0};
  }
  void open(QueryContext&) override { at_ = 0; }
  bool next(Batch& out) override {
    out.reset(schema_.size());
    const std::size_t count = std::min(kBatchRows, columns_[0].size() - at_);
    const auto begin = static_cast<std::ptrdiff_t>(at_);
    for (std::size_t i = 0; i < columns_.size(); ++i)
      out.columns[i].assign(columns_[i].begin() + begin,
                            columns_[i].begin() + begin + static_cast<std::ptrdiff_t>(count));
    out.rows = count;
    at_ += count;
    return count > 0;
  }
  OperatorDescription describe() const override { return {"GivenColumns", ""}; }

 private:
  std::vector<Column> columns_;
  std::size_t at_ = 0;
};

/// The database, its largest predicate, and the different subjects of that.
struct Bench {
  explicit Bench(const char* directory)
      : store(Store::open(directory, {.read_only = true, .cache_bytes = std::size_t{1} << 30})),
        view(store->snapshot()),
        terms(*view, budget) {
    std::uint64_t most = 0;
    for (const PredicateCounts& counts : view->predicates()) {
      if (counts.quads <= most) continue;
      most = counts.quads;
      pattern = {
          {Variable{"s"}, {}, {}}, {std::nullopt, counts.predicate, {}}, {Variable{"o"}, {}, {}}};
    }
    QuadScan scan =
        view->scan(QuadOrder::Psog, Quad{{kUnbound, pattern.predicate.id, kUnbound, kUnbound}});
    QuadColumns columns;
    while (scan.next(columns)) {
      quads += columns.rows;
      for (const TermId subject : columns.columns[1])
        if (subjects.empty() || subjects.back() != subject) subjects.push_back(subject);
    }
  }

  struct Run {
    double nanoseconds = 0;
    std::uint64_t rows = 0;
  };
  /// The fastest of some runs.
  Run run(const OperatorPtr& root) {
    Run best;
    for (int i = 0; i < kRuns; ++i) {
      Interrupt interrupt;
      QueryContext context{.view = *view,
                           .terms = terms,
                           .interrupt = interrupt,
                           .budget = budget,
                           .batch_rows = kBatchRows};
      const Stopwatch watch;
      root->open(context);
      std::uint64_t rows = 0;
      Batch batch;
      while (root->next(batch))
        rows += batch.rows;
      const double time = watch.seconds() * 1e9;
      if (i == 0 || time < best.nanoseconds) best = {time, rows};
    }
    return best;
  }

  /// Every `step`-th subject, `repeat` times all over, mixed up unless sorted.
  Column keys(std::size_t step, std::size_t most, bool sorted) const {
    Column found;
    while (found.size() < most) {
      const std::size_t before = found.size();
      for (std::size_t i = 0; i < subjects.size() && found.size() < most; i += step)
        found.push_back(subjects[i]);
      if (found.size() == before) break;
      if (sorted) break;
    }
    Random random(1);
    for (std::size_t i = 0; i < found.size() && !sorted; ++i)
      std::swap(found[i], found[i + random.below(found.size() - i)]);
    return found;
  }

  OperatorPtr scan() const { return index_scan(pattern, QuadOrder::Psog); }
  static OperatorPtr given(const Column& keys, bool sorted) {
    return std::make_unique<GivenColumns>(std::vector<Variable>{{"s"}}, std::vector<Column>{keys},
                                          sorted);
  }
  double cost_of_giving(const Column& keys) { return run(given(keys, true)).nanoseconds; }

  std::shared_ptr<Store> store;
  SnapshotPtr view;
  MemoryBudget budget{};
  QueryTerms terms;
  ScanPattern pattern{};
  std::uint64_t quads = 0;
  Column subjects{};
};

double per(double nanoseconds, std::uint64_t count) {
  return nanoseconds / static_cast<double>(std::max<std::uint64_t>(1, count));
}

void measure_scan(Bench& bench) {
  const Bench::Run run = bench.run(bench.scan());
  require_equal("rows of a scan", run.rows, bench.quads);
  report("scan", per(run.nanoseconds, run.rows), "ns/row");
}

void measure_merge(Bench& bench) {
  const double scan = bench.run(bench.scan()).nanoseconds;
  const Column keys = bench.keys(1, bench.subjects.size(), true);
  const Bench::Run run =
      bench.run(merge_join(Bench::given(keys, true), bench.scan(), Variable{"s"}));
  require_equal("rows of a merge join", run.rows, bench.quads);
  report("merge join, all subjects",
         per(run.nanoseconds - scan - bench.cost_of_giving(keys), bench.quads + keys.size()),
         "ns/row of both sides");
}

/// Tables of different sizes, probed by a million keys that they have once.
void measure_hash(Bench& bench) {
  for (const std::size_t size : {1'000UL, 30'000UL, 1'000'000UL}) {
    const Column table = bench.keys(std::max<std::size_t>(1, bench.subjects.size() / size),
                                    std::min(size, bench.subjects.size()), true);
    Column one{table[0]};
    const Bench::Run build = bench.run(hash_join(Bench::given(one, true), Bench::given(table, true),
                                                 JoinKind::Inner, std::nullopt, {}));
    report(fmt::format("hash join, a table of {} rows", table.size()),
           per(build.nanoseconds - bench.cost_of_giving(table), table.size()), "ns/row built");
    Column probes;
    Random random(2);
    for (std::size_t i = 0; i < 1'000'000; ++i)
      probes.push_back(table[random.below(table.size())]);
    const Bench::Run probe = bench.run(hash_join(
        Bench::given(probes, false), Bench::given(table, true), JoinKind::Inner, std::nullopt, {}));
    require_equal("rows of a hash join", probe.rows, probes.size());
    report(fmt::format("hash join, a table of {} rows", table.size()),
           per(probe.nanoseconds - build.nanoseconds - bench.cost_of_giving(probes), probe.rows),
           "ns/row probed and given out");
  }
}

void measure_lookups(Bench& bench) {
  for (const bool sorted : {true, false})
    for (const std::size_t step : {1, 4, 16, 64, 256, 1024}) {
      const Column keys =
          bench.keys(step, std::min<std::size_t>(bench.subjects.size(), 100'000), sorted);
      if (keys.size() < 10) continue;
      const double giving = bench.cost_of_giving(keys);
      const Bench::Run run =
          bench.run(index_join(Bench::given(keys, sorted), bench.pattern, false));
      const Bench::Run hashed = bench.run(
          hash_join(Bench::given(keys, sorted), bench.scan(), JoinKind::Inner, std::nullopt, {}));
      require_equal("rows of an index join", run.rows, hashed.rows);
      report(fmt::format("index join, {} rows {}, every {}th subject, {:.1f} matches each",
                         keys.size(), sorted ? "in order" : "mixed up", step,
                         per(static_cast<double>(run.rows), keys.size())),
             per(run.nanoseconds - giving, keys.size()), "ns/row of left");
    }
}

void measure_multiway(Bench& bench) {
  const auto join = [&] {
    std::vector<OperatorPtr> inputs;
    inputs.push_back(bench.scan());
    const Variable a{"a"}, b{"b"};
    return multiway_join(std::move(inputs), {{0, {a, b}}, {0, {a, b}}}, {a, b});
  };
  const double scan = bench.run(bench.scan()).nanoseconds;
  const Bench::Run run = bench.run(join());
  require_equal("rows of a multiway join with itself", run.rows, bench.quads);
  report("multiway join of a predicate with itself, scan left out",
         per(run.nanoseconds - scan, run.rows), "ns/row kept, twice looked at, and given out");
}

void measure_others(Bench& bench) {
  const double scan = bench.run(bench.scan()).nanoseconds;
  const Bench::Run distinct = bench.run(distinct_rows(project_columns(bench.scan(), {{"o"}})));
  report(fmt::format("DISTINCT, {} different", distinct.rows),
         per(distinct.nanoseconds - scan, bench.quads), "ns/row");
  const Bench::Run order =
      bench.run(order_rows(bench.scan(), {{Expression{Variable{"o"}}, false}}, std::nullopt, {}));
  report("ORDER BY of an IRI", per(order.nanoseconds - scan, order.rows), "ns/row");
}

int run(std::span<char*> arguments) {
  if (arguments.size() != 2) {
    fmt::print(stderr, "usage: operator_bench DB\n");
    return 2;
  }
  Stopwatch::count_processor_time();
  Bench bench(arguments[1]);
  report("quads of the predicate", static_cast<double>(bench.quads), "quads");
  report("different subjects", static_cast<double>(bench.subjects.size()), "subjects");
  for (const auto measure : {measure_scan, measure_merge, measure_hash, measure_lookups,
                             measure_multiway, measure_others})
    measure(bench);
  return 0;
}

}  // namespace
}  // namespace tripten

int main(int count, char** arguments) {
  try {
    return tripten::run({arguments, static_cast<std::size_t>(count)});
  } catch (const tripten::Error& error) {
    fmt::print(stderr, "error: {}\n", error.what());
    return 1;
  }
}
