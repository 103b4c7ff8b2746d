// EntityNames: which gene, chemical or disease a word stands for, where only one does.
//
// The index of keyword resolution: names of entities, exactly as written, each with the organism
// that it holds for. Nothing here prefers one kind of name to another, and nothing guesses.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "import/importer.h"

namespace tripten {

/// A number for an entity, dense from 0.
using EntityNumber = std::uint32_t;

class EntityNames {
 public:
  /// What the names say of an entity.
  struct Entity {
    EntityKind kind = EntityKind::Gene;
    std::string iri{};
    bool is_labelled = false;  ///< It has a name, so it needs no other label.
  };

  /// The number of an entity, new or known; its first kind stays.
  EntityNumber entity(EntityKind kind, std::string_view iri);
  /// The number of an entity that is known by now.
  std::optional<EntityNumber> known(std::string_view iri) const;
  /// `taxon` is a number of the NCBI taxonomy; empty: the name holds for every organism.
  void add_name(EntityNumber entity, std::string_view name, std::string_view taxon);

  /// The one entity that has this name in one of the organisms (of `kind`, where one is given).
  std::optional<EntityNumber> only_one(std::string_view name, const std::vector<std::string>& taxa,
                                       std::optional<EntityKind> kind = {}) const;
  /// Whether one of `entities` (sorted) has this name, whatever the organism.
  bool names_one_of(std::string_view name, const std::vector<EntityNumber>& entities) const;

  const Entity& operator[](EntityNumber entity) const { return entities_[entity]; }

 private:
  struct Candidate {
    EntityNumber entity = 0;
    std::uint32_t taxon = 0;  // place in taxa_; 0 is every organism
    friend bool operator==(const Candidate&, const Candidate&) = default;
  };

  std::vector<Entity> entities_{};
  std::unordered_map<std::string, EntityNumber> numbers_{};  // by IRI
  std::unordered_map<std::string, std::vector<Candidate>> by_name_{};
  std::map<std::string, std::uint32_t, std::less<>> taxa_{{"", 0}};
};

}  // namespace tripten
