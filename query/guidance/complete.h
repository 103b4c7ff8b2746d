// Completion of a text that is being typed, from the grammar and from the data.
//
//   text ─ cursor_state ▶ what the grammar takes, what is typed, the triple around the cursor
//        ─ proposers ▶ proposals, the likeliest first, as many as there is time for
#pragma once

#include <string_view>

#include "tripten/completion.h"

#include "query/guidance/data_summary.h"
#include "storage/store.h"

namespace tripten {

Completion complete(const StoreView& view, const DataSummary& summary, std::string_view text,
                    std::size_t cursor, const CompletionOptions& options);

}  // namespace tripten
