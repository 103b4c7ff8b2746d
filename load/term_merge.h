// Giving the terms of a load their ids: the parts' sorted terms merged into one ascending sequence.
#pragma once

#include <vector>

#include "base/interrupt.h"
#include "load/sorted_part.h"
#include "storage/generation_builder.h"

namespace tripten {

/// Each different term goes to `builder` once, in order; blank nodes get numbers of their own. All
/// parts know their terms' ids then, and have forgotten the terms.
void number_terms(std::vector<SortedPart>& parts, GenerationBuilder& builder,
                  const Interrupt* interrupt);

}  // namespace tripten
