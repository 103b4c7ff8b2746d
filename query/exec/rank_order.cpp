#include "query/exec/rank_order.h"

#include <algorithm>
#include <array>
#include <bit>
#include <numeric>

#include "base/grow.h"

namespace tripten {

namespace {

constexpr int kDigitBits = 11;  // counters of a digit fit the first cache
constexpr std::size_t kDigits = std::size_t{1} << kDigitBits;
constexpr std::size_t kStep = std::size_t{1} << 16;  // rows between questions to the interrupt

/// Calls `act` for all of 0 ... rows - 1.
template <typename Act>
void for_each_row(std::size_t rows, const Interrupt& interrupt, const Act& act) {
  for (std::size_t begin = 0; begin < rows; begin += kStep) {
    interrupt.check();
    for (std::size_t i = begin; i < std::min(rows, begin + kStep); ++i)
      act(i);
  }
}

/// Sorts `order` by one digit into `sorted`; equal digits keep their order.
void sort_by_digit(const Ranks& ranks, int shift, const std::vector<RowNumber>& order,
                   std::vector<RowNumber>& sorted, const Interrupt& interrupt) {
  const auto digit_of = [&](RowNumber row) { return (ranks[row] >> shift) & (kDigits - 1); };
  std::array<std::size_t, kDigits> places{};
  for_each_row(order.size(), interrupt,
               [&](std::size_t row) { ++places[digit_of(static_cast<RowNumber>(row))]; });
  std::exclusive_scan(places.begin(), places.end(), places.begin(), std::size_t{0});
  for_each_row(order.size(), interrupt,
               [&](std::size_t i) { sorted[places[digit_of(order[i])]++] = order[i]; });
}

}  // namespace

std::vector<RowNumber> order_by_ranks(const std::vector<Ranks>& keys, std::size_t rows,
                                      const Interrupt& interrupt) {
  std::vector<RowNumber> order, sorted;
  assign_in_parts(sorted, rows, RowNumber{0}, interrupt);
  order.reserve(rows);
  for_each_row(rows, interrupt,
               [&](std::size_t row) { order.push_back(static_cast<RowNumber>(row)); });
  for (auto ranks = keys.rbegin(); ranks != keys.rend() && rows > 0; ++ranks) {
    interrupt.check();
    const int bits = std::bit_width(*std::max_element(ranks->begin(), ranks->end()));
    for (int shift = 0; shift < bits; shift += kDigitBits) {
      sort_by_digit(*ranks, shift, order, sorted, interrupt);
      order.swap(sorted);
    }
  }
  return order;
}

}  // namespace tripten
