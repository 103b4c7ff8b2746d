#include "query/expr/inline_number.h"

#include "storage/inline_term.h"

namespace tripten {
namespace {

__extension__ typedef __int128 Wide;

constexpr std::int64_t kDecimalScale = 100'000'000;
constexpr int kDecimalDigits = 8;

bool is_exact(IdKind kind) {
  return kind == IdKind::Integer || kind == IdKind::Decimal;
}

/// The value times 10^8.
Wide scaled(TermId id) {
  if (id.kind() == IdKind::Decimal) return inline_decimal_scaled(id);
  return static_cast<Wide>(inline_integer(id)) * kDecimalScale;
}

/// The nearest double; nothing for decimals of more than 53 bits, whose quotient rounds twice.
std::optional<double> to_double(TermId id) {
  constexpr std::int64_t kExact = std::int64_t{1} << 53;
  switch (id.kind()) {
    case IdKind::Double:
    case IdKind::PlainDouble:
      return inline_double(id);
    case IdKind::Integer:
      return static_cast<double>(inline_integer(id));
    case IdKind::Decimal: {
      const std::int64_t value = inline_decimal_scaled(id);
      if (value > kExact || value < -kExact) return std::nullopt;
      return static_cast<double>(value) / static_cast<double>(kDecimalScale);
    }
    default:
      return std::nullopt;
  }
}

}  // namespace

std::optional<Number> inline_number(TermId id) {
  switch (id.kind()) {
    case IdKind::Integer:
      return Number::of_integer(inline_integer(id));
    case IdKind::Decimal:
      return Number::of_decimal(Decimal(inline_decimal_scaled(id), kDecimalDigits));
    case IdKind::Double:
    case IdKind::PlainDouble:
      return Number::of_double(inline_double(id));
    default:
      return std::nullopt;
  }
}

std::optional<std::partial_ordering> compare_inline_numbers(TermId left, TermId right) {
  if (is_exact(left.kind()) && is_exact(right.kind())) return scaled(left) <=> scaled(right);
  const auto a = to_double(left), b = to_double(right);
  if (!a || !b) return std::nullopt;
  return *a <=> *b;
}

}  // namespace tripten
