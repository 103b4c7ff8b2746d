#include "query/expr/comparison.h"

#include "query/expr/inline_number.h"
#include "query/expr/node.h"
#include "rdf/language_tag.h"

namespace tripten {
namespace {

Truth truth(bool value) {
  return value ? Truth::True : Truth::False;
}

Truth truth_less(std::partial_ordering order) {
  return truth(order < 0);
}

bool is_same_literal(const TermView& a, const TermView& b) {
  return a.value == b.value && a.datatype == b.datatype && equal_tags(a.language, b.language);
}

bool is_uncertain(const TypedValue& value) {
  return value.value_class >= ValueClass::IllTyped;
}

/// Whether both are xsd:dayTimeDuration or both xsd:yearMonthDuration in value.
bool have_order(const Duration& a, const Duration& b) {
  return (a.months == 0 && b.months == 0) || (a.seconds.sign() == 0 && b.seconds.sign() == 0);
}

Truth equal_in_class(const TypedValue& left, const TypedValue& right) {
  switch (left.value_class) {
    case ValueClass::Number:
      return truth(compare(left.number(), right.number()) == 0);
    case ValueClass::Boolean:
      return truth(left.boolean() == right.boolean());
    case ValueClass::Duration:
      return truth(left.duration() == right.duration());
    case ValueClass::Temporal: {
      if (left.date_time().kind != right.date_time().kind) return Truth::False;
      const auto order = compare(left.date_time(), right.date_time());
      return order == std::partial_ordering::unordered ? Truth::Error : truth(order == 0);
    }
    default:
      return truth(left.term.value == right.term.value);
  }
}

std::strong_ordering order_strings(const TermView& a, const TermView& b) {
  if (const auto order = a.value <=> b.value; order != 0) return order;
  if (const auto order = a.datatype <=> b.datatype; order != 0) return order;
  return a.language <=> b.language;
}

std::strong_ordering to_strong(std::weak_ordering order) {
  return order < 0 ? std::strong_ordering::less
                   : (order > 0 ? std::strong_ordering::greater : std::strong_ordering::equal);
}

std::strong_ordering order_durations(const Duration& a, const Duration& b) {
  if (a.months != b.months) return a.months <=> b.months;
  return a.seconds <=> b.seconds;
}

/// The lowest 12 bits of a date's payload are its zone, and zero where it has none
/// (storage/inline_term.h).
constexpr int kZoneBits = 12;
std::uint64_t zone_of(TermId id) {
  return id.bits() & ((1u << kZoneBits) - 1);
}

/// The order of two ids of one kind that hold their values in this order.
std::optional<std::strong_ordering> compare_same_kind(TermId left, TermId right) {
  switch (left.kind()) {
    case IdKind::Boolean:
    case IdKind::Integer:
    case IdKind::Decimal:
      return left <=> right;
    case IdKind::Date:
    case IdKind::GYear:
      if (zone_of(left) != zone_of(right)) return std::nullopt;
      return left <=> right;
    case IdKind::DateTime:
      // Both are times UTC, or both are local.
      if ((zone_of(left) == 0) != (zone_of(right) == 0)) return std::nullopt;
      return (left.payload() >> kZoneBits) <=> (right.payload() >> kZoneBits);
    default:
      return std::nullopt;
  }
}

/// The order of the values where the ids alone tell it.
std::optional<std::partial_ordering> compare_ids(TermId left, TermId right) {
  if (left.kind() == right.kind())
    if (const auto order = compare_same_kind(left, right)) return *order;
  return compare_inline_numbers(left, right);
}

/// Of the terms that ids of a kind stand for, as far as it is the same for all of them.
std::optional<ValueClass> class_of(IdKind kind) {
  switch (kind) {
    case IdKind::Blank:
      return ValueClass::Blank;
    case IdKind::Iri:
      return ValueClass::Iri;
    case IdKind::String:
      return ValueClass::String;
    case IdKind::Tagged:
      return ValueClass::Tagged;
    case IdKind::Boolean:
      return ValueClass::Boolean;
    case IdKind::Integer:
    case IdKind::Decimal:
    case IdKind::Double:
    case IdKind::PlainDouble:
      return ValueClass::Number;
    case IdKind::Date:
    case IdKind::DateTime:
    case IdKind::GYear:
      return ValueClass::Temporal;
    default:
      return std::nullopt;
  }
}

}  // namespace

Truth equal_values(const TypedValue& left, const TypedValue& right) {
  const ValueClass a = left.value_class, b = right.value_class;
  if (a == ValueClass::Unbound || b == ValueClass::Unbound) return Truth::Error;
  if (a <= ValueClass::Iri || b <= ValueClass::Iri)
    return truth(a == b && left.term.value == right.term.value);
  if (a == ValueClass::Tagged || b == ValueClass::Tagged)
    return truth(a == b && is_same_literal(left.term, right.term));
  if (is_uncertain(left) || is_uncertain(right))
    return a == b && is_same_literal(left.term, right.term) ? Truth::True : Truth::Error;
  return a == b ? equal_in_class(left, right) : Truth::False;
}

Truth less_than(const TypedValue& left, const TypedValue& right) {
  if (left.value_class != right.value_class) return Truth::Error;
  switch (left.value_class) {
    case ValueClass::Number:
      return truth_less(compare(left.number(), right.number()));
    case ValueClass::Boolean:
      return truth(!left.boolean() && right.boolean());
    case ValueClass::String:
      return truth(left.term.value < right.term.value);
    case ValueClass::Temporal: {
      if (left.date_time().kind != right.date_time().kind) return Truth::Error;
      const auto order = compare(left.date_time(), right.date_time());
      return order == std::partial_ordering::unordered ? Truth::Error : truth_less(order);
    }
    case ValueClass::Duration:
      if (!have_order(left.duration(), right.duration())) return Truth::Error;
      return truth(order_durations(left.duration(), right.duration()) < 0);
    default:
      return Truth::Error;
  }
}

std::strong_ordering order_values(const TypedValue& left, const TypedValue& right) {
  if (left.value_class != right.value_class) return left.value_class <=> right.value_class;
  switch (left.value_class) {
    case ValueClass::Number:
      return to_strong(order(left.number(), right.number()));
    case ValueClass::Boolean:
      return static_cast<int>(left.boolean()) <=> static_cast<int>(right.boolean());
    case ValueClass::Temporal:
      if (left.date_time().kind != right.date_time().kind)
        return left.date_time().kind <=> right.date_time().kind;
      return to_strong(order(left.date_time(), right.date_time()));
    case ValueClass::Duration:
      return order_durations(left.duration(), right.duration());
    default:
      return order_strings(left.term, right.term);
  }
}

std::optional<Truth> equal_ids(TermId left, TermId right) {
  if (!left || !right) return Truth::Error;
  if (const auto order = compare_ids(left, right)) return truth(*order == 0);
  const IdKind a = left.kind(), b = right.kind();
  // A float that is no number is not even equal to itself: it must be looked at.
  if (a == IdKind::Local || b == IdKind::Local) return std::nullopt;
  if (left == right) return a == IdKind::Typed ? std::nullopt : std::optional(Truth::True);
  // Other ids are other terms, and these terms are equal only to themselves.
  const auto is_alone = [](IdKind kind) { return kind <= IdKind::Iri || kind == IdKind::Tagged; };
  if (is_alone(a) || is_alone(b) || (a == IdKind::String && b == IdKind::String))
    return Truth::False;
  const auto left_class = class_of(a), right_class = class_of(b);
  if (left_class && right_class && left_class != right_class) return Truth::False;
  return std::nullopt;
}

std::optional<Truth> less_ids(TermId left, TermId right) {
  if (!left || !right) return Truth::Error;
  if (const auto order = compare_ids(left, right)) return truth(*order < 0);
  const IdKind a = left.kind(), b = right.kind();
  const auto has_no_order = [](IdKind kind) {
    return kind <= IdKind::Iri || kind == IdKind::Tagged;
  };
  if (has_no_order(a) || has_no_order(b)) return Truth::Error;
  const auto left_class = class_of(a), right_class = class_of(b);
  if (left_class && right_class && left_class != right_class) return Truth::Error;
  return std::nullopt;
}

std::optional<std::strong_ordering> order_ids(TermId left, TermId right) {
  if (left == right) return std::strong_ordering::equal;
  if (!left || !right) return left.bits() <=> right.bits();
  if (left.kind() == right.kind())
    if (const auto order = compare_same_kind(left, right)) return order;
  const auto is_double = [](TermId id) {
    return id.kind() == IdKind::Double || id.kind() == IdKind::PlainDouble;
  };
  if (is_double(left) && is_double(right)) {
    const auto order = compare_inline_numbers(left, right);
    if (order && *order != std::partial_ordering::unordered)
      return *order < 0
                 ? std::strong_ordering::less
                 : (*order > 0 ? std::strong_ordering::greater : std::strong_ordering::equal);
  }
  const auto a = class_of(left.kind()), b = class_of(right.kind());
  if (a && b && a != b) return *a <=> *b;
  return std::nullopt;
}

std::optional<Truth> compare_ids(Function function, TermId left, TermId right) {
  switch (function) {
    case Function::Equal:
      return equal_ids(left, right);
    case Function::NotEqual: {
      const auto known = equal_ids(left, right);
      return known ? std::optional(negated(*known)) : std::nullopt;
    }
    case Function::Less:
      return less_ids(left, right);
    case Function::Greater:
      return less_ids(right, left);
    case Function::GreaterEqual:
      std::swap(left, right);
      [[fallthrough]];
    default: {
      const auto known = less_ids(left, right);
      return known == Truth::False ? equal_ids(left, right) : known;
    }
  }
}

}  // namespace tripten
