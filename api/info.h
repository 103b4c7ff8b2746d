// Counts of a view with labels, for people.
#pragma once

#include "tripten/tripten.h"

#include "storage/store.h"

namespace tripten {

Info info_of(const StoreView& view, const StoreStatistics& statistics);

}  // namespace tripten
