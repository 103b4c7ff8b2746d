#include "load/bulk_loader.h"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <optional>
#include <utility>

#include "base/in_threads.h"
#include "load/load_part.h"
#include "load/quad_runs.h"
#include "load/ranked_quads.h"
#include "load/sorted_part.h"
#include "load/term_merge.h"
#include "storage/generation_builder.h"

namespace tripten {
namespace {

constexpr std::size_t kFewestQuads = 1 << 12;  // for which a run is worth while
constexpr std::size_t kLeastPartBytes = std::size_t{1} << 18;
/// What a load takes beside its parts: pieces of text, files being written, the runs' readers; and
/// a share of the parts' own size while their tables grow.
constexpr std::size_t kOtherBytes = std::size_t{48} << 20, kGrowingShare = 12;

/// How much of the whole work has been done when a stage begins, as measured on ten million
/// statements; the stages between reading and writing take next to nothing.
constexpr double kReadingShare = 0.5, kTermsShare = 0.6;

/// Tells who asked how far a load is. Shared by the threads of the load.
class LoadReporter {
 public:
  explicit LoadReporter(const BulkLoadOptions& options) : options_(options) {}

  void begin(std::string_view stage, std::uint64_t statements, double done) {
    const std::lock_guard lock(mutex_);
    progress_ = {.stage = stage, .statements = statements, .done = done};
    tell();
  }
  /// While sources are read; `bytes` of them, where that is known.
  void read(std::uint64_t statements, std::optional<std::uint64_t> bytes = {}) {
    const std::lock_guard lock(mutex_);
    progress_ = {.stage = "reading", .statements = statements, .done = -1};
    if (bytes && options_.source_bytes != 0)
      progress_.done =
          kReadingShare *
          std::min(1.0, static_cast<double>(*bytes) / static_cast<double>(options_.source_bytes));
    tell();
  }
  /// While the orders are written: `rows` more of `all`.
  void wrote(std::uint64_t rows, std::uint64_t all) {
    const std::lock_guard lock(mutex_);
    written_ += rows;
    progress_.done = kTermsShare + (1 - kTermsShare) * std::min(1.0, static_cast<double>(written_) /
                                                                         static_cast<double>(all));
    tell();
  }

 private:
  void tell() const {
    if (options_.progress) options_.progress(progress_);
  }

  const BulkLoadOptions& options_;
  std::mutex mutex_{};
  LoadProgress progress_{};
  std::uint64_t written_ = 0;
};

}  // namespace

class BulkLoader::Work {
 public:
  Work(Store& store, const BulkLoadOptions& options)
      : options_(options),
        threads_(options.threads != 0 ? options.threads : processor_threads()),
        builder_(store.build_generation()),
        reporter_(options_) {
    room_ = options_.memory_bytes - std::min(kOtherBytes, options_.memory_bytes / 4) -
            options_.memory_bytes / kGrowingShare;
    part_bytes_ = std::max(kLeastPartBytes, room_ / threads_);
    for (std::size_t i = 0; i < threads_; ++i)
      sinks_.push_back(std::make_unique<Sink>(*this));
  }

  void begin_source() { sinks_.front()->set_scope(next_scope_++); }
  void add(const Statement& statement);
  SkippedStatements read(const std::vector<LoadSource>& sources);
  BulkLoadCounts finish();

 private:
  /// Where one thread's statements go.
  class Sink final : public StatementSink {
   public:
    explicit Sink(Work& work) : work_(work), part_(work.options_.graph) {}

    void set_scope(std::uint32_t scope) { part_.set_scope(scope); }
    void begin_source() override {}
    void add(const Statement& statement) override {
      part_.add(statement);
      if (part_.memory() > work_.part_bytes_) work_.store(part_);
    }
    LoadPart& part() { return part_; }

   private:
    Work& work_;
    LoadPart part_;
  };

  std::uint64_t statements() const {
    std::uint64_t sum = 0;
    for (const auto& sink : sinks_)
      sum += sink->part().statements();
    return sum;
  }
  void check_interrupt() const {
    if (options_.interrupt) options_.interrupt->check();
  }

  void store(LoadPart& part);
  void sort_terms();
  bool fits_in_memory() const;
  void write_from_memory(const GraphColumn& graph);
  void write_from_disk(const GraphColumn& graph);
  void write(QuadOrder order, const OrderedRows& rows);

  BulkLoadOptions options_;
  std::size_t threads_;
  std::unique_ptr<GenerationBuilder> builder_;
  LoadReporter reporter_;
  std::size_t room_ = 0;                        // for parts, or for sorting
  std::size_t part_bytes_ = 0;                  // for each thread's
  std::vector<std::unique_ptr<Sink>> sinks_{};  // a thread each; the first takes single statements
  std::uint32_t next_scope_ = 0;

