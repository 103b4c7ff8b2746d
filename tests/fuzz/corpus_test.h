// The fuzzers' targets by their names, for the test that runs what is kept.
#pragma once

#include <string_view>
#include <vector>

namespace tripten {

struct FuzzTarget {
  std::string_view name;
  void (*run)(std::string_view input);
};

std::vector<FuzzTarget> fuzz_targets();

}  // namespace tripten
