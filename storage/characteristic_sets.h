// CharacteristicSets: which predicates subjects have together, and how many quads of each
// (Neumann and Moerkotte, "Characteristic Sets: Accurate Cardinality Estimation for RDF Queries
// with Multiple Joins", ICDE 2011).
//
// The subjects of a set have exactly its predicates. The most frequent sets are kept; the subjects
// of all others are one group, the rest, of which only the subjects and quads of each predicate are
// known. Of a base, the delta is not in them. Immutable.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "storage/quad.h"

namespace tripten {

constexpr std::size_t kMostCharacteristicSets = 4096;

class CharacteristicSets {
 public:
  struct Predicate {
    TermId id;
    std::uint64_t quads = 0, subjects = 0;
    friend bool operator==(const Predicate&, const Predicate&) = default;
  };
  struct Group {
    std::uint64_t subjects = 0;
    std::vector<Predicate> predicates{};  ///< By id.
    const Predicate* find(TermId id) const;
    friend bool operator==(const Group&, const Group&) = default;
  };

  CharacteristicSets() = default;
  CharacteristicSets(std::vector<Group> sets, Group rest)
      : sets_(std::move(sets)),
        rest_(std::move(rest)) {}

  /// By falling number of subjects.
  const std::vector<Group>& sets() const { return sets_; }
  const Group& rest() const { return rest_; }

  /// Solutions expected of { ?s p1 ?o1 ; p2 ?o2 ; ... }.
  double star_rows(std::span<const TermId> predicates) const;

  /// As storage/format.h has them, in chunks without checksums; and back.
  std::vector<std::string> encode() const;
  /// Adds a chunk; throws Corrupt where it is none.
  void add_chunk(std::string_view chunk);

  friend bool operator==(const CharacteristicSets& a, const CharacteristicSets& b) {
    return a.sets_ == b.sets_ && a.rest_ == b.rest_;
  }

 private:
  std::vector<Group> sets_{};
  Group rest_{};
  bool has_rest_ = false;  // while chunks are added
};

/// Finds the sets while the rows of the order Spog go by, in bounded memory.
class CharacteristicSetCounter {
 public:
  void add(const Quad& row) {
    if (row.terms[0] != subject_) {
      finish_subject();
      subject_ = row.terms[0];
    }
    if (quads_.empty() || row.terms[1] != predicates_.back()) {
      predicates_.push_back(row.terms[1]);
      quads_.push_back(0);
    }
    ++quads_.back();
  }
  CharacteristicSets finish();

 private:
  struct Hash {
    std::size_t operator()(const std::vector<TermId>& predicates) const noexcept;
  };
  struct Counts {
    std::uint64_t subjects = 0;
    std::vector<std::uint64_t> quads{};  // by predicate
  };

  void finish_subject();
  void add_to_rest(const std::vector<TermId>& predicates, const Counts& counts);

  TermId subject_{};
  std::vector<TermId> predicates_{};    // of the subject at hand
  std::vector<std::uint64_t> quads_{};  // of each of them
  std::unordered_map<std::vector<TermId>, Counts, Hash> sets_{};
  std::uint64_t rest_subjects_ = 0;
  std::map<TermId, CharacteristicSets::Predicate> rest_{};
};

}  // namespace tripten
