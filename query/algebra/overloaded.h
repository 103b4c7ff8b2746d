// Overloaded: several lambdas as one visitor of a variant.
#pragma once

namespace tripten {

template <typename... Cases>
struct Overloaded : Cases... {
  using Cases::operator()...;
};
template <typename... Cases>
Overloaded(Cases...) -> Overloaded<Cases...>;

}  // namespace tripten
