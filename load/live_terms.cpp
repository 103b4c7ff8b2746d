#include "load/live_terms.h"

#include <algorithm>
#include <memory>
#include <numeric>
#include <optional>
#include <string>

#include "base/spill_file.h"
#include "storage/bytes.h"
#include "storage/scan_source.h"

namespace tripten {

LiveTerms::LiveTerms(const StoreState& state, const Interrupt& interrupt)
    : first_entry_(state.base->manifest().epoch.first_entry),
      entries_(state.counters.next_entry - first_entry_),
      bits_((entries_ + 63) / 64) {
  QuadScan scan(
      std::make_unique<QuadScan::Source>(state.base, state.delta, QuadOrder::Spog, QuadPattern{}));
  QuadColumns rows;
  while (scan.next(rows)) {
    interrupt.check();
    for (const auto& column : rows.columns) {
      TermId last;
      for (const TermId id : column)
        if (id != last) add(last = id);
    }
  }
}

void LiveTerms::add(TermId id) {
  if (!id.in_dictionary()) return;
  const std::uint64_t bit = id.payload() - first_entry_;
  if (bit >= entries_)
    throw Error(ErrorCode::Corrupt, "The database is damaged: a quad has a term of no run.");
  const std::uint64_t mask = std::uint64_t{1} << (bit % 64);
  live_ += (bits_[bit / 64] & mask) == 0;
  bits_[bit / 64] |= mask;
}

namespace {

/// Ascending terms with their entries; at the first one when made.
class TermStream {
 public:
  virtual ~TermStream() = default;
  virtual bool at_end() const = 0;
  virtual std::string_view term() const = 0;
  virtual std::uint64_t entry() const = 0;
  virtual void next() = 0;
};

class RunStream final : public TermStream {
 public:
  explicit RunStream(const TermRun& run) : run_(run) { read(); }

  bool at_end() const override { return number_ == run_.blocks(); }
  std::string_view term() const override { return block_->term(at_); }
  std::uint64_t entry() const override { return run_.first_entry_of(number_) + at_; }
  void next() override {
    if (++at_ < block_->terms()) return;
    ++number_;
    read();
  }

 private:
  void read() {
    at_ = 0;
    if (!at_end()) block_ = run_.read_block(number_);
  }

  const TermRun& run_;
  TermBlockPtr block_{};
  std::size_t number_ = 0, at_ = 0;
};

struct Row {
  std::string term{};
  std::uint64_t entry = 0;
};

class RowStream final : public TermStream {
 public:
  explicit RowStream(std::vector<Row> sorted) : rows_(std::move(sorted)) {}

  bool at_end() const override { return at_ == rows_.size(); }
  std::string_view term() const override { return rows_[at_].term; }
  std::uint64_t entry() const override { return rows_[at_].entry; }
  void next() override { ++at_; }

 private:
  std::vector<Row> rows_;
  std::size_t at_ = 0;
};

class SpilledStream final : public TermStream {
 public:
  SpilledStream(const SpillFile& file, std::uint64_t begin, std::uint64_t end, std::size_t rows)
      : reader_(file, begin, end),
        left_(rows + 1) {
    next();
  }

  bool at_end() const override { return left_ == 0; }
  std::string_view term() const override { return row_.term; }
  std::uint64_t entry() const override { return row_.entry; }
  void next() override {
    if (--left_ == 0) return;
    row_.entry = reader_.varint();
    const std::uint64_t size = reader_.varint();
    row_.term = reader_.bytes(size);
  }

 private:
  SpillReader reader_;
  std::size_t left_;
  Row row_{};
};

using Streams = std::vector<std::unique_ptr<TermStream>>;

/// The live terms that came row by row, sorted in parts.
class RowSort {
 public:
  RowSort(const std::filesystem::path& folder, std::size_t memory_bytes)
      : folder_(folder),
        memory_bytes_(memory_bytes) {}

  void add(std::string_view term, std::uint64_t entry) {
    constexpr std::size_t kRowBytes = sizeof(Row) + 16;
    rows_.push_back({std::string(term), entry});
    bytes_ += kRowBytes + term.size();
    if (bytes_ > memory_bytes_) spill();
  }

  /// The parts outlive this object no longer than its file.
  void finish(Streams& streams) {
    sort();
    for (const Part& part : parts_)
      streams.push_back(std::make_unique<SpilledStream>(*file_, part.begin, part.end, part.rows));
    streams.push_back(std::make_unique<RowStream>(std::move(rows_)));
  }

 private:
  struct Part {
    std::uint64_t begin = 0, end = 0;
    std::size_t rows = 0;
  };

  void sort() {
    std::sort(rows_.begin(), rows_.end(),
              [](const Row& a, const Row& b) { return a.term < b.term; });
  }

  void spill() {
    sort();
    if (!file_) file_.emplace(folder_);
    const std::uint64_t begin = file_->size();
    SpillWriter writer(*file_);
    for (const Row& row : rows_) {
      std::string& out = writer.buffer();
      append_varint(row.entry, out);
      append_varint(row.term.size(), out);
      out += row.term;
    }
    writer.flush();
    parts_.push_back({begin, file_->size(), rows_.size()});
    rows_.clear();
    bytes_ = 0;
  }

  std::filesystem::path folder_;
  std::size_t memory_bytes_;
  std::vector<Row> rows_{};
  std::size_t bytes_ = 0;
  std::optional<SpillFile> file_{};
  std::vector<Part> parts_{};
};

bool is_after(const std::unique_ptr<TermStream>& a, const std::unique_ptr<TermStream>& b) {
  return a->term() > b->term();
}

}  // namespace

void each_live_term(
    const StoreState& state, const LiveTerms& live, const std::filesystem::path& folder,
    std::size_t memory_bytes,
    const std::function<void(std::string_view encoded, std::uint64_t entry)>& visit) {
  RowSort rows(folder, memory_bytes);
  state.dictionary->rows().each(state.counters.next_entry,
                                [&](std::uint64_t entry, std::string_view term) {
                                  if (live.contains(entry)) rows.add(term, entry);
                                  return true;
                                });
  Streams streams;
  rows.finish(streams);
  for (const auto& run : state.dictionary->runs())
    streams.push_back(std::make_unique<RunStream>(*run));
  std::erase_if(streams, [](const auto& stream) { return stream->at_end(); });
  std::make_heap(streams.begin(), streams.end(), is_after);
  while (!streams.empty()) {
    std::pop_heap(streams.begin(), streams.end(), is_after);
    TermStream& lowest = *streams.back();
    // Terms of one run often follow each other: they need no heap.
    do {
      if (live.contains(lowest.entry())) visit(lowest.term(), lowest.entry());
      lowest.next();
    } while (!lowest.at_end() && (streams.size() == 1 || lowest.term() < streams.front()->term()));
    if (lowest.at_end())
      streams.pop_back();
    else
      std::push_heap(streams.begin(), streams.end(), is_after);
  }
}

}  // namespace tripten
