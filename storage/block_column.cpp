#include "storage/block_column.h"

#include <algorithm>
#include <array>

namespace tripten {
namespace {

constexpr std::size_t kKinds = 16;

struct KindSpan {
  std::uint64_t low = ~std::uint64_t{0}, high = 0, first_code = 0;
};
using KindSpans = std::array<KindSpan, kKinds>;

std::size_t kind_of(TermId id) {
  return static_cast<std::size_t>(id.kind());
}

KindSpans spans_of(std::span<const TermId> ids) {
  KindSpans spans;
  for (const TermId id : ids) {
    KindSpan& span = spans[kind_of(id)];
    span.low = std::min(span.low, id.bits());
    span.high = std::max(span.high, id.bits());
  }
  std::uint64_t next = 0;
  for (KindSpan& span : spans)
    if (span.low <= span.high) {
      span.first_code = next;
      next += span.high - span.low + 1;
    }
  return spans;
}

void append_segments(const KindSpans& spans, std::string& out) {
  const auto used = std::count_if(spans.begin(), spans.end(),
                                  [](const KindSpan& span) { return span.low <= span.high; });
  out += static_cast<char>(used);
  for (const KindSpan& span : spans)
    if (span.low <= span.high) {
      append_u64(span.low, out);
      append_varint(span.high - span.low, out);
    }
}

std::uint64_t code_of(const KindSpans& spans, TermId id) {
  const KindSpan& span = spans[kind_of(id)];
  return span.first_code + (id.bits() - span.low);
}

}  // namespace

void append_column(std::span<const TermId> ids, std::string& out) {
  std::size_t runs = 1;
  for (std::size_t i = 1; i < ids.size(); ++i)
    runs += ids[i] != ids[i - 1];
  if (runs == 1) {
    out += static_cast<char>(BlockColumn::Kind::Constant);
    append_u64(ids[0].bits(), out);
    return;
  }
  const KindSpans spans = spans_of(ids);
  const bool by_runs = runs <= ids.size() / 2;
  out += static_cast<char>(by_runs ? BlockColumn::Kind::Runs : BlockColumn::Kind::Packed);
  append_segments(spans, out);
  std::vector<std::uint64_t> codes, ends;
  codes.reserve(by_runs ? runs : ids.size());
  if (!by_runs) {
    for (const TermId id : ids)
      codes.push_back(code_of(spans, id));
    append_sequence(codes, out);
    return;
  }
  ends.reserve(runs);
  for (std::size_t i = 0; i < ids.size(); ++i)
    if (i + 1 == ids.size() || ids[i] != ids[i + 1]) {
      codes.push_back(code_of(spans, ids[i]));
      ends.push_back(i + 1);
    }
  append_varint(runs, out);
  append_sequence(codes, out);
  append_sequence(ends, out);
}

BlockColumn BlockColumn::read(ByteReader& in, std::size_t rows) {
  BlockColumn column;
  const std::uint8_t kind = in.u8();
  if (kind > static_cast<std::uint8_t>(Kind::Packed))
    throw Error(ErrorCode::Corrupt, "a column is of an unknown kind");
  column.kind_ = static_cast<Kind>(kind);
  if (column.kind_ == Kind::Constant) {
    column.constant_ = TermId(in.u64());
  } else {
    column.read_segments(in);
    if (column.kind_ == Kind::Runs)
      column.read_runs(in, rows);
    else
      column.codes_ = PackedSequence::read(in, rows);
  }
  if (!in.at_end()) throw Error(ErrorCode::Corrupt, "a column has bytes too many");
  return column;
}

void BlockColumn::read_segments(ByteReader& in) {
  const std::size_t count = in.u8();
  if (count == 0 || count > kKinds)
    throw Error(ErrorCode::Corrupt, "a column has a wrong number of segments");
  std::uint64_t next = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint64_t first_id = in.u64(), span = in.varint();
    segments_.push_back({next, first_id, span});
    next += span + 1;
  }
}

