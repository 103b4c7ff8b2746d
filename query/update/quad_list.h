// QuadList: quads that an operation has settled on before it changes anything, charged to the
// memory budget.
#pragma once

#include <algorithm>
#include <vector>

#include "base/memory_budget.h"
#include "storage/quad.h"

namespace tripten {

class QuadList {
 public:
  explicit QuadList(MemoryBudget& budget) : lease_(budget) {}

  /// Throws Limit where the budget has no room.
  void add(const Quad& quad) {
    if (quads_.size() == quads_.capacity()) {
      const std::size_t wanted = std::max<std::size_t>(64, quads_.size() * 2);
      lease_.resize(wanted * sizeof(Quad));
      quads_.reserve(wanted);
    }
    quads_.push_back(quad);
  }

  auto begin() const { return quads_.begin(); }
  auto end() const { return quads_.end(); }
  bool empty() const { return quads_.empty(); }

 private:
  std::vector<Quad> quads_{};
  MemoryLease lease_;
};

}  // namespace tripten
