// RowNames: the names of genes, chemicals and diseases that one row of a table states.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "import/entity_names.h"
#include "rdf/statement.h"

namespace tripten {

/// Watches the statements of a row; at its end, `?x a pf:Gene ; rdfs:label "PTEN"` has become a
/// name in the index, for the organism that the row states of ?x, or for every one.
class RowNames {
 public:
  explicit RowNames(EntityNames& names) : names_(names) {}

  /// Whether statements with this predicate matter: columns ask once.
  static bool watches(std::string_view predicate);
  void add(std::string_view subject, std::string_view predicate, const TermView& object);
  void end_row();

 private:
  struct Fact {
    enum class Kind : std::uint8_t { Type, Name, Taxon };
    Kind kind = Kind::Name;
    EntityKind type = EntityKind::Gene;
    std::string subject{};
    std::string text{};
  };

  EntityNames& names_;
  std::vector<Fact> facts_{};
};

}  // namespace tripten
