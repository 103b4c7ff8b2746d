// What the fuzzers share. A target is a function of one input: it may throw Error, and nothing
// else; PropertyBroken says that two answers contradict each other.
//
// The same functions run under libFuzzer (`./dev fuzz`) and, over the inputs that are kept in
// corpus/ and found/, in test_fuzz_corpus.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

#include "tripten/error.h"

namespace tripten {

struct PropertyBroken : std::logic_error {
  using std::logic_error::logic_error;
};

inline void expect(bool holds, const std::string& what) {
  if (!holds) throw PropertyBroken(what);
}

/// Whether the work ends without an Error. Those that blame Tripten, or a place before the first
/// line or column, are findings.
template <typename Work>
bool succeeds(Work work) {
  try {
    work();
  } catch (const Error& error) {
    expect(error.code != ErrorCode::Internal, error.what());
    expect(!error.position || (error.position->first > 0 && error.position->second > 0),
           std::string("a place that is none: ") + error.what());
    return false;
  }
  return true;
}

}  // namespace tripten
