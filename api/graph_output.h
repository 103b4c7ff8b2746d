// The answers of CONSTRUCT and DESCRIBE as documents.
//
// Turtle and TriG are for people, too: the first triples, as many as are held back for it, come
// with those of one subject together, and of these with those of one predicate, each where it first
// came. They also decide which prefixes are declared.
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <iosfwd>
#include <map>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

#include "tripten/solutions.h"

#include "api/answer_copy.h"
#include "query/plan/query_run.h"

namespace tripten {

constexpr std::size_t kGroupedTriples = 10'000;

/// The order of the first kGroupedTriples of `triples` triples that puts those of one subject
/// together, then those of one predicate; the others stay. `subject` and `predicate` give what is
/// equal when the terms of a triple are.
template <typename Key>
std::vector<std::uint32_t> grouped_triples(
    std::size_t triples, const std::function<const Key&(std::size_t)>& subject,
    const std::function<const Key&(std::size_t)>& predicate) {
  std::map<Key, std::size_t> first_of_subject;
  std::map<std::pair<std::size_t, Key>, std::size_t> first_of_pair;
  std::vector<std::pair<std::size_t, std::size_t>> places;
  for (std::size_t i = 0; i < std::min(triples, kGroupedTriples); ++i) {
    const std::size_t of_subject = first_of_subject.try_emplace(subject(i), i).first->second;
    places.emplace_back(of_subject,
                        first_of_pair.try_emplace({of_subject, predicate(i)}, i).first->second);
  }
  std::vector<std::uint32_t> order(triples);
  std::iota(order.begin(), order.end(), 0U);
  std::stable_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(places.size()),
                   [&](std::uint32_t a, std::uint32_t b) { return places[a] < places[b]; });
  return order;
}

/// Writes the rows of `batch` from `first` on, and all that follow. How many there were. Prefixes
/// of the query, others and known ones are declared where the first triples use them; those of the
/// query in any case where more follow.
std::uint64_t write_graph(std::ostream& out, Format format, QueryRun& run, Batch& batch,
                          std::size_t first, const std::map<std::string, std::string>& of_query,
                          const std::map<std::string, std::string>& others, AnswerCopy& copy);

}  // namespace tripten
