#include "load/quad_runs.h"

#include <algorithm>
#include <memory>
#include <span>
#include <string>

#include "storage/bytes.h"
#include "storage/quad_block.h"

namespace tripten {
namespace {

constexpr std::size_t kBlockRows = 4096;

}  // namespace

void QuadRuns::add(const std::function<bool(std::vector<Quad>&)>& rows) {
  const std::uint64_t begin = file_.size();
  SpillWriter writer(file_);
  std::vector<Quad> batch;
  while (rows(batch))
    for (std::size_t at = 0; at < batch.size(); at += kBlockRows) {
      const auto block = std::span(batch).subspan(at, std::min(kBlockRows, batch.size() - at));
      const std::string encoded = encode_quad_block(block);
      std::string& out = writer.buffer();
      append_u64(encoded.size(), out);
      out += encoded;
    }
  writer.flush();
  if (file_.size() != begin) runs_.push_back({begin, file_.size()});
}

/// The rows of one run, one after the other.
class QuadRuns::Reader {
 public:
  Reader(const SpillFile& file, const Run& run) : file_(&file), at_(run.begin), end_(run.end) {
    read_block();
  }

  const Quad& row() const { return rows_[row_]; }
  /// False at the end.
  bool next() {
    if (++row_ < rows_.size()) return true;
    return read_block();
  }

 private:
  bool read_block() {
    row_ = 0;
    rows_.clear();
    if (at_ == end_) return false;
    std::string bytes(sizeof(std::uint64_t), '\0');
    file_->read(at_, bytes.data(), bytes.size());
    at_ += bytes.size();
    bytes.resize(load_u64(bytes.data()));
    file_->read(at_, bytes.data(), bytes.size());
    at_ += bytes.size();
    const QuadBlock block(bytes);
    rows_.resize(block.rows());
    std::vector<TermId> ids(block.rows());
    for (std::size_t c = 0; c < 4; ++c) {
      block.column(c).decode(0, ids.size(), ids.data());
      for (std::size_t i = 0; i < ids.size(); ++i)
        rows_[i].terms[c] = ids[i];
    }
    return true;
  }

  const SpillFile* file_;
  std::uint64_t at_, end_;
  std::vector<Quad> rows_{};
  std::size_t row_ = 0;
};

/// A heap of readers, the one with the lowest row on top.
class QuadRuns::Merge {
 public:
  Merge(const SpillFile& file, const std::vector<Run>& runs) {
    for (const Run& run : runs)
      readers_.emplace_back(file, run);
    std::make_heap(readers_.begin(), readers_.end(), is_after);
  }

  bool next(std::vector<Quad>& rows) {
    rows.clear();
    while (!readers_.empty() && rows.size() < kBlockRows) {
      std::pop_heap(readers_.begin(), readers_.end(), is_after);
      Reader& lowest = readers_.back();
      // Rows of one run often follow each other: they need no heap.
      bool goes_on = true;
      do {
        rows.push_back(lowest.row());
        goes_on = lowest.next();
      } while (goes_on && rows.size() < kBlockRows &&
               (readers_.size() == 1 || lowest.row() <= readers_.front().row()));
      if (goes_on)
        std::push_heap(readers_.begin(), readers_.end(), is_after);
      else
        readers_.pop_back();
    }
    return !rows.empty();
  }

 private:
  static bool is_after(const Reader& a, const Reader& b) { return a.row() > b.row(); }

  std::vector<Reader> readers_{};
};

std::function<bool(std::vector<Quad>&)> QuadRuns::merge() const {
  return [merge = std::make_shared<Merge>(file_, runs_)](std::vector<Quad>& rows) {
    return merge->next(rows);
  };
}

}  // namespace tripten
