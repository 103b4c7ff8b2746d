// NearestIri: which name of the data a wrong IRI was probably meant to be, and in what they differ.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "query/guidance/data_summary.h"
#include "query/guidance/sparql_names.h"
#include "storage/store.h"

namespace tripten {

/// " (did you mean schema:mentions?)", with what differs where the eye misses it: http for https, a
/// slash at the end, capitals; empty where nothing is near.
std::string did_you_mean_iri(std::string_view iri, const std::vector<CountedName>& names,
                             const SparqlNames& written);

/// The same among all IRIs of the data: those that differ in the scheme, in capitals of the local
/// name or in the character between namespace and name.
std::string did_you_mean_entity(std::string_view iri, const StoreView& view,
                                const SparqlNames& written);

}  // namespace tripten
