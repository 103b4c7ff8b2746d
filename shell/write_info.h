// What a database holds, as text for a person.
#pragma once

#include <functional>
#include <iosfwd>
#include <string>
#include <string_view>

#include "tripten/tripten.h"

namespace tripten::shell {

/// `all` lists every graph, predicate and class; otherwise the first twenty, and `how_all` says
/// what lists the rest. `names` makes the texts of IRIs.
void write_info(std::ostream& out, const Info& info, bool all, std::string_view how_all,
                const std::function<std::string(const Term&)>& names);

}  // namespace tripten::shell