void BlockColumn::read_runs(ByteReader& in, std::size_t rows) {
  const std::size_t runs = in.varint();
  if (runs == 0 || runs > rows) throw Error(ErrorCode::Corrupt, "a column has too many runs");
  codes_ = PackedSequence::read(in, runs);
  const PackedSequence packed_ends = PackedSequence::read(in, runs);
  std::vector<std::uint64_t> ends(runs);
  packed_ends.decode(0, runs, ends.data());
  run_ends_.reserve(runs);
  std::uint64_t before = 0;
  for (const std::uint64_t end : ends) {
    if (end <= before || end > rows) throw Error(ErrorCode::Corrupt, "a run has a wrong end");
    run_ends_.push_back(static_cast<std::uint32_t>(end));
    before = end;
  }
  if (before != rows) throw Error(ErrorCode::Corrupt, "a column has too few rows");
}

void BlockColumn::to_ids(TermId* codes, std::size_t count) const {
  if (segments_.size() == 1) {
    const std::uint64_t first = segments_[0].first_id;
    for (std::size_t i = 0; i < count; ++i)
      codes[i] = TermId(codes[i].bits() + first);
    return;
  }
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint64_t code = codes[i].bits();
    std::uint64_t offset = segments_[0].first_id;
    for (const Segment& segment : segments_)
      offset = code >= segment.first_code ? segment.first_id - segment.first_code : offset;
    codes[i] = TermId(code + offset);
  }
}

std::size_t BlockColumn::run_of(std::size_t row) const {
  return static_cast<std::size_t>(std::upper_bound(run_ends_.begin(), run_ends_.end(), row) -
                                  run_ends_.begin());
}

void BlockColumn::decode(std::size_t from, std::size_t to, TermId* out) const {
  if (from >= to) return;
  if (kind_ == Kind::Constant) {
    std::fill_n(out, to - from, constant_);
    return;
  }
  if (kind_ == Kind::Packed) {
    static_assert(sizeof(TermId) == sizeof(std::uint64_t));
    codes_.decode(from, to, reinterpret_cast<std::uint64_t*>(out));
    to_ids(out, to - from);
    return;
  }
  constexpr std::size_t kAtOnce = 128;
  std::array<TermId, kAtOnce> ids;
  std::size_t run = run_of(from);
  while (from < to) {
    const std::size_t runs = std::min(kAtOnce, codes_.size() - run);
    codes_.decode(run, run + runs, reinterpret_cast<std::uint64_t*>(ids.data()));
    to_ids(ids.data(), runs);
    for (std::size_t i = 0; i < runs && from < to; ++i) {
      const std::size_t end = std::min<std::size_t>(run_ends_[run + i], to);
      out = std::fill_n(out, end - from, ids[i]);
      from = end;
    }
    run += runs;
  }
}

TermId BlockColumn::at(std::size_t row) const {
  if (kind_ == Kind::Constant) return constant_;
  TermId id(codes_.at(kind_ == Kind::Runs ? run_of(row) : row));
  to_ids(&id, 1);
  return id;
}

std::optional<TermId> BlockColumn::constant() const {
  if (kind_ == Kind::Constant) return constant_;
  return std::nullopt;
}

std::size_t BlockColumn::bound(std::size_t from, std::size_t to, TermId id, bool or_equal) const {
  if (from >= to) return from;
  if (kind_ == Kind::Constant) return constant_ < id || (or_equal && constant_ == id) ? to : from;
  // Among codes, `id` is the number of codes of lower ids: it may have none of its own.
  std::uint64_t code = 0;
  bool has_code = false;
  for (const Segment& segment : segments_) {
    if (id.bits() < segment.first_id) break;
    const std::uint64_t inside = id.bits() - segment.first_id;
    has_code = inside <= segment.span;
    code = segment.first_code + (has_code ? inside : segment.span + 1);
  }
  or_equal = or_equal && has_code;
  if (kind_ == Kind::Packed) return codes_.bound(from, to, code, or_equal);
  const std::size_t run = codes_.bound(run_of(from), run_of(to - 1) + 1, code, or_equal);
  const std::size_t start = run == 0 ? 0 : run_ends_[run - 1];
  return std::clamp(start, from, to);
}

}  // namespace tripten
