// check(): our own bugs, found on cold paths and always on.
#pragma once

#include <string>

#include "tripten/error.h"

namespace tripten {

/// Throws Internal with `what` (a sentence) where `holds` is false.
inline void check(bool holds, const char* what) {
  if (!holds) throw Error(ErrorCode::Internal, std::string("internal error: ") + what);
}

}  // namespace tripten
