// What a query that takes long says on standard error, where that is a terminal.
#pragma once

#include <functional>

#include "tripten/tripten.h"

namespace tripten::shell {

/// "4.2 M rows read of about 12 M (35 %)  2.1 M/s  210 MB  spilt 1.2 GB  3.4 s"
std::string progress_text(const QueryProgress& progress, std::chrono::nanoseconds time);

/// For QueryOptions::progress: a line that begins after two seconds, and goes when the last copy of
/// the function does. Empty where nobody would see it.
std::function<void(const QueryProgress&)> shown_progress();

}  // namespace tripten::shell
