// StarCorrections: what characteristic sets know better than independence.
//
// A star is several patterns with one subject variable and constant predicates. The join's formula
// (query/plan/join_order.h) takes the subjects of one predicate for a part of those of the other;
// characteristic sets say how many have both. The correction is the quotient of the two, both of
// all quads of the predicates:
//
//   rows by the sets / (product of quads / product of all numbers of subjects but the smallest)
#pragma once

#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "query/plan/join_order.h"
#include "storage/store.h"

namespace tripten {

class StarCorrections {
 public:
  /// `view` may be null: nothing is corrected.
  StarCorrections(const std::vector<JoinInput>& inputs, const StoreView* view);

  /// The member that an input is of its star, as a bit; 0 where it is none.
  std::uint32_t member(std::size_t input) const { return members_[input]; }

  /// The factor for a set of members of the star around a variable.
  double factor(std::size_t variable, std::uint32_t members);

 private:
  /// Subjects that have the same of a star's predicates.
  struct Group {
    double subjects = 0;
    std::vector<double> quads{};  // by member
  };
  struct Star {
    std::vector<TermId> predicates{};
    std::vector<double> quads{}, subjects{};  // by member
    std::map<std::uint32_t, Group> groups{};  // by the members that they have
    Group rest{};
    std::map<std::uint32_t, double> factors{};
  };

  static void fill(Star& star, const CharacteristicSets& sets);
  static double compute(const Star& star, std::uint32_t members);

  std::vector<std::uint32_t> members_;
  std::map<std::size_t, Star> stars_{};  // by variable
};

}  // namespace tripten
