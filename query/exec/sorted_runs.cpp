#include "query/exec/sorted_runs.h"

#include <algorithm>
#include <compare>

#include "query/expr/compare.h"

namespace tripten {

namespace {

constexpr std::size_t kMostReaders = 64;
constexpr std::size_t kLeastReaders = 2;

/// A key of a run's next row. What orders by its text alone (IRIs and simple literals, §15.1) has
/// it at hand where ids do not tell the order: a merge compares each row several times.
struct HeadKey {
  TermId id{};
  bool is_iri = false, by_text = false;
  bool by_id = false;  // of the dictionary's one run
  std::string text{};
};

/// A run and its next row.
struct Head {
  Head(const SpilledRows& rows, MemoryBudget& budget) : reader(rows, budget), texts(budget) {}
  SpilledRows::Reader reader;
  Batch block{};
  std::size_t row = 0;
  std::vector<HeadKey> keys{};
  MemoryLease texts;
};

}  // namespace

class SortedRuns::Merge {
 public:
  Merge(const std::vector<std::unique_ptr<SpilledRows>>& runs, std::size_t begin, std::size_t end,
        const SortedRuns& sorted)
      : sorted_(sorted),
        context_(sorted.context_) {
    for (std::size_t run = begin; run < end; ++run) {
      heads_.push_back(std::make_unique<Head>(*runs[run], context_.budget));
      heads_.back()->keys.resize(sorted.keys_.size());
      if (read_block(*heads_.back())) heap_.push_back(heads_.size() - 1);
    }
    for (std::size_t at = heap_.size() / 2; at-- > 0;)
      sink(at);
  }

  /// The next row is `row()` of `columns()`; false where there is none.
  bool has_row() const { return !heap_.empty(); }
  const std::vector<Column>& columns() const { return first().block.columns; }
  std::size_t row() const { return first().row; }
  void pass() {
    if (++steps_ % SpilledRows::kBlockRows == 0) context_.interrupt.check();
    Head& head = *heads_[heap_[0]];
    if (++head.row < head.block.rows) {
      set_keys(head);
    } else if (!read_block(head)) {
      heap_[0] = heap_.back();
      heap_.pop_back();
    }
    if (!heap_.empty()) sink(0);
  }

 private:
  const Head& first() const { return *heads_[heap_[0]]; }

  bool read_block(Head& head) {
    head.row = 0;
    if (!head.reader.next(head.block)) return false;
    set_keys(head);
    return true;
  }

  void set_keys(Head& head) {
    std::size_t bytes = 0;
    for (std::size_t i = 0; i < head.keys.size(); ++i) {
      HeadKey& key = head.keys[i];
      const TermId id = head.block.columns[sorted_.keys_[i].column][head.row];
      if (key.id != id) set_key(key, id);
      bytes += key.text.capacity();
    }
    if (bytes > head.texts.bytes()) head.texts.resize(bytes);
  }

  void set_key(HeadKey& key, TermId id) {
    key.id = id;
    key.is_iri = key.by_text = key.by_id = false;
    if (!id || id.is_inline() || id.is_blank()) return;
    key.by_id = (id.kind() == IdKind::Iri || id.kind() == IdKind::String) &&
                context_.terms.run_of(id) == std::size_t{0} && context_.terms.runs() == 1;
    if (key.by_id) return;
    const TermView term = context_.terms.get(id, scratch_);
    key.is_iri = term.kind == TermKind::Iri;
    key.by_text = key.is_iri || (term.kind == TermKind::Literal && term.datatype.empty() &&
                                 term.language.empty());
    if (key.by_text) key.text.assign(term.value);
  }

  std::strong_ordering compare(const HeadKey& a, const HeadKey& b) const {
    if (a.id == b.id) return std::strong_ordering::equal;
    if (a.by_id && b.by_id && a.id.kind() == b.id.kind()) return a.id <=> b.id;
    if (a.by_text && b.by_text && a.is_iri == b.is_iri) return a.text.compare(b.text) <=> 0;
    return order_terms(a.id, b.id, context_.terms);
  }

