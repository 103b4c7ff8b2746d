#include "query/optimize/optimize.h"

#include <utility>

namespace tripten {

GraphPattern optimize(GraphPattern pattern) {
  pattern = merge_joins(std::move(pattern));
  pattern = require_optionals(std::move(pattern));
  pattern = sink_joins(std::move(pattern));
  pattern = merge_joins(std::move(pattern));
  pattern = push_filters(std::move(pattern));
  pattern = bind_constants(std::move(pattern));
  pattern = push_distinct(std::move(pattern));
  return pattern;
}

}  // namespace tripten
