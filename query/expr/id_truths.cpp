#include "query/expr/id_truths.h"

#include <algorithm>
#include <cmath>

#include "query/expr/id_condition.h"
#include "query/expr/inline_number.h"
#include "storage/inline_term.h"

namespace tripten {
namespace {

using Answer = IdTruths::Answer;

/// The lowest bits of a date's payload are its zone, zero where it has none.
constexpr std::uint64_t kZoneMask = (1u << 12) - 1;
/// Values of different zones may compare differently from ids up to a day apart: in milliseconds
/// for DateTime, days for Date, years for GYear, and one more.
constexpr std::uint64_t kMillisecondsApart = std::uint64_t{2} * 24 * 3600 * 1000;
constexpr std::uint64_t kUnitsApart = 2;

bool is_number(IdKind kind) {
  return kind == IdKind::Integer || kind == IdKind::Decimal || kind == IdKind::Double ||
         kind == IdKind::PlainDouble;
}
bool is_temporal(IdKind kind) {
  return kind == IdKind::Date || kind == IdKind::DateTime || kind == IdKind::GYear;
}

TermId first_of(IdKind kind) {
  return {kind, 0};
}
TermId end_of(IdKind kind) {
  return TermId(first_of(kind).bits() + (std::uint64_t{1} << TermId::kPayloadBits));
}

/// What `x OP constant` is, where x is below, equal to or above the constant.
Answer answer_of(Function function, std::strong_ordering order) {
  bool is_true = false;
  switch (function) {
    case Function::Equal:
      is_true = order == 0;
      break;
    case Function::NotEqual:
      is_true = order != 0;
      break;
    case Function::Less:
      is_true = order < 0;
      break;
    case Function::LessEqual:
      is_true = order <= 0;
      break;
    case Function::Greater:
      is_true = order > 0;
      break;
    default:
      is_true = order >= 0;
  }
  return is_true ? Answer::True : Answer::False;
}

/// Terms that are different for sure, and have no order.
Answer answer_of_strangers(Function function) {
  if (function == Function::Equal) return Answer::False;
  return function == Function::NotEqual ? Answer::True : Answer::Error;
}

}  // namespace

/// Lines up the segments, kind by kind.
class IdTruthsMaker {
 public:
  IdTruthsMaker(const IdCondition& condition, QueryTerms& terms)
      : condition_(condition),
        terms_(terms),
        constant_(terms.intern(view_of(condition.constant))) {}

  std::optional<IdTruths> run() {
    const bool compares = condition_.kind == IdCondition::Kind::Compare;
    const bool is_text = constant_.kind() == IdKind::String || is_local_string();
    if (compares && !is_text && !constant_.is_inline()) return std::nullopt;
    for (int number = 0; number <= static_cast<int>(IdKind::Local); ++number) {
      kind_ = static_cast<IdKind>(number);
      if (kind_ == IdKind::Special)
        add(end_of(kind_), Answer::Error);
      else if (kind_ == IdKind::Local)
        add(TermId(~std::uint64_t{0}), Answer::Unknown);
      else
        add_kind();
    }
    if (compares && is_temporal(constant_.kind())) truths_.zoned_ = constant_;
    return std::move(truths_);
  }

 private:
  bool is_local_string() const {
    const TermView view = view_of(condition_.constant);
    return constant_.kind() == IdKind::Local && view.kind == TermKind::Literal &&
           view.language.empty() && view.datatype.empty();
  }

  void add(TermId end, Answer answer) {
    if (end <= last_end_) return;
    last_end_ = end;
    auto& segments = truths_.segments_;
    if (!segments.empty() && segments.back().answer == answer)
      segments.back().end = end;
    else
      segments.push_back({end, answer});
  }
  void add_rest(Answer answer) { add(end_of(kind_), answer); }

  void add_kind() {
    switch (condition_.kind) {
      case IdCondition::Kind::Compare:
        return add_compared();
      case IdCondition::Kind::IsIri:
        return add_rest(kind_ == IdKind::Iri ? Answer::True : Answer::False);
      case IdCondition::Kind::IsBlank:
        return add_rest(kind_ == IdKind::Blank ? Answer::True : Answer::False);
      case IdCondition::Kind::IsLiteral:
        return add_rest(kind_ > IdKind::Iri ? Answer::True : Answer::False);
      case IdCondition::Kind::IsNumeric:
        if (kind_ == IdKind::Typed) return add_rest(Answer::Unknown);
        return add_rest(is_number(kind_) ? Answer::True : Answer::False);
      case IdCondition::Kind::Prefix:
        return add_prefixed();
    }
  }

