// What a database holds, as text for a person.
#pragma once

#include <iosfwd>

#include "tripten/tripten.h"

namespace tripten::shell {

/// `all` lists every graph, predicate and class; otherwise the first twenty.
void write_info(std::ostream& out, const Info& info, bool all);

}  // namespace tripten::shell
