// Work for several threads at once, waited for.
#pragma once

#include <cstddef>
#include <functional>

namespace tripten {

/// Calls `work` with 0 to `threads` - 1, each in a thread of its own, 0 in this one, and returns
/// when all have ended. Throws what the lowest number threw that threw anything.
void in_threads(std::size_t threads, const std::function<void(std::size_t number)>& work);

/// The threads that this machine runs at once, at least 1.
std::size_t processor_threads();

}  // namespace tripten
