// A view's quads as an RDF document.
#pragma once

#include <iosfwd>

#include "tripten/format.h"
#include "tripten/term.h"

#include "base/interrupt.h"
#include "storage/store.h"

namespace tripten {

/// See Snapshot::dump(). Quads come sorted by graph, subject, predicate and object id.
void dump_view(const StoreView& view, std::ostream& out, Format format, const Term& graph,
               const Interrupt& interrupt);

}  // namespace tripten
