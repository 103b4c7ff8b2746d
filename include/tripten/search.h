// Finding things by what they are called.
#pragma once

#include <chrono>
#include <cstddef>
#include <stop_token>
#include <string>
#include <vector>

#include "tripten/term.h"

namespace tripten {

/// A literal of the data that a word was found in, and what bears it.
struct Found {
  Term subject{};
  Term predicate{};  ///< Unbound in what Snapshot::named() finds.
  Term literal{};
  bool is_label = false;  ///< The predicate is one of names: rdfs:label, skos:prefLabel, ...
  friend bool operator==(const Found&, const Found&) = default;
};

struct SearchOptions {
  std::size_t most = 50;  ///< Found.
  /// Then what was found till then is the answer.
  std::chrono::milliseconds time{2000};
  std::stop_token stop{};
};

struct SearchResult {
  std::vector<Found> found{};  ///< Labels first, of these exact ones, then those that begin so.
  bool complete = true;        ///< Time or number ended the search: there may be more.
};

}  // namespace tripten
