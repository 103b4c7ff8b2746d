// The commonest objects of a predicate.
#pragma once

#include <cstdint>
#include <vector>

#include "query/guidance/data_summary.h"
#include "query/guidance/deadline.h"
#include "storage/store.h"

namespace tripten {

struct ValueCount {
  TermId value{};
  std::uint64_t quads = 0;
};

/// At most `most`, by falling count. All groups are counted where there are few; else those that a
/// sample of the quads shows, each of them exactly.
std::vector<ValueCount> common_values(const StoreView& view, const CountedName& predicate,
                                      std::size_t most, const Deadline& deadline);

}  // namespace tripten
