// Random queries and updates as text, every one valid SPARQL 1.1 by construction.
#pragma once

#include <string>

#include "differential/choices.h"

namespace tripten::test {

/// SELECT, ASK or CONSTRUCT.
std::string random_query(Choices& choices);

/// One to three operations.
std::string random_update(Choices& choices);

}  // namespace tripten::test
