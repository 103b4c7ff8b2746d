#include "storage/term_block.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "storage/bytes.h"
#include "storage/checksum.h"
#include "storage/compression.h"

namespace tripten {
namespace {

constexpr int kLevel = 3;  // of zstd; docs/decisions/0001-blocks.md
// Far above what a writer makes of terms that fit into memory; a damaged size stops here.
constexpr std::uint64_t kMostBytes = ~std::uint32_t{0};

std::size_t shared_prefix(std::string_view a, std::string_view b) {
  const std::size_t most = std::min(a.size(), b.size());
  return static_cast<std::size_t>(
      std::mismatch(a.begin(), a.begin() + static_cast<std::ptrdiff_t>(most), b.begin()).first -
      a.begin());
}

}  // namespace

void TermBlockWriter::add(std::string_view term) {
  const std::size_t shared = shared_prefix(last_, term);
  append_varint(shared, body_);
  append_varint(term.size() - shared, body_);
  body_ += term.substr(shared);
  last_.resize(shared);
  last_ += term.substr(shared);
  ++terms_;
  bytes_ += term.size();
}

std::string TermBlockWriter::finish() {
  std::string block(1, '\0');
  append_varint(terms_, block);
  append_varint(bytes_, block);
  append_varint(body_.size(), block);
  block[0] = static_cast<char>(append_compressed(body_, kLevel, block));
  append_checksum(block);
  *this = TermBlockWriter();
  return block;
}

TermBlock::TermBlock(std::string_view bytes) {
  ByteReader in(verified(bytes));
  const auto compression = static_cast<Compression>(in.u8());
  const std::uint64_t terms = in.varint(), unpacked = in.varint(), size = in.varint();
  if (terms == 0 || terms > size || size > kMostBytes || unpacked > kMostBytes)
    throw Error(ErrorCode::Corrupt, "it has a wrong size");
  std::string body;
  append_decompressed(compression, in.rest(), size, body);
  ByteReader entries(body);
  ends_.reserve(terms);
  text_ = std::make_unique_for_overwrite<char[]>(unpacked);
  size_ = unpacked;
  std::size_t start = 0, end = 0;  // of the term before
  for (std::uint64_t i = 0; i < terms; ++i) {
    const std::uint64_t shared = entries.varint();
    const std::string_view rest = entries.bytes(entries.varint());
    if (shared > end - start) throw Error(ErrorCode::Corrupt, "a term has a wrong prefix");
    if (shared + rest.size() > unpacked - end)
      throw Error(ErrorCode::Corrupt, "its terms are too long");
    std::memcpy(text_.get() + end, text_.get() + start, shared);
    std::memcpy(text_.get() + end + shared, rest.data(), rest.size());
    start = std::exchange(end, end + shared + rest.size());
    ends_.push_back(static_cast<std::uint32_t>(end));
  }
  if (!entries.at_end() || end != unpacked) throw Error(ErrorCode::Corrupt, "it has a wrong size");
}

std::size_t TermBlock::lower_bound(std::string_view term_wanted) const {
  std::size_t low = 0, high = terms();
  while (low < high) {
    const std::size_t middle = (low + high) / 2;
    if (term(middle) < term_wanted)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

}  // namespace tripten
