// Fault points: named places between two steps that a crash must not separate for good.
//
// A test sets an action that kills the process there, or throws as a failing step would; without a
// test a fault point costs one relaxed load. tests/crash reads the names out of the sources and
// fails where one is never reached: a new one needs no entry in any list.
#pragma once

#include <atomic>

namespace tripten {

/// Called with the place's name. May end the process or throw an Error.
using FaultAction = void (*)(const char* place);
inline std::atomic<FaultAction> fault_action{nullptr};

inline void fault_point(const char* place) {
  if (const FaultAction action = fault_action.load(std::memory_order_relaxed)) action(place);
}

}  // namespace tripten
