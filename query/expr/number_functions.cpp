// Functions on numbers (§17.4.4), and the signs.
#include <random>

#include "query/expr/node.h"

namespace tripten {
namespace {

using NumberFunction = Number (*)(const Number&);
template <NumberFunction function>
Value apply(Frame& frame, std::span<Operand> arguments) {
  const Number* const number = arguments[0].number();
  return number ? frame.number(function(*number)) : Value();
}

Number unchanged(const Number& value) {
  return value;
}

/// In [0, 1): 53 random bits.
FunctionTraits random_function() {
  std::random_device device;
  std::seed_seq words{device(), device(), device(), device()};
  return {[random = std::mt19937_64(words)](Frame& frame, std::span<Operand>) mutable {
    return frame.number(Number::of_double(static_cast<double>(random() >> 11) * 0x1p-53));
  }};
}

}  // namespace

FunctionTraits number_function(Function function) {
  switch (function) {
    case Function::UnaryMinus:
      return {apply<negate>};
    case Function::UnaryPlus:
      return {apply<unchanged>};
    case Function::Abs:
      return {apply<absolute>};
    case Function::Round:
      return {apply<round>};
    case Function::Ceil:
      return {apply<ceiling>};
    case Function::Floor:
      return {apply<floor>};
    case Function::Rand:
      return random_function();
    default:
      return {};
  }
}

}  // namespace tripten
