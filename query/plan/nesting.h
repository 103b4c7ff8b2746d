// Nesting: how deep plans run inside plans, each made while the one around it runs: an EXISTS
// inside an EXISTS, a LATERAL inside a LATERAL.
#pragma once

#include "tripten/error.h"

namespace tripten {

/// One level more for as long as it lives.
class Nesting {
 public:
  static constexpr int kDeepest = 16;

  explicit Nesting(int& depth) : depth_(depth) {
    if (++depth_ <= kDeepest) return;
    --depth_;
    throw Error(ErrorCode::Limit, "the query nests EXISTS and LATERAL too deeply");
  }
  ~Nesting() { --depth_; }
  Nesting(const Nesting&) = delete;
  Nesting& operator=(const Nesting&) = delete;

 private:
  int& depth_;
};

}  // namespace tripten
