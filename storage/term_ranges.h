// TermRanges: which ids stand for the terms of an interval or with a prefix.
//
// Inside a run of the dictionary ids are in the order of their encoded terms (rdf/term_codec.h), so
// that an interval of terms is an interval of ids there, and a filter needs no strings. Terms that
// came by transactions are in no run: they must be looked at.
//
//   ids of the kind    ....[  run 1    ]..[ run 2 ]......
//   ordered                 |---------|    |-----|
//   inside                     |---|        |-|             the terms of the interval
#pragma once

#include <algorithm>
#include <vector>

#include "storage/term_id.h"

namespace tripten {

struct IdRange {
  TermId first{}, end{};  ///< [first, end)
  bool contains(TermId id) const { return first <= id && id < end; }
  friend bool operator==(const IdRange&, const IdRange&) = default;
};

enum class InRange { No, Yes, LookAtTerm };

/// All ids are of one kind; both lists ascend.
struct TermRanges {
  std::vector<IdRange> inside{};   ///< Exactly the terms of the runs that are meant; none is empty.
  std::vector<IdRange> ordered{};  ///< All ids of the runs.

  /// Whether the term of an id of the kind is meant.
  InRange find(TermId id) const {
    const auto is_in = [&](const std::vector<IdRange>& ranges) {
      return std::any_of(ranges.begin(), ranges.end(),
                         [&](const IdRange& range) { return range.contains(id); });
    };
    if (is_in(inside)) return InRange::Yes;
    return is_in(ordered) ? InRange::No : InRange::LookAtTerm;
  }
};

}  // namespace tripten
