#include "api/used_prefixes.h"

#include "rdf/known_prefixes.h"

namespace tripten {

void UsedPrefixes::add(TermId id) {
  const bool may_be_iri = id.is_iri() || id.kind() == IdKind::Local;
  if (!may_be_iri || !seen_.insert(id).second) return;
  const TermView term = terms_.get(id, scratch_);
  if (term.kind != TermKind::Iri) return;
  for (const auto& [prefix, start] : known_prefixes())
    if (term.value.starts_with(start)) used_.emplace(prefix, start);
}

}  // namespace tripten
