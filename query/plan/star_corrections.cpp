#include "query/plan/star_corrections.h"

#include <algorithm>
#include <bit>

#include "storage/characteristic_sets.h"

namespace tripten {

namespace {

/// Further patterns of a star are taken to be independent: subsets are many.
constexpr std::size_t kMostMembers = 10;

double product_over(std::uint32_t members, const std::vector<double>& values, double divisor) {
  double product = 1;
  for (; members != 0; members &= members - 1)
    product *= values[static_cast<std::size_t>(std::countr_zero(members))] / divisor;
  return product;
}

}  // namespace

StarCorrections::StarCorrections(const std::vector<JoinInput>& inputs, const StoreView* view)
    : members_(inputs.size()) {
  if (!view) return;
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    if (!inputs[i].star) continue;
    std::vector<TermId>& predicates = stars_[inputs[i].star->variable].predicates;
    if (predicates.size() == kMostMembers) continue;
    members_[i] = std::uint32_t{1} << predicates.size();
    predicates.push_back(inputs[i].star->predicate);
  }
  std::erase_if(stars_, [](const auto& star) { return star.second.predicates.size() < 2; });
  for (auto& [variable, star] : stars_)
    fill(star, view->characteristic_sets());
}

void StarCorrections::fill(Star& star, const CharacteristicSets& sets) {
  const std::size_t count = star.predicates.size();
  star.quads.resize(count);
  star.subjects.resize(count);
  const auto add = [&](const CharacteristicSets::Group& from, Group* fixed) {
    std::uint32_t members = 0;
    std::vector<double> quads(count);
    for (std::size_t i = 0; i < count; ++i)
      if (const auto* predicate = from.find(star.predicates[i])) {
        members |= std::uint32_t{1} << i;
        quads[i] = static_cast<double>(predicate->quads);
        star.quads[i] += quads[i];
        star.subjects[i] += static_cast<double>(predicate->subjects);
      }
    if (members == 0) return;
    Group& group = fixed ? *fixed : star.groups[members];
    group.quads.resize(count);
    group.subjects += static_cast<double>(from.subjects);
    for (std::size_t i = 0; i < count; ++i)
      group.quads[i] += quads[i];
  };
  for (const CharacteristicSets::Group& set : sets.sets())
    add(set, nullptr);
  add(sets.rest(), &star.rest);
}

double StarCorrections::compute(const Star& star, std::uint32_t members) {
  double rows = 0;
  for (const auto& [has, group] : star.groups)
    if ((has & members) == members)
      rows += group.subjects * product_over(members, group.quads, group.subjects);
  if (star.rest.subjects > 0)
    rows += star.rest.subjects * product_over(members, star.rest.quads, star.rest.subjects);
  double fewest = 0;
  for (std::uint32_t left = members; left != 0; left &= left - 1) {
    const double subjects = star.subjects[static_cast<std::size_t>(std::countr_zero(left))];
    if (subjects == 0) return 1;  // the base knows nothing of the predicate
    fewest = fewest == 0 ? subjects : std::min(fewest, subjects);
  }
  const double independent =
      product_over(members, star.quads, 1) / (product_over(members, star.subjects, 1) / fewest);
  constexpr double kLeastRows = 0.5, kMostOff = 1e9;  // the delta may have some
  return std::clamp(std::max(rows, kLeastRows) / independent, 1 / kMostOff, kMostOff);
}

double StarCorrections::factor(std::size_t variable, std::uint32_t members) {
  if (std::has_single_bit(members) || members == 0) return 1;
  const auto star = stars_.find(variable);
  if (star == stars_.end()) return 1;
  const auto [found, is_new] = star->second.factors.try_emplace(members, 1.0);
  if (is_new) found->second = compute(star->second, members);
  return found->second;
}

}  // namespace tripten
