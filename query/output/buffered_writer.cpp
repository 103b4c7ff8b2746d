#include "query/output/buffered_writer.h"

#include <algorithm>
#include <utility>

#include "tripten/error.h"

#include "rdf/term_codec.h"

namespace tripten {
namespace {

constexpr std::size_t kBufferBytes = std::size_t{256} << 10;
constexpr std::size_t kFirstSlots = 64, kSlots = 8192;
constexpr std::size_t kMostCellBytes = 256;  // 2 MB of cells at most
constexpr std::size_t kFewestFetched = 8;    // rows; the cells of fewer are looked up one by one
constexpr std::size_t kRowsPerInterrupt = 4096;
// Terms a block of the dictionary: with fewer, larger batches save blocks; with more, they don't.
constexpr std::size_t kSparse = 16, kDense = 256;

}  // namespace

void OutputBuffer::flush_if_full() {
  if (bytes_.size() >= kBufferBytes) flush();
}

void OutputBuffer::flush() {
  out_.write(bytes_.data(), static_cast<std::streamsize>(bytes_.size()));
  bytes_.clear();
  if (!out_) throw Error(ErrorCode::Io, "the answer cannot be written: the output refuses it");
}

void BufferedWriter::write(const Batch& batch, const QueryTerms& terms) {
  fetched_.clear();
  if (batch.rows >= kFewestFetched) fetch_terms(batch, terms);
  for (std::size_t row = 0; row < batch.rows; ++row) {
    if (interrupt_ && row % kRowsPerInterrupt == 0) interrupt_->check();
    append_row(batch, row, terms);
    buffer_.flush_if_full();
  }
  if (interrupt_) choose_rows(batch.rows);
}

void BufferedWriter::allow_large(std::size_t memory, const Interrupt& interrupt) {
  memory_ = memory;
  interrupt_ = &interrupt;
}

/// By what the rows that were just written took.
void BufferedWriter::choose_rows(std::size_t rows) {
  const std::size_t terms = fetched_.terms(), blocks = fetched_.blocks();
  if (blocks * kSparse > terms && fetched_.memory() * 2 < memory_)
    rows_wanted_ = std::max(rows_wanted_, rows * 2);
  else if (blocks * kDense < terms)
    rows_wanted_ /= 2;
}

void BufferedWriter::fetch_terms(const Batch& batch, const QueryTerms& terms) {
  for (const Column& column : batch.columns)
    for (std::size_t row = 0; row < batch.rows; ++row) {
      if (interrupt_ && row % kRowsPerInterrupt == 0) interrupt_->check();
      const TermId id = column[row];
      if (!id.in_dictionary() || (row > 0 && id == column[row - 1])) continue;
      if (!cells_.empty() && slot_of(id).id == id && !slot_of(id).bytes.empty()) continue;
      fetched_.want(id);
    }
  if (interrupt_ && rows_wanted_ > 0)
    fetched_.fetch(terms.view(), memory_, interrupt_);
  else
    fetched_.fetch(terms.view());
}

TermView BufferedWriter::term_of(TermId id, const QueryTerms& terms) {
  if (const auto encoded = fetched_.find(id)) return decode_term(*encoded);
  return terms.get(id, scratch_);
}

void BufferedWriter::append_cell(TermId id, const QueryTerms& terms) {
  std::string& out = bytes();
  if (id.is_inline() || id.kind() == IdKind::Special) {
    append_term(terms.get(id, scratch_), out);
    return;
  }
  if (cells_written_++ == cells_.size() * 4 && cells_.size() < kSlots) {
    cells_.assign(cells_.empty() ? kFirstSlots : kSlots, {});
    cells_written_ = 1;
  }
  Slot& slot = slot_of(id);
  if (slot.id == id && !slot.bytes.empty()) {
    out += slot.bytes;
    return;
  }
  const bool again = std::exchange(slot.id, id) == id;
  const std::size_t begin = out.size();
  append_term(term_of(id, terms), out);
  if (!again)
    slot.bytes.clear();
  else if (out.size() - begin <= kMostCellBytes)
    slot.bytes.assign(out, begin);
}

}  // namespace tripten