  std::mutex mutex_{};  // of what several threads add to
  std::vector<SortedPart> parts_{};
};

void BulkLoader::Work::add(const Statement& statement) {
  constexpr std::uint64_t kReportEvery = 1 << 14;
  Sink& sink = *sinks_.front();
  if (sink.part().statements() % kReportEvery == 0) {
    check_interrupt();
    reporter_.read(sink.part().statements());
  }
  sink.add(statement);
}

SkippedStatements BulkLoader::Work::read(const std::vector<LoadSource>& sources) {
  const std::uint32_t first_scope = next_scope_;
  next_scope_ += static_cast<std::uint32_t>(sources.size());
  std::vector<std::uint64_t> positions(sources.size());
  std::atomic<std::uint64_t> statements_read = statements();
  SourceReader reader(sources, [&](std::size_t source, std::uint64_t position) {
    positions[source] = std::max(positions[source], position);
    std::uint64_t bytes = 0;
    for (const std::uint64_t one : positions)
      bytes += one;
    reporter_.read(statements_read, bytes);
  });
  in_threads(threads_, [&](std::size_t thread) {
    Sink& sink = *sinks_[thread];
    std::uint64_t counted = sink.part().statements();
    reader.work(sink, [&](std::size_t source) {
      sink.set_scope(first_scope + static_cast<std::uint32_t>(source));
      statements_read +=
          sink.part().statements() - std::exchange(counted, sink.part().statements());
    });
  });
  return reader.finish();
}

/// Called by the thread that the part belongs to.
void BulkLoader::Work::store(LoadPart& part) {
  check_interrupt();
  SortedPart sorted(part.take());
  sorted.store(builder_->folder());
  const std::lock_guard lock(mutex_);
  parts_.push_back(std::move(sorted));
}

/// Of what is still in memory.
void BulkLoader::Work::sort_terms() {
  std::vector<std::optional<SortedPart>> sorted(sinks_.size());
  in_threads(sinks_.size(), [&](std::size_t i) {
    LoadPart& part = sinks_[i]->part();
    if (!part.empty()) sorted[i].emplace(part.take());
  });
  for (auto& part : sorted)
    if (part) parts_.push_back(std::move(*part));
}

bool BulkLoader::Work::fits_in_memory() const {
  const bool one_graph = std::all_of(parts_.begin(), parts_.end(),
                                     [](const SortedPart& part) { return part.has_one_graph(); });
  std::size_t bytes = 0;
  for (const SortedPart& part : parts_) {
    if (part.is_stored()) return false;
    bytes += part.quads() * sorting_bytes(one_graph) + part.distinct() * kRankingBytes;
  }
  return bytes <= room_;
}

void BulkLoader::Work::write(QuadOrder order, const OrderedRows& rows) {
  std::uint64_t all = 0;
  for (const SortedPart& part : parts_)
    all += part.quads() * (kQuadOrders - 1);
  builder_->add_quads(order, [&](std::vector<Quad>& out) {
    check_interrupt();
    reporter_.wrote(out.size(), all);
    return rows(out);
  });
}

void BulkLoader::Work::write_from_memory(const GraphColumn& graph) {
  sort_parts(parts_, graph,
             [this](QuadOrder order, const OrderedRows& rows) { write(order, rows); });
}

void BulkLoader::Work::write_from_disk(const GraphColumn& graph) {
  std::vector<QuadRuns> orders;
  for (int order = 0; order < kQuadOrders; ++order)
    orders.emplace_back(builder_->folder());
  for (SortedPart& part : parts_) {
    const std::size_t room = room_ - std::min(room_, part.distinct() * kRankingBytes);
    const std::size_t quad_bytes = sorting_bytes(graph.only.has_value()) + sizeof(NumberedQuad);
    sort_part_by_part(part, graph, std::max(kFewestQuads, room / quad_bytes),
                      [&](QuadOrder order, const OrderedRows& rows) {
                        check_interrupt();
                        orders[static_cast<std::size_t>(order)].add(rows);
                      });
  }
  reporter_.begin("writing", statements(), kTermsShare);
  static_assert(static_cast<int>(QuadOrder::Gspo) == kQuadOrders - 1);
  const int count = graph.has_order ? kQuadOrders : kQuadOrders - 1;
  std::atomic<int> next = 0;
  in_threads(std::min<std::size_t>(threads_, kQuadOrders), [&](std::size_t) {
    for (int order = next++; order < count; order = next++)
      write(static_cast<QuadOrder>(order), orders[static_cast<std::size_t>(order)].merge());
  });
}

BulkLoadCounts BulkLoader::Work::finish() {
  check_interrupt();
  reporter_.begin("sorting terms", statements(), kReadingShare);
  sort_terms();
  const bool in_memory = fits_in_memory();
  if (!in_memory)
    for (SortedPart& part : parts_)
      if (!part.is_stored()) part.store(builder_->folder());
  reporter_.begin("writing terms", statements(), kReadingShare);
  number_terms(parts_, *builder_, options_.interrupt);
  reporter_.begin(in_memory ? "writing" : "sorting", statements(), kTermsShare);
  GraphColumn graph{.only = graph_of(parts_)};
  graph.has_order = builder_->needs_graph_order(graph.only);
  if (in_memory)
    write_from_memory(graph);
  else
    write_from_disk(graph);
  reporter_.begin("switching", statements(), 1);
  const std::uint64_t inserted = builder_->commit();
  return {.statements = statements(), .inserted = inserted};
}

BulkLoader::BulkLoader(Store& store, const BulkLoadOptions& options)
    : work_(std::make_unique<Work>(store, options)) {}
BulkLoader::~BulkLoader() = default;

void BulkLoader::begin_source() {
  work_->begin_source();
}

void BulkLoader::add(const Statement& statement) {
  work_->add(statement);
}

SkippedStatements BulkLoader::read(const std::vector<LoadSource>& sources) {
  return work_->read(sources);
}

BulkLoadCounts BulkLoader::finish() {
  return work_->finish();
}

}  // namespace tripten
