// Stable radix sorts of rows of ranks by one column.
//
// Ranks are small numbers without gaps, so two passes of at most twelve bits sort sixteen million
// of them. A column with few different ranks (predicates, graphs) is sorted by codes of its own in
// one pass.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

namespace tripten {

template <std::size_t N>
using RankRow = std::array<std::uint32_t, N>;

/// Rows whose memory is written for the first time by whoever fills them.
template <std::size_t N>
class RankRows {
 public:
  RankRows() = default;
  explicit RankRows(std::size_t size)
      : rows_(std::make_unique_for_overwrite<RankRow<N>[]>(size)),
        size_(size),
        room_(size) {}

  RankRow<N>* begin() { return rows_.get(); }
  RankRow<N>* end() { return rows_.get() + size_; }
  const RankRow<N>* begin() const { return rows_.get(); }
  const RankRow<N>* end() const { return rows_.get() + size_; }
  std::size_t size() const { return size_; }
  /// Fewer than before.
  void shrink(std::size_t size) { size_ = size; }
  /// Makes room for `size` rows, whatever was there before.
  void make_room(std::size_t size) {
    if (size > room_) *this = RankRows(size);
    size_ = size;
  }

 private:
  std::unique_ptr<RankRow<N>[]> rows_ {};
  std::size_t size_ = 0, room_ = 0;
};

/// The digits of one column's ranks.
class RankDigits {
 public:
  static constexpr int kMostBits = 12;
  static constexpr std::size_t kMostDigits = std::size_t{1} << kMostBits;

  /// Of `column` of `rows`, whose ranks are below `ranks`.
  template <typename Rows>
  RankDigits(const Rows& rows, std::size_t column, std::size_t ranks) {
    set_bits(ranks);
    if (passes_ == 1) return;
    std::vector<std::uint32_t> codes(ranks);
    for (const auto& row : rows)
      codes[row[column]] = 1;
    std::uint32_t used = 0;
    for (std::uint32_t& code : codes)
      code = code != 0 ? used++ : 0;
    if (used > kMostDigits) return;
    codes_ = std::move(codes);
    set_bits(used);
  }

  int passes() const { return passes_; }
  std::size_t digit(std::uint32_t rank, int pass) const {
    const std::uint32_t code = codes_.empty() ? rank : codes_[rank];
    return (code >> (pass * bits_)) & ((std::uint32_t{1} << bits_) - 1);
  }

 private:
  void set_bits(std::size_t values) {
    const int bits = std::bit_width(std::max<std::size_t>(values, 2) - 1);
    passes_ = (bits + kMostBits - 1) / kMostBits;
    bits_ = (bits + passes_ - 1) / passes_;
  }

  int passes_ = 1, bits_ = 1;
  std::vector<std::uint32_t> codes_{};  // by rank, where the column has few
};

/// One pass: `from` in the order of a digit to `to`, which is as long.
template <typename Rows>
void sort_by_digit(const RankDigits& digits, int pass, std::size_t column, const Rows& from,
                   Rows& to) {
  std::array<std::size_t, RankDigits::kMostDigits> starts{};
  for (const auto& row : from)
    ++starts[digits.digit(row[column], pass)];
  std::size_t start = 0;
  for (std::size_t& count : starts)
    start += std::exchange(count, start);
  for (const auto& row : from)
    to.begin()[starts[digits.digit(row[column], pass)]++] = row;
}

/// Sorts `rows` by a column; equal ones keep their order. `spare` is room.
template <typename Rows>
void stable_sort_by(std::size_t column, std::size_t ranks, Rows& rows, Rows& spare) {
  const RankDigits digits(rows, column, ranks);
  spare.make_room(rows.size());
  for (int pass = 0; pass < digits.passes(); ++pass) {
    sort_by_digit(digits, pass, column, rows, spare);
    std::swap(rows, spare);
  }
}

/// The same from one array to another.
template <typename Rows>
void stable_sort_by(std::size_t column, std::size_t ranks, const Rows& from, Rows& to,
                    Rows& spare) {
  const RankDigits digits(from, column, ranks);
  to.make_room(from.size());
  sort_by_digit(digits, 0, column, from, to);
  if (digits.passes() > 1) spare.make_room(from.size());
  for (int pass = 1; pass < digits.passes(); ++pass) {
    sort_by_digit(digits, pass, column, to, spare);
    std::swap(to, spare);
  }
}

}  // namespace tripten
