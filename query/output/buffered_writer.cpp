#include "query/output/buffered_writer.h"

#include <utility>

#include "tripten/error.h"

namespace tripten {
namespace {

constexpr std::size_t kBufferBytes = std::size_t{256} << 10;
constexpr std::size_t kFirstSlots = 64, kSlots = 8192;
constexpr std::size_t kMostCellBytes = 256;  // 2 MB of cells at most

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
  for (std::size_t row = 0; row < batch.rows; ++row) {
    append_row(batch, row, terms);
    buffer_.flush_if_full();
  }
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
  Slot& slot = cells_[std::hash<TermId>()(id) % cells_.size()];
  if (slot.id == id && !slot.bytes.empty()) {
    out += slot.bytes;
    return;
  }
  const bool again = std::exchange(slot.id, id) == id;
  const std::size_t begin = out.size();
  append_term(terms.get(id, scratch_), out);
  if (!again)
    slot.bytes.clear();
  else if (out.size() - begin <= kMostCellBytes)
    slot.bytes.assign(out, begin);
}

}  // namespace tripten
