// Terms of all kinds, and a store where ids of some of them are in the order of the terms.
#pragma once

#include <vector>

#include "storage/store.h"

namespace tripten {

/// Terms of all kinds, with values that are near to each other.
std::vector<Term> different_terms();

/// A store in which some of the terms came by a load and others by a transaction.
struct LoadedTerms {
  explicit LoadedTerms(const std::vector<Term>& terms);

  StorePtr store = Store::in_memory({});
  SnapshotPtr snapshot{};
  std::vector<TermId> ids{};
};

}  // namespace tripten
