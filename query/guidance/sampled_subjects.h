// What a few subjects have: the predicates of a class's instances, or of one subject, with counts.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "query/guidance/deadline.h"
#include "storage/characteristic_sets.h"
#include "storage/store.h"

namespace tripten {

struct PredicateUse {
  TermId predicate{};
  std::uint64_t quads = 0;
};

struct PredicateUses {
  std::vector<PredicateUse> uses{};  ///< By falling count.
  bool estimated = false;            ///< From a sample, scaled up.
};

/// Subjects by the quads that they stand in: instances of a class, or objects of a predicate.
struct SubjectRange {
  QuadOrder order = QuadOrder::Posg;
  QuadPattern pattern{};
  std::size_t column = 0;      ///< Of the order: where they stand.
  std::uint64_t subjects = 0;  ///< How many there are.
};
PredicateUses uses_of_subjects(const StoreView& view, const SubjectRange& range,
                               const Deadline& deadline);

/// Of one subject.
PredicateUses uses_of_subject(const StoreView& view, TermId subject);

/// Of the subjects that have all of `predicates`, by characteristic sets: exact but for the delta
/// and for rare sets; nothing where no set is known.
std::optional<PredicateUses> uses_beside(const StoreView& view, std::span<const TermId> predicates);

}  // namespace tripten
