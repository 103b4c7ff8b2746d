// Quads of a load before their terms have ids: numbers of a part's own terms.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace tripten {

/// Counts the different terms of one part in the order they came. Below kFirstInline the terms that
/// go to the dictionary and the blank nodes, from there on the terms whose ids hold their value.
using TermNumber = std::uint32_t;
constexpr TermNumber kFirstInline = TermNumber{1} << 31;

/// Subject, predicate, object, graph.
using NumberedQuad = std::array<TermNumber, 4>;

/// Many of them, in chunks: growing never copies, so that it never needs the memory twice.
class NumberedQuads {
 public:
  void add(const NumberedQuad& quad) {
    if (chunks_.empty() || chunks_.back().size() == kChunkQuads) {
      chunks_.emplace_back();
      chunks_.back().reserve(kChunkQuads);
    }
    chunks_.back().push_back(quad);
  }

  bool empty() const { return chunks_.empty(); }
  std::size_t size() const {
    return empty() ? 0 : (chunks_.size() - 1) * kChunkQuads + chunks_.back().size();
  }
  std::size_t memory() const { return chunks_.size() * kChunkQuads * sizeof(NumberedQuad); }
  /// May be moved out one by one.
  std::vector<std::vector<NumberedQuad>>& chunks() { return chunks_; }

 private:
  static constexpr std::size_t kChunkQuads = 1 << 12;

  std::vector<std::vector<NumberedQuad>> chunks_{};
};

}  // namespace tripten
