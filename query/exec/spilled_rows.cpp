#include "query/exec/spilled_rows.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "tripten/error.h"

#include "base/check.h"
#include "storage/checksum.h"

namespace tripten {

namespace {

static_assert(std::endian::native == std::endian::little, "differences are cut from the low end");

void append_value(std::uint64_t value, std::size_t bytes, std::string& out) {
  char raw[sizeof value];
  std::memcpy(raw, &value, sizeof value);
  out.append(raw, bytes);
}

void append_column(const Column& column, std::string& out) {
  const auto [least, greatest] = std::minmax_element(column.begin(), column.end());
  const std::uint64_t smallest = least->bits();
  const auto width =
      (static_cast<std::size_t>(std::bit_width(greatest->bits() - smallest)) + 7) / 8;
  append_value(smallest, sizeof smallest, out);
  append_value(width, 1, out);
  if (width == 0) return;
  // Each value is written whole, and the next one over what of it is not wanted.
  const std::size_t begin = out.size();
  out.resize(begin + width * column.size() + sizeof(std::uint64_t));
  char* to = out.data() + begin;
  for (const TermId id : column) {
    const std::uint64_t difference = id.bits() - smallest;
    std::memcpy(to, &difference, sizeof difference);
    to += width;
  }
  out.resize(begin + width * column.size());
}

[[noreturn]] void throw_damaged() {
  throw Error(ErrorCode::Io, "A temporary file does not hold what was written into it.");
}

/// What is left of a block.
class BlockBytes {
 public:
  BlockBytes(const char* at, const char* end) : at_(at), end_(end) {}

  std::uint64_t value(std::size_t bytes) {
    if (bytes > sizeof(std::uint64_t)) throw_damaged();
    std::uint64_t found = 0;
    std::memcpy(&found, take(bytes), bytes);
    return found;
  }
  const char* take(std::size_t bytes) {
    if (static_cast<std::size_t>(end_ - at_) < bytes) throw_damaged();
    const char* taken = at_;
    at_ += bytes;
    return taken;
  }

 private:
  const char* at_;
  const char* end_;
};

void read_column(BlockBytes& bytes, std::size_t rows, Column& out) {
  const std::uint64_t smallest = bytes.value(sizeof smallest);
  const std::size_t width = bytes.value(1);
  out.assign(rows, TermId(smallest));
  if (width == 0) return;
  if (width > sizeof(std::uint64_t)) throw_damaged();
  const char* from = bytes.take(width * rows);
  const std::uint64_t mask = ~std::uint64_t{0} >> (64 - 8 * width);
  for (TermId& id : out) {
    std::uint64_t difference = 0;
    std::memcpy(&difference, from, sizeof difference);  // past the last one lies a value's room
    id = TermId(smallest + (difference & mask));
    from += width;
  }
}

}  // namespace

SpilledRows::SpilledRows(std::shared_ptr<SpillFile> file, std::size_t width, MemoryBudget& budget,
                         std::size_t block_rows)
    : file_(std::move(file)),
      width_(width),
      block_rows_(block_rows),
      lease_(budget) {
  lease_.resize(buffer_bytes(width, block_rows));
  buffer_.reset(width);
  for (Column& column : buffer_.columns)
    column.reserve(block_rows);
}

void SpilledRows::append(const std::vector<Column>& columns, std::size_t begin, std::size_t end) {
  while (begin < end) {
    make_room();
    const std::size_t count = std::min(end - begin, block_rows_ - buffer_.rows);
    for (std::size_t i = 0; i < width_; ++i) {
      const auto from = columns[i].begin() + static_cast<std::ptrdiff_t>(begin);
      buffer_.columns[i].insert(buffer_.columns[i].end(), from,
                                from + static_cast<std::ptrdiff_t>(count));
    }
    buffer_.rows += count;
    begin += count;
  }
}

void SpilledRows::append_gathered(const std::vector<Column>& columns,
                                  const std::vector<std::uint32_t>& order, std::size_t begin,
                                  std::size_t end) {
  while (begin < end) {
    make_room();
    const std::size_t count = std::min(end - begin, block_rows_ - buffer_.rows);
    for (std::size_t i = 0; i < width_; ++i)
      for (std::size_t row = begin; row < begin + count; ++row)
        buffer_.columns[i].push_back(columns[i][order[row]]);
    buffer_.rows += count;
    begin += count;
  }
}

void SpilledRows::append_row(const TermId* values) {
  make_room();
  for (std::size_t i = 0; i < width_; ++i)
    buffer_.columns[i].push_back(values[i]);
  ++buffer_.rows;
}

void SpilledRows::write_block() {
  if (buffer_.rows == 0) return;
  encoded_.assign(sizeof(std::uint64_t), '\0');
  append_value(buffer_.rows, sizeof(std::uint32_t), encoded_);
  for (const Column& column : buffer_.columns)
    append_column(column, encoded_);
  const std::uint64_t checksum =
      hash_bytes(std::string_view(encoded_).substr(sizeof(std::uint64_t)));
  std::memcpy(encoded_.data(), &checksum, sizeof checksum);
  if (blocks_.size() == blocks_.capacity()) {
    const std::size_t wanted = std::max<std::size_t>(16, blocks_.size() * 2);
    lease_.resize(buffer_bytes(width_, block_rows_) + wanted * sizeof(Block));
    blocks_.reserve(wanted);
  }
  blocks_.push_back({file_->size(), static_cast<std::uint32_t>(encoded_.size())});
  file_->append(encoded_);
  rows_ += buffer_.rows;
  bytes_ += encoded_.size();
  buffer_.reset(width_);
}

void SpilledRows::finish() {
  write_block();
  buffer_ = {};
  encoded_ = {};
  lease_.resize(blocks_.capacity() * sizeof(Block));
}

SpilledRows::Reader::Reader(const SpilledRows& rows, MemoryBudget& budget)
    : rows_(&rows),
      lease_(budget) {
  lease_.resize(buffer_bytes(rows.width(), rows.block_rows_));
}

bool SpilledRows::Reader::next(Batch& out) {
  if (block_ == rows_->blocks_.size()) return false;
  const Block& block = rows_->blocks_[block_++];
  encoded_.resize(block.bytes + sizeof(std::uint64_t));
  rows_->file_->read(block.at, encoded_.data(), block.bytes);
  BlockBytes bytes(encoded_.data(), encoded_.data() + block.bytes);
  const std::uint64_t checksum = bytes.value(sizeof checksum);
  const std::string_view rest(encoded_.data() + sizeof checksum, block.bytes - sizeof checksum);
  if (checksum != hash_bytes(rest)) throw_damaged();
  const std::size_t rows = bytes.value(sizeof(std::uint32_t));
  out.columns.resize(rows_->width());
  for (Column& column : out.columns)
    read_column(bytes, rows, column);
  out.rows = rows;
  return true;
}

std::shared_ptr<SpillFile> make_spill_file(QueryContext& context) {
  check(context.spill != nullptr, "rows are spilled where there is no room for that");
  return std::make_shared<SpillFile>(context.spill->make_file());
}

}  // namespace tripten
