// A name's candidates are few (a symbol and its namesakes in other species), so they are searched
// one by one. A name of more than a thousand things says nothing: it is nobody's then.
#include "import/entity_names.h"

#include <algorithm>

namespace tripten {

namespace {

constexpr std::size_t kMostCandidates = 1024;

}  // namespace

EntityNumber EntityNames::entity(EntityKind kind, std::string_view iri) {
  auto [place, is_new] =
      numbers_.try_emplace(std::string(iri), static_cast<EntityNumber>(entities_.size()));
  if (is_new) entities_.push_back({kind, std::string(iri), false});
  return place->second;
}

std::optional<EntityNumber> EntityNames::known(std::string_view iri) const {
  auto found = numbers_.find(std::string(iri));
  if (found == numbers_.end()) return std::nullopt;
  return found->second;
}

void EntityNames::add_name(EntityNumber entity, std::string_view name, std::string_view taxon) {
  if (name.empty()) return;
  entities_[entity].is_labelled = true;
  auto place =
      taxa_.try_emplace(std::string(taxon), static_cast<std::uint32_t>(taxa_.size())).first;
  Candidate candidate{entity, place->second};
  std::vector<Candidate>& candidates = by_name_[std::string(name)];
  if (candidates.size() < kMostCandidates &&
      std::find(candidates.begin(), candidates.end(), candidate) == candidates.end())
    candidates.push_back(candidate);
}

std::optional<EntityNumber> EntityNames::only_one(std::string_view name,
                                                  const std::vector<std::string>& taxa,
                                                  std::optional<EntityKind> kind) const {
  auto found = by_name_.find(std::string(name));
  if (found == by_name_.end() || found->second.size() == kMostCandidates) return std::nullopt;
  std::vector<std::uint32_t> accepted{0};
  for (const std::string& taxon : taxa)
    if (auto place = taxa_.find(taxon); place != taxa_.end()) accepted.push_back(place->second);
  std::optional<EntityNumber> one;
  for (const Candidate& candidate : found->second) {
    if (kind && entities_[candidate.entity].kind != *kind) continue;
    if (std::find(accepted.begin(), accepted.end(), candidate.taxon) == accepted.end()) continue;
    if (one && *one != candidate.entity) return std::nullopt;
    one = candidate.entity;
  }
  return one;
}

bool EntityNames::names_one_of(std::string_view name,
                               const std::vector<EntityNumber>& entities) const {
  auto found = by_name_.find(std::string(name));
  if (found == by_name_.end()) return false;
  return std::any_of(found->second.begin(), found->second.end(), [&](const Candidate& candidate) {
    return std::binary_search(entities.begin(), entities.end(), candidate.entity);
  });
}

}  // namespace tripten
