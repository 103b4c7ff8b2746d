// KnownValues: how many different values the variables of patterns take, as the queries of one
// database found out.
//
// Finding out reads the first rows of a pattern, and blocks all over its range: half of the time
// that planning takes. What was found holds while the pattern has about as many quads, which is
// counted anew each time, from metadata. It is an estimate alone: a transaction that was undone, or
// a compaction, may leave figures of ids that nobody asks for again.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <shared_mutex>

#include "storage/quad.h"

namespace tripten {

/// Shared: all threads may ask one. Holds at most kMostPatterns figures a position (1 MB in all).
class KnownValues {
 public:
  static constexpr std::uint64_t kFewestQuads = 64;  ///< Of patterns that are worth it.
  static constexpr std::size_t kMostPatterns = 4096;

  /// The different values at a position (0 subject .. 2 object) of a pattern that has so many quads
  /// now; nothing where it had more than a tenth more or less of them then.
  std::optional<double> find(const QuadPattern& triple, std::size_t position,
                             std::uint64_t quads) const;
  void note(const QuadPattern& triple, std::size_t position, std::uint64_t quads, double values);

 private:
  struct Figure {
    std::uint64_t quads = 0;
    double values = 0;
  };
  mutable std::shared_mutex mutex_{};
  std::array<std::map<Quad, Figure>, 3> figures_{};
};

}  // namespace tripten
