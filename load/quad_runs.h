// QuadRuns: sorted runs of quads on the disk, one order at a time, and their merge.
//
// A run is packed as the store packs blocks (two to three bytes a quad), each block with its size
// in front, so that runs of all orders take less room than the quads once.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <vector>

#include "base/spill_file.h"
#include "storage/quad.h"

namespace tripten {

class QuadRuns {
 public:
  explicit QuadRuns(const std::filesystem::path& folder) : file_(folder) {}

  /// One more run: replaces its argument by the next rows until false; sorted and distinct.
  void add(const std::function<bool(std::vector<Quad>&)>& rows);

  /// Calls that each replace their argument by the next rows of all runs, merged; false at the end.
  /// The runs must outlive it.
  std::function<bool(std::vector<Quad>&)> merge() const;

 private:
  struct Run {
    std::uint64_t begin = 0, end = 0;  // in file_
  };
  class Reader;
  class Merge;

  SpillFile file_;
  std::vector<Run> runs_{};
};

}  // namespace tripten
