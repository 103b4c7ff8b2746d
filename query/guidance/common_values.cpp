#include "query/guidance/common_values.h"

#include <algorithm>
#include <unordered_map>

namespace tripten {

namespace {

constexpr std::uint64_t kFewObjects = 256;
constexpr std::size_t kPlaces = 16;
constexpr std::size_t kRowsAPlace = 128;
/// Values that are counted even where the time is up.
constexpr std::size_t kLeast = 4;

void sort_and_cut(std::vector<ValueCount>& values, std::size_t most) {
  std::sort(values.begin(), values.end(), [](const ValueCount& a, const ValueCount& b) {
    return a.quads != b.quads ? a.quads > b.quads : a.value < b.value;
  });
  if (values.size() > most) values.resize(most);
}

/// Each object by a jump to the next one.
std::vector<ValueCount> all_values(const StoreView& view, TermId predicate,
                                   const Deadline& deadline) {
  constexpr std::size_t kLookedAt = 64;
  std::vector<ValueCount> values;
  QuadScan scan =
      view.scan(QuadOrder::Posg, QuadPattern{{kUnbound, predicate, kUnbound, kUnbound}});
  QuadColumns rows;
  while (!deadline.passed() && scan.next(rows, kLookedAt)) {
    for (const TermId object : rows.columns[1]) {
      if (values.empty() || values.back().value != object) values.push_back({object, 0});
      ++values.back().quads;
    }
    ValueCount& last = values.back();
    if (last.quads < kLookedAt) continue;
    last.quads = view.count(QuadPattern{{kUnbound, predicate, last.value, kUnbound}});
    scan.seek({{predicate, TermId(last.value.bits() + 1), kUnbound, kUnbound}});
  }
  return values;
}

/// The objects of quads in several places, by subjects, which knows no order of objects.
std::vector<ValueCount> sampled_values(const StoreView& view, TermId predicate,
                                       const Deadline& deadline) {
  const QuadPattern pattern{{kUnbound, predicate, kUnbound, kUnbound}};
  std::unordered_map<TermId, std::uint64_t> seen;
  QuadScan scan = view.scan(QuadOrder::Psog, pattern);
  QuadColumns rows;
  const auto take = [&] {
    if (!scan.next(rows, kRowsAPlace)) return;
    for (const TermId object : rows.columns[2])
      ++seen[object];
  };
  take();
  for (const TermId point : view.split_points(QuadOrder::Psog, pattern, kPlaces)) {
    if (deadline.passed()) break;
    scan.seek({{predicate, point, kUnbound, kUnbound}});
    take();
  }
  std::vector<ValueCount> values;
  for (const auto& [value, count] : seen)
    values.push_back({value, count});
  return values;
}

}  // namespace

std::vector<ValueCount> common_values(const StoreView& view, const CountedName& predicate,
                                      std::size_t most, const Deadline& deadline) {
  std::vector<ValueCount> values;
  if (predicate.objects <= kFewObjects) {
    values = all_values(view, predicate.id, deadline);
  } else {
    values = sampled_values(view, predicate.id, deadline);
    sort_and_cut(values, most);
    std::size_t counted = 0;
    for (; counted < values.size() && (counted < kLeast || !deadline.passed()); ++counted)
      values[counted].quads =
          view.count(QuadPattern{{kUnbound, predicate.id, values[counted].value, kUnbound}});
    values.resize(counted);
  }
  sort_and_cut(values, most);
  return values;
}

}  // namespace tripten
