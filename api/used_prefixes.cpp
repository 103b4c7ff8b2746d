#include "api/used_prefixes.h"

#include <utility>

#include "rdf/known_prefixes.h"

namespace tripten {

UsedPrefixes::UsedPrefixes(const QueryTerms& terms, std::map<std::string, std::string> others)
    : terms_(terms),
      others_(std::move(others)) {}

void UsedPrefixes::add(TermId id) {
  const bool may_be_iri = id.is_iri() || id.kind() == IdKind::Local;
  if ((!may_be_iri && others_.empty()) || !seen_.insert(id).second) return;
  const TermView term = terms_.get(id, scratch_);
  if (term.kind == TermKind::Iri) {
    add_those_of(others_, term.value);
    add_those_of(known_prefixes(), term.value);
  } else if (!term.datatype.empty()) {
    add_those_of(others_, term.datatype);
  }
}

void UsedPrefixes::add_those_of(const std::map<std::string, std::string>& candidates,
                                std::string_view iri) {
  for (const auto& [prefix, start] : candidates)
    if (iri.starts_with(start)) used_.emplace(prefix, start);
}

}  // namespace tripten
