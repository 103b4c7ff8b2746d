#include "load/compaction.h"

#include <algorithm>
#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include <fmt/format.h>

#include "base/in_threads.h"
#include "load/live_terms.h"
#include "load/quad_runs.h"
#include "storage/generation_builder.h"
#include "storage/scan_source.h"

namespace tripten {
namespace {

constexpr std::size_t kThreads = 2;
constexpr std::size_t kFewestRows = 1 << 12;  // that are worth a run
constexpr std::uint64_t kCheckEvery = 1 << 14;

/// The ids of the terms in use, old to new.
class IdMap {
 public:
  explicit IdMap(const StoreState& state)
      : first_old_(state.base->manifest().epoch.first_entry),
        first_new_(state.counters.next_entry),
        numbers_(first_new_ - first_old_) {
    for (const auto& run : state.dictionary->runs())
      if (run->record().entries > main_end_ - main_begin_) {
        main_begin_ = run->record().first_entry;
        main_end_ = run->end_entry();
      }
  }
  static std::size_t memory(const StoreState& state) {
    return (state.counters.next_entry - state.base->manifest().epoch.first_entry) *
           sizeof(std::uint32_t);
  }

  void set(std::uint64_t entry, TermId id) {
    const std::uint64_t number = id.payload() - first_new_;
    if (number > ~std::uint32_t{0})
      throw Error(ErrorCode::Limit, "A database with 4 billion terms can't be compacted.");
    numbers_[entry - first_old_] = static_cast<std::uint32_t>(number);
  }

  TermId operator()(TermId id) const {
    if (!id.in_dictionary()) return id;
    return {id.kind(), first_new_ + numbers_[id.payload() - first_old_]};
  }
  /// Whether rows of such ids keep their order.
  bool keeps_order(TermId id) const {
    return !id.in_dictionary() || (id.payload() >= main_begin_ && id.payload() < main_end_);
  }

 private:
  std::uint64_t first_old_, first_new_;
  std::uint64_t main_begin_ = 0, main_end_ = 0;  // the largest run
  std::vector<std::uint32_t> numbers_;
};

class Compaction {
 public:
  Compaction(std::unique_ptr<GenerationBuilder> builder, const LiveTerms& live,
             const CompactionOptions& options)
      : builder_(std::move(builder)),
        options_(options),
        live_(live),
        ids_(state()) {
    graphs_ = state().groups(QuadOrder::Gspo);
    quads_ = state().quads();
  }

  void run() {
    number_terms();
    const bool is_one = graphs_.size() == 1;
    const bool by_graph =
        builder_->needs_graph_order(is_one ? std::optional(ids_(graphs_[0].id)) : std::nullopt);
    const int count = by_graph ? kQuadOrders : kQuadOrders - 1;
    rows_to_write_ = quads_ * static_cast<std::uint64_t>(count);
    std::atomic<int> next = 0;
    in_threads(std::min(kThreads, processor_threads()), [&](std::size_t) {
      for (int order = next++; order < count; order = next++)
        write(static_cast<QuadOrder>(order));
    });
    builder_->commit();
  }

 private:
  const StoreState& state() const { return builder_->state(); }

  std::size_t memory_beside_ids() const {
    return options_.memory_bytes - std::min(options_.memory_bytes, IdMap::memory(state()));
  }

  void check_interrupt() const {
    if (options_.interrupt) options_.interrupt->check();
  }

  void number_terms() {
    std::uint64_t terms = 0;
    each_live_term(state(), live_, builder_->folder(), memory_beside_ids(),
                   [&](std::string_view encoded, std::uint64_t entry) {
                     if (terms++ % kCheckEvery == 0) check_interrupt();
                     ids_.set(entry, builder_->add_term(encoded));
                   });
  }

  QuadScan scan(QuadOrder order) const {
    return QuadScan(
        std::make_unique<QuadScan::Source>(state().base, state().delta, order, QuadPattern{}));
  }

  /// Calls `use` for each row of an order, mapped, that keeps (or does not keep) its place among
  /// the others.
  template <typename Use>
  void take(const QuadColumns& rows, bool in_place, const Use& use) const {
    for (std::size_t i = 0; i < rows.rows; ++i) {
      Quad row;
      bool keeps = true;
      for (std::size_t c = 0; c < 4; ++c) {
        row.terms[c] = rows.columns[c][i];
        keeps &= ids_.keeps_order(row.terms[c]);
      }
      if (keeps != in_place) continue;
      for (TermId& term : row.terms)
        term = ids_(term);
      use(row);
    }
  }

  /// The rows that have to be sorted, in a file where they are many.
  class Others {
   public:
    Others(const std::filesystem::path& folder, std::size_t most) : folder_(folder), most_(most) {}

    void add(const Quad& row) {
      rows_.push_back(row);
      if (rows_.size() >= most_) spill();
    }
    /// Replaces its argument by the next ones; false at the end.
    GenerationBuilder::Rows sorted() {
      if (runs_) {
        if (!rows_.empty()) spill();
        return runs_->merge();
      }
      std::sort(rows_.begin(), rows_.end());
      return [this](std::vector<Quad>& out) {
        out = std::exchange(rows_, {});
        return !out.empty();
      };
    }

