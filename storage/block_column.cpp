#include "storage/block_column.h"

#include <algorithm>
#include <array>

#include "storage/format.h"

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

std::size_t BlockColumn::run_of(std::size_t row) const {
  if (row == 0) return 0;
  if (row + 1 == run_ends_.back()) return run_ends_.size() - 1;
  return static_cast<std::size_t>(std::upper_bound(run_ends_.begin(), run_ends_.end(), row) -
                                  run_ends_.begin());
}

/// The ids of codes `from` to `to`.
void BlockColumn::decode_codes(std::size_t from, std::size_t to, TermId* out) const {
  static_assert(sizeof(TermId) == sizeof(std::uint64_t));
  auto* const numbers = reinterpret_cast<std::uint64_t*>(out);
  if (segments_.size() == 1) {
    codes_.decode(from, to, numbers, segments_[0].first_id);
    return;
  }
  codes_.decode(from, to, numbers);
  for (std::size_t i = 0; i < to - from; ++i) {
    const std::uint64_t code = numbers[i];
    std::uint64_t offset = segments_[0].first_id;
    for (const Segment& segment : segments_)
      offset = code >= segment.first_code ? segment.first_id - segment.first_code : offset;
    numbers[i] = code + offset;
  }
}

/// Most runs are short: each is written four ids at a time, beyond its end where there is room,
/// since a loop of unforeseeable length costs more.
void BlockColumn::decode_runs(std::size_t from, std::size_t to, TermId* out) const {
  constexpr std::size_t kStep = 4;
  std::array<TermId, kFrameNumbers> ids;
  std::size_t run = run_of(from);
  while (from < to) {
    const std::size_t runs = std::min(kFrameNumbers - run % kFrameNumbers, run_ends_.size() - run);
    decode_codes(run, run + runs, ids.data());
    for (std::size_t i = 0; i < runs && from < to; ++i) {
      const std::size_t end = std::min<std::size_t>(run_ends_[run + i], to);
      const std::size_t count = end - from;
      if (to - end >= kStep)
        for (std::size_t at = 0; at < count; at += kStep)
          std::fill_n(out + at, kStep, ids[i]);
      else
        std::fill_n(out, count, ids[i]);
      out += count;
      from = end;
    }
    run += runs;
  }
}

void BlockColumn::decode(std::size_t from, std::size_t to, TermId* out) const {
  if (from >= to) return;
  switch (kind_) {
    case Kind::Constant:
      std::fill_n(out, to - from, constant_);
      return;
    case Kind::Packed:
      decode_codes(from, to, out);
      return;
    case Kind::Runs:
      decode_runs(from, to, out);
  }
}

void BlockColumn::runs(std::size_t from, std::size_t to, std::vector<TermId>& ids,
                       std::vector<std::uint32_t>& ends) const {
  ends.clear();
  if (kind_ == Kind::Runs && from < to) {
    const std::size_t first = run_of(from), last = run_of(to - 1);
    ids.resize(last - first + 1);
    decode_codes(first, last + 1, ids.data());
    ends.assign(run_ends_.begin() + static_cast<std::ptrdiff_t>(first),
                run_ends_.begin() + static_cast<std::ptrdiff_t>(last + 1));
    ends.back() = static_cast<std::uint32_t>(to);
    return;
  }
  ids.resize(to - from);
  decode(from, to, ids.data());
  std::size_t count = 0;
  for (std::size_t i = 0; i < ids.size(); ++i)
    if (i + 1 == ids.size() || ids[i] != ids[i + 1]) {
      ids[count++] = ids[i];
      ends.push_back(static_cast<std::uint32_t>(from + i + 1));
    }
  ids.resize(count);
}

TermId BlockColumn::at(std::size_t row) const {
  if (kind_ == Kind::Constant) return constant_;
  TermId id;
  const std::size_t place = kind_ == Kind::Runs ? run_of(row) : row;
  decode_codes(place, place + 1, &id);
  return id;
}

std::optional<TermId> BlockColumn::constant() const {
  if (kind_ == Kind::Constant) return constant_;
  return std::nullopt;
}

BlockColumn::Code BlockColumn::code_of(TermId id) const {
  Code found;
  for (const Segment& segment : segments_) {
    if (id.bits() < segment.first_id) break;
    const std::uint64_t inside = id.bits() - segment.first_id;
    found.is_own = inside <= segment.span;
    found.code = segment.first_code + (found.is_own ? inside : segment.span + 1);
  }
  return found;
}

std::size_t BlockColumn::bound(std::size_t from, std::size_t to, TermId id, bool or_equal) const {
  if (from >= to) return from;
  if (kind_ == Kind::Constant) return constant_ < id || (or_equal && constant_ == id) ? to : from;
  const Code wanted = code_of(id);
  or_equal = or_equal && wanted.is_own;
  if (kind_ == Kind::Packed) return codes_.bound(from, to, wanted.code, or_equal);
  const std::size_t run = codes_.bound(run_of(from), run_of(to - 1) + 1, wanted.code, or_equal);
  return std::clamp(start_of(run), from, to);
}

std::pair<std::size_t, std::size_t> BlockColumn::equal_range(std::size_t from, std::size_t to,
                                                             TermId id) const {
  if (from >= to) return {from, from};
  if (kind_ == Kind::Constant) return {constant_ < id ? to : from, constant_ <= id ? to : from};
  const Code wanted = code_of(id);
  if (!wanted.is_own) {
    const std::size_t place = bound(from, to, id, false);
    return {place, place};
  }
  if (kind_ == Kind::Packed) return codes_.equal_range(from, to, wanted.code);
  const auto [first, after] = codes_.equal_range(run_of(from), run_of(to - 1) + 1, wanted.code);
  return {std::clamp(start_of(first), from, to), std::clamp(start_of(after), from, to)};
}

}  // namespace tripten