  /// Whether a head's row comes before another's.
  bool before(std::size_t a, std::size_t b) const {
    for (const std::size_t column : sorted_.by_ids_) {
      const TermId left = heads_[a]->block.columns[column][heads_[a]->row];
      const TermId right = heads_[b]->block.columns[column][heads_[b]->row];
      if (left != right) return left < right;
    }
    for (std::size_t i = 0; i < sorted_.keys_.size(); ++i) {
      const auto order = compare(heads_[a]->keys[i], heads_[b]->keys[i]);
      if (order != 0) return sorted_.keys_[i].descending ? order > 0 : order < 0;
    }
    return a < b;
  }

  void sink(std::size_t at) {
    while (true) {
      std::size_t least = at;
      for (std::size_t child = 2 * at + 1; child <= 2 * at + 2 && child < heap_.size(); ++child)
        if (before(heap_[child], heap_[least])) least = child;
      if (least == at) return;
      std::swap(heap_[at], heap_[least]);
      at = least;
    }
  }

  const SortedRuns& sorted_;
  QueryContext& context_;
  std::vector<std::unique_ptr<Head>> heads_{};  // in the order of the runs
  std::vector<std::size_t> heap_{};             // of those that have rows; the least is first
  std::string scratch_{};
  std::size_t steps_ = 0;
};

SortedRuns::SortedRuns(std::size_t width, std::size_t given, std::vector<Key> keys,
                       QueryContext& context)
    : width_(width),
      given_(given),
      keys_(std::move(keys)),
      context_(context),
      file_(make_spill_file(context)) {}
SortedRuns::SortedRuns(std::size_t width, std::vector<std::size_t> by_ids, QueryContext& context)
    : width_(width),
      given_(width),
      by_ids_(std::move(by_ids)),
      context_(context),
      file_(make_spill_file(context)) {}
SortedRuns::~SortedRuns() = default;

std::unique_ptr<SpilledRows> SortedRuns::new_run() {
  return std::make_unique<SpilledRows>(file_, width_, context_.budget);
}

void SortedRuns::add(const std::vector<Column>& columns, const std::vector<RowNumber>& order) {
  auto run = new_run();
  for (std::size_t begin = 0; begin < order.size(); begin += SpilledRows::kBlockRows) {
    context_.interrupt.check();
    run->append_gathered(columns, order, begin,
                         std::min(order.size(), begin + SpilledRows::kBlockRows));
  }
  run->finish();
  runs_.push_back(std::move(run));
}

void SortedRuns::append(const Batch& rows) {
  if (!open_run_) open_run_ = new_run();
  open_run_->append(rows);
}

void SortedRuns::end_run() {
  if (!open_run_) return;
  open_run_->finish();
  runs_.push_back(std::move(open_run_));
}

/// Until the runs can be read side by side.
void SortedRuns::merge_groups() {
  // A quarter of what is left: other operators may still grow.
  const MemoryBudget& budget = context_.budget;
  const std::size_t left = (budget.limit() - std::min(budget.limit(), budget.used())) / 4;
  const std::size_t most =
      std::clamp(left / SpilledRows::buffer_bytes(width_), kLeastReaders, kMostReaders);
  while (runs_.size() > most) {
    file_ = make_spill_file(context_);
    std::vector<std::unique_ptr<SpilledRows>> merged;
    std::vector<TermId> values(width_);
    for (std::size_t begin = 0; begin < runs_.size(); begin += most) {
      auto run = new_run();
      Merge merge(runs_, begin, std::min(runs_.size(), begin + most), *this);
      for (; merge.has_row(); merge.pass()) {
        for (std::size_t i = 0; i < width_; ++i)
          values[i] = merge.columns()[i][merge.row()];
        run->append_row(values.data());
      }
      run->finish();
      merged.push_back(std::move(run));
    }
    runs_ = std::move(merged);
  }
}

bool SortedRuns::next(Batch& out, std::size_t most) {
  if (!merge_) {
    merge_groups();
    merge_ = std::make_unique<Merge>(runs_, 0, runs_.size(), *this);
  }
  out.reset(given_);
  for (; out.rows < most && merge_->has_row(); merge_->pass(), ++out.rows)
    for (std::size_t i = 0; i < given_; ++i)
      out.columns[i].push_back(merge_->columns()[i][merge_->row()]);
  return out.rows > 0;
}

}  // namespace tripten