  void add_compared() {
    if (kind_ == IdKind::Typed) return add_rest(Answer::Unknown);
    if (is_number(kind_) && is_number(constant_.kind())) return add_numbers();
    const bool is_string = constant_.kind() == IdKind::String || is_local_string();
    if (kind_ == IdKind::String && is_string) return add_strings();
    if (kind_ != constant_.kind()) {
      // Two kinds of dates have no order either.
      return add_rest(answer_of_strangers(condition_.function));
    }
    std::uint64_t from = constant_.bits(), to = from + 1;
    if (kind_ == IdKind::DateTime) {
      from &= ~kZoneMask;
      to = from + kZoneMask + 1;
    }
    add_ordered(TermId(from), TermId(to));
  }

  /// Ids of the kind up to `from` are below the constant, and those from `to` on above.
  void add_ordered(TermId from, TermId to) {
    add(from, answer_of(condition_.function, std::strong_ordering::less));
    add(to, answer_of(condition_.function, std::strong_ordering::equal));
    add_rest(answer_of(condition_.function, std::strong_ordering::greater));
  }

  /// The first id in [low, high) that is not below the constant (`or_equal`: above it).
  TermId bound(TermId low, TermId high, bool or_equal) const {
    std::uint64_t from = low.bits(), to = high.bits();
    while (from < to) {
      const std::uint64_t middle = from + (to - from) / 2;
      const auto order = compare_inline_numbers(TermId(middle), constant_);
      const bool is_before = order && (*order < 0 || (or_equal && *order == 0));
      if (is_before)
        from = middle + 1;
      else
        to = middle;
    }
    return TermId(from);
  }

  void add_numbers() {
    TermId low = first_of(kind_), high = end_of(kind_);
    const auto constant = inline_number(constant_);
    if (!constant || constant->is_nan()) return add_rest(Answer::Unknown);
    // Beyond the infinities lie the values that are no numbers.
    Answer outside = Answer::Unknown;
    if (kind_ == IdKind::Double) {
      const auto least = inline_double_id(-INFINITY), most = inline_double_id(INFINITY);
      if (!least || !most) return add_rest(Answer::Unknown);
      low = *least;
      high = TermId(most->bits() + 1);
    } else if (kind_ == IdKind::Decimal && !constant->is_exact()) {
      // Decimals of more than 53 bits are compared by their texts.
      constexpr std::uint64_t kExact = std::uint64_t{1} << 53, kZero = std::uint64_t{1} << 59;
      low = {kind_, kZero - kExact};
      high = {kind_, kZero + kExact + 1};
    }
    if (!compare_inline_numbers(low, constant_)) return add_rest(Answer::Unknown);
    add(low, outside);
    const TermId from = bound(low, high, false), to = bound(from, high, true);
    add(from, answer_of(condition_.function, std::strong_ordering::less));
    add(to, answer_of(condition_.function, std::strong_ordering::equal));
    add(high, answer_of(condition_.function, std::strong_ordering::greater));
    add_rest(outside);
  }

  void add_strings() {
    if (condition_.function == Function::Equal || condition_.function == Function::NotEqual) {
      if (constant_.kind() != IdKind::String)
        return add_rest(answer_of(condition_.function, std::strong_ordering::less));
      return add_ordered(constant_, TermId(constant_.bits() + 1));
    }
    const std::string_view text = view_of(condition_.constant).value;
    // What is below the empty string, nothing, cannot be asked for.
    const TermRanges below =
        text.empty() ? TermRanges{} : terms_.view().ids_between(kind_, "", text);
    if (text.empty()) return add_rest(Answer::Unknown);
    add_runs(below, answer_of(condition_.function, std::strong_ordering::less), [&](TermId end) {
      // The constant itself stands where it belongs: next to those below it.
      if (constant_.kind() == IdKind::String && constant_ >= last_end_ && constant_ < end) {
        add(constant_, answer_of(condition_.function, std::strong_ordering::greater));
        add(TermId(constant_.bits() + 1),
            answer_of(condition_.function, std::strong_ordering::equal));
      }
      add(end, answer_of(condition_.function, std::strong_ordering::greater));
    });
  }