   private:
    void spill() {
      std::sort(rows_.begin(), rows_.end());
      if (!runs_) runs_.emplace(folder_);
      constexpr std::size_t kAtOnce = 4096;
      runs_->add([this, at = std::size_t{0}](std::vector<Quad>& out) mutable {
        const std::size_t end = std::min(rows_.size(), at + kAtOnce);
        out.assign(rows_.begin() + static_cast<std::ptrdiff_t>(at),
                   rows_.begin() + static_cast<std::ptrdiff_t>(end));
        at = end;
        return !out.empty();
      });
      rows_.clear();
    }

    std::filesystem::path folder_;
    std::size_t most_;
    std::vector<Quad> rows_{};
    std::optional<QuadRuns> runs_{};
  };

  void write(QuadOrder order) {
    const std::size_t most =
        std::max(kFewestRows, memory_beside_ids() / kThreads / sizeof(Quad) / 2);
    Others others(builder_->folder(), most);
    QuadColumns columns;
    for (QuadScan rows = scan(order); rows.next(columns);) {
      check_interrupt();
      take(columns, false, [&](const Quad& row) { others.add(row); });
    }
    const GenerationBuilder::Rows sorted = others.sorted();
    QuadScan rows = scan(order);
    std::vector<Quad> waiting, in_place;
    std::size_t at = 0;  // of waiting
    const auto refill = [&] { return at < waiting.size() || (at = 0, sorted(waiting)); };
    bool is_left = refill();
    bool is_scanned = false;
    builder_->add_quads(order, [&](std::vector<Quad>& out) {
      out.clear();
      while (out.empty() && !is_scanned) {
        check_interrupt();
        is_scanned = !rows.next(columns);
        in_place.clear();
        take(columns, true, [&](const Quad& row) { in_place.push_back(row); });
        for (const Quad& row : in_place) {
          for (; is_left && waiting[at] < row; is_left = refill())
            out.push_back(waiting[at++]);
          out.push_back(row);
        }
        report(columns.rows);
      }
      if (out.empty() && is_left) {
        out.assign(waiting.begin() + static_cast<std::ptrdiff_t>(at), waiting.end());
        at = waiting.size();
        is_left = refill();
      }
      return !out.empty();
    });
  }

  void report(std::size_t rows) {
    if (!options_.progress || rows_to_write_ == 0) return;
    const std::lock_guard lock(progress_mutex_);
    rows_written_ += rows;
    options_.progress(static_cast<double>(rows_written_) / static_cast<double>(rows_to_write_));
  }

  std::unique_ptr<GenerationBuilder> builder_;
  const CompactionOptions& options_;
  const LiveTerms& live_;
  IdMap ids_;
  std::vector<GroupCount> graphs_{};
  std::uint64_t quads_ = 0, rows_to_write_ = 0;
  std::mutex progress_mutex_{};
  std::uint64_t rows_written_ = 0;
};

void check_memory(const StoreState& state, const CompactionOptions& options) {
  const std::size_t bytes = IdMap::memory(state);
  if (bytes + bytes / 32 <= options.memory_bytes) return;
  throw Error(ErrorCode::Limit,
              fmt::format("The compaction needs more than its {} MB of memory: the numbers of the "
                          "terms alone take {} MB.",
                          options.memory_bytes >> 20, (bytes >> 20) + 1));
}

/// Nothing but the delta changes: ids stay.
void fold(Store& store, const CompactionOptions& options) {
  const auto builder = store.build_generation();
  const bool by_graph = builder->needs_graph_order(kUnbound);
  const int count = by_graph ? kQuadOrders : kQuadOrders - 1;
  std::atomic<int> next = 0, done = 0;
  std::mutex mutex;
  in_threads(std::min(kThreads, processor_threads()), [&](std::size_t) {
    for (int order = next++; order < count; order = next++) {
      if (options.interrupt) options.interrupt->check();
      builder->add_quads(static_cast<QuadOrder>(order), [](std::vector<Quad>&) { return false; });
      const std::lock_guard lock(mutex);
      if (options.progress) options.progress(static_cast<double>(++done) / count);
    }
  });
  builder->commit();
}

}  // namespace

CompactionCounts compact(Store& store, const CompactionOptions& options) {
  CompactionCounts counts;
  {
    std::stop_source at_once;
    if (!options.waits) at_once.request_stop();
    auto builder = store.replace_generation(at_once.get_token());
    if (!builder) return counts;
    const StoreState& state = builder->state();
    check_memory(state, options);
    const LiveTerms live(state, options.interrupt ? *options.interrupt : Interrupt());
    counts.folded = state.delta->rows();
    counts.removed_terms = live.entries() - live.live();
    const auto& runs = state.dictionary->runs();
    const std::uint64_t in_runs = runs.empty() ? 0 : runs[0]->record().entries;
    const bool is_one_live_run =
        runs.size() <= 1 && in_runs == live.entries() && counts.removed_terms == 0;
    counts.has_changed = !is_one_live_run || !state.delta->empty();
    if (!counts.has_changed) return counts;
    if (!is_one_live_run) {
      Compaction(std::move(builder), live, options).run();
      return counts;
    }
  }
  fold(store, options);
  return counts;
}

}  // namespace tripten
