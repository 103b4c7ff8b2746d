// Terms of the data by how they begin, and what bears a label.
//
// Terms that came by loads are in order in the dictionary: a prefix is a range of ids. Terms of
// later updates are in no order: they are found among subjects and objects (IRIs) or labels
// (strings) whose ids no run of the dictionary has, as many as there is time for.
#pragma once

#include <functional>
#include <string_view>

#include "query/guidance/data_summary.h"
#include "query/guidance/deadline.h"
#include "storage/store.h"

namespace tripten {

/// Calls `found` for ids of the kind whose texts begin with `prefix` until it returns false or the
/// time is up: then the result is false. Strings and tagged strings by their lexical forms. Terms
/// of the dictionary need not be in use.
bool terms_with_prefix(const StoreView& view, const DataSummary& summary, IdKind kind,
                       std::string_view prefix, const Deadline& deadline,
                       const std::function<bool(TermId)>& found);

/// Calls `found` for subjects, each with the label, whose labels begin so.
bool labelled_with_prefix(const StoreView& view, const DataSummary& summary,
                          std::string_view prefix, const Deadline& deadline,
                          const std::function<bool(TermId subject, TermId label)>& found);

/// The same for labels that are exactly `name`, in any language.
bool labelled_exactly(const StoreView& view, const DataSummary& summary, std::string_view name,
                      const Deadline& deadline,
                      const std::function<bool(TermId subject, TermId label)>& found);

}  // namespace tripten
