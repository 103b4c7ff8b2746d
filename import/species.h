// Names of species → their numbers in the NCBI taxonomy.
#pragma once

#include <string_view>

namespace tripten {

/// The taxon's number ("9606" for "Homo sapiens"); empty for a name that the table lacks. Exact
/// scientific names, as figure files write them.
std::string_view taxon_of_species(std::string_view name);

}  // namespace tripten
