#include "query/plan/known_values.h"

#include <algorithm>
#include <mutex>

namespace tripten {

namespace {

bool is_near(std::uint64_t now, std::uint64_t then) {
  const std::uint64_t difference = now > then ? now - then : then - now;
  return difference <= then / 10;
}

}  // namespace

std::optional<double> KnownValues::find(const QuadPattern& triple, std::size_t position,
                                        std::uint64_t quads) const {
  const std::shared_lock lock(mutex_);
  const auto found = figures_[position].find(triple);
  if (found == figures_[position].end() || !is_near(quads, found->second.quads))
    return std::nullopt;
  return std::min(found->second.values, static_cast<double>(quads));
}

void KnownValues::note(const QuadPattern& triple, std::size_t position, std::uint64_t quads,
                       double values) {
  const std::unique_lock lock(mutex_);
  auto& figures = figures_[position];
  if (figures.size() >= kMostPatterns) figures.clear();  // what is in use soon comes again
  figures[triple] = {quads, values};
}

}  // namespace tripten