  /// The ids of the runs: those inside have `answer`, for others `add_outside` adds up to an end.
  template <typename AddOutside>
  void add_runs(const TermRanges& ranges, Answer answer, const AddOutside& add_outside) {
    auto inside = ranges.inside.begin();
    for (const IdRange& run : ranges.ordered) {
      add(run.first, Answer::Unknown);
      for (; inside != ranges.inside.end() && inside->end <= run.end; ++inside) {
        if (inside->first > last_end_) add_outside(inside->first);
        add(inside->end, answer);
      }
      if (run.end > last_end_) add_outside(run.end);
    }
    add_rest(Answer::Unknown);
  }

  void add_prefixed() {
    const bool is_text = kind_ == IdKind::String || kind_ == IdKind::Tagged;
    const bool has_text =
        is_text || (condition_.of_str && (kind_ == IdKind::Iri || kind_ == IdKind::Typed));
    if (kind_ == IdKind::Blank) return add_rest(Answer::Error);
    if (!has_text) return add_rest(condition_.of_str ? Answer::Unknown : Answer::Error);
    const TermRanges ranges =
        terms_.view().ids_with_prefix(kind_, view_of(condition_.constant).value);
    add_runs(ranges, condition_.is_sufficient ? Answer::True : Answer::Unknown,
             [&](TermId end) { add(end, Answer::False); });
  }

  const IdCondition& condition_;
  QueryTerms& terms_;
  TermId constant_;
  IdTruths truths_{};
  IdKind kind_ = IdKind::Special;
  TermId last_end_{};
};

IdTruths::Answer IdTruths::of(TermId id) const {
  if (zoned_ && id.kind() == zoned_.kind()) {
    const std::uint64_t a = id.bits() & kZoneMask, b = zoned_.bits() & kZoneMask;
    const bool is_same = id.kind() == IdKind::DateTime ? (a == 0) == (b == 0) : a == b;
    if (!is_same) return Answer::Unknown;
  }
  const auto segment =
      std::upper_bound(segments_.begin(), segments_.end(), id,
                       [](TermId value, const Segment& one) { return value < one.end; });
  return segment == segments_.end() ? Answer::Unknown : segment->answer;
}

std::vector<IdRange> IdTruths::candidates() const {
  std::vector<IdRange> ranges;
  const std::uint64_t apart =
      (zoned_.kind() == IdKind::DateTime ? kMillisecondsApart : kUnitsApart) * (kZoneMask + 1);
  TermId begin;
  for (const Segment& segment : segments_) {
    const TermId from = std::exchange(begin, segment.end);
    if (segment.answer != Answer::True && segment.answer != Answer::Unknown) continue;
    IdRange range{from, segment.end};
    // Values of other zones lie beside those of the constant's zone.
    if (zoned_ && (range.first.kind() == zoned_.kind() || range.end.kind() == zoned_.kind())) {
      range.first = TermId(range.first.bits() - std::min(range.first.bits(), apart));
      range.end = TermId(range.end.bits() + std::min(~range.end.bits(), apart));
    }
    if (!ranges.empty() && range.first <= ranges.back().end)
      ranges.back().end = std::max(ranges.back().end, range.end);
    else
      ranges.push_back(range);
  }
  return ranges;
}

std::optional<Variable> id_condition_variable(const Expression& condition) {
  const auto known = id_condition(condition);
  return known ? std::optional(known->variable) : std::nullopt;
}

std::optional<IdTruths> make_id_truths(const Expression& condition, QueryTerms& terms) {
  const auto known = id_condition(condition);
  if (!known) return std::nullopt;
  return IdTruthsMaker(*known, terms).run();
}

std::vector<IdRange> common_ranges(const std::vector<IdRange>& a, const std::vector<IdRange>& b) {
  std::vector<IdRange> common;
  for (auto left = a.begin(), right = b.begin(); left != a.end() && right != b.end();) {
    const IdRange both{std::max(left->first, right->first), std::min(left->end, right->end)};
    if (both.first < both.end) common.push_back(both);
    if (left->end < right->end)
      ++left;
    else
      ++right;
  }
  return common;
}

}  // namespace tripten
