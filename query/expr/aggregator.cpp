// The aggregates of §18.5.1, each as the states of all its groups in one array. An error of the
// argument is left out by COUNT and SAMPLE and makes the others end in an error.
#include "query/expr/aggregator.h"

#include <algorithm>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/check.h"
#include "query/expr/compare.h"
#include "query/expr/group_values.h"
#include "query/expr/inline_number.h"
#include "rdf/typed_value.h"
#include "storage/inline_term.h"

namespace tripten {
namespace {

TermId number_id(const Number& number, QueryContext& context) {
  std::string lexical;
  append_number(number, lexical);
  return context.terms.intern(
      {.kind = TermKind::Literal, .value = lexical, .datatype = datatype_iri(number.type)});
}

TermId integer_id(std::int64_t value, QueryContext& context) {
  if (const auto id = inline_integer_id(value)) return *id;
  return number_id(Number::of_integer(value), context);
}

/// How many solutions; a number that no counting one by one would reach is Limit.
void add_count(std::int64_t& count, std::uint64_t more) {
  if (more > static_cast<std::uint64_t>(INT64_MAX) ||
      __builtin_add_overflow(count, static_cast<std::int64_t>(more), &count))
    throw Error(ErrorCode::Limit, "a group has more solutions than a 64-bit number can count");
}

/// What all groups of an aggregate share.
struct Shared {
  explicit Shared(MemoryBudget& budget) : texts(budget) {}

  /// The value of any number.
  std::optional<Number> number(TermId id, QueryContext& context) {
    if (id.kind() != IdKind::Typed && id.kind() != IdKind::Local) return inline_number(id);
    const auto known = numbers.find(id);
    if (known != numbers.end()) return known->second;
    if (numbers.size() == kMostNumbers) numbers.clear();
    std::optional<Number>& number = numbers[id];
    const TypedValue typed = value_of(context.terms.get(id, scratch));
    if (typed.value_class == ValueClass::Number) number = typed.number();
    return number;
  }

  std::string separator{};
  MemoryLease texts;  // of GROUP_CONCAT
  std::string scratch{};

 private:
  // Numbers that are not in their ids repeat: "0.50", "0.60".
  static constexpr std::size_t kMostNumbers = 1024;
  std::unordered_map<TermId, std::optional<Number>> numbers{};
};

struct CountState {
  void add(TermId value, std::uint64_t weight, Shared&, QueryContext&) {
    if (value) add_count(count, weight);
  }
  TermId finish(Shared&, QueryContext& context) const { return integer_id(count, context); }

  std::int64_t count = 0;
};

/// A sum of numbers of all types. Integers of 64 bits are gathered apart, since the order of
/// additions does not change exact sums; doubles are, in their order.
class SumState {
 public:
  void add(TermId value, std::uint64_t weight, Shared& shared, QueryContext& context) {
    add_count(count_, weight);
    if (failed_) return;
    if (value.kind() == IdKind::Integer) {
      add_integer(inline_integer(value), weight);
      return;
    }
    if (value.kind() == IdKind::Double || value.kind() == IdKind::PlainDouble) {
      add_double(inline_double(value), weight);
      return;
    }
    const auto number = shared.number(value, context);
    if (!number)
      failed_ = true;
    else if (number->type == NumericType::Double)
      add_double(number->real, weight);
    else
      add_number(*number, weight);
  }
  TermId finish(Shared&, QueryContext& context) {
    const auto sum = total();
    return sum ? number_id(*sum, context) : kUnbound;
  }

 protected:
  std::int64_t count() const { return count_; }
  /// The sum, an integer 0 where there was nothing; nothing where a value was no number.
  std::optional<Number> total() {
    add_number(Number::of_integer(std::exchange(integers_, 0)), 1);
    if (std::exchange(has_doubles_, false))
      add_number(Number::of_double(std::exchange(doubles_, 0)), 1);
    return failed_ ? std::nullopt : std::optional<Number>(*others_);
  }

 private:
  void add_integer(std::int64_t value, std::uint64_t weight) {
    std::int64_t product = value, sum = 0;
    const bool fits = (weight == 1 || !__builtin_mul_overflow(
                                          value, static_cast<std::int64_t>(weight), &product)) &&
                      !__builtin_add_overflow(integers_, product, &sum);
    if (fits)
      integers_ = sum;
    else
      add_number(Number::of_integer(value), weight);
  }
  void add_double(double value, std::uint64_t weight) {
    doubles_ += value * static_cast<double>(weight);
    has_doubles_ = true;
  }
  void add_number(const Number& value, std::uint64_t weight) {
    std::optional<Number> part = value;
    if (weight != 1) part = multiply(value, Number::of_integer(static_cast<std::int64_t>(weight)));
    if (!others_) others_ = std::make_unique<Number>();
    std::optional<Number> sum = part ? tripten::add(*others_, *part) : std::nullopt;
    if (sum)
      *others_ = std::move(*sum);
    else
      failed_ = true;
  }

  std::int64_t integers_ = 0;
  std::int64_t count_ = 0;
  std::unique_ptr<Number> others_{};  // all but integers_
  double doubles_ = 0;
  bool has_doubles_ = false, failed_ = false;
};

struct AverageState : SumState {
  TermId finish(Shared&, QueryContext& context) {
    const auto sum = total();
    if (!sum) return kUnbound;
    if (count() == 0) return integer_id(0, context);
    const auto average = divide(*sum, Number::of_integer(count()));
    return average ? number_id(*average, context) : kUnbound;
  }
};

/// MIN and MAX by the order of ORDER BY; of equal values the first.
template <bool kLargest>
struct ExtremeState {
  void add(TermId value, std::uint64_t, Shared& shared, QueryContext& context) {
    if (!value) failed = true;
    if (failed || value == best) return;
    if (!best) {
      best = value;
      return;
    }
    if (is_worse_number(value, shared, context)) return;
    const auto order = order_terms(value, best, context.terms);
    if (kLargest ? order > 0 : order < 0) best = value;
  }
  TermId finish(Shared&, QueryContext&) const { return failed ? kUnbound : best; }

  /// Nearly always the answer where one of the numbers is not in its id.
  bool is_worse_number(TermId value, Shared& shared, QueryContext& context) const {
    if (value.kind() != IdKind::Typed && best.kind() != IdKind::Typed) return false;
    const auto is = shared.number(value, context), was = shared.number(best, context);
    if (!is || !was) return false;
    const std::partial_ordering order = compare(*is, *was);
    return kLargest ? order < 0 : order > 0;
  }

  TermId best{};
  bool failed = false;
};

struct SampleState {
  void add(TermId value, std::uint64_t, Shared&, QueryContext&) {
    if (!sample) sample = value;
  }
  TermId finish(Shared&, QueryContext&) const { return sample; }

  TermId sample{};
};

/// The values' STR(), with the separator between.
class ConcatState {
 public:
  void add(TermId value, std::uint64_t weight, Shared& shared, QueryContext& context) {
    check(weight == 1, "GROUP_CONCAT over counted rows");
    if (failed_) return;
    const TermView term = context.terms.get(value, shared.scratch);
    if (term.kind != TermKind::Iri && term.kind != TermKind::Literal) {
      failed_ = true;
      return;
    }
    reserve(term.value.size() + shared.separator.size(), shared);
    if (!first_) text_ += shared.separator;
    first_ = false;
    text_ += term.value;
  }
  TermId finish(Shared& shared, QueryContext& context) {
    if (failed_) return kUnbound;
    const TermId id = context.terms.intern({.kind = TermKind::Literal, .value = text_});
    if (charged_ > 0) shared.texts.resize(shared.texts.bytes() - std::exchange(charged_, 0));
    std::string().swap(text_);
    return id;
  }

 private:
  void reserve(std::size_t more, Shared& shared) {
    if (text_.size() + more <= text_.capacity()) return;
    const std::size_t bytes = 2 * (text_.size() + more);
    // The old text and the new one, while it is copied.
    shared.texts.resize(shared.texts.bytes() + bytes);
    text_.reserve(bytes);
    shared.texts.resize(shared.texts.bytes() - charged_);
    charged_ = bytes;
  }

  std::string text_{};
  std::size_t charged_ = 0;
  bool first_ = true, failed_ = false;
};

template <typename State>
class AggregatorOf : public Aggregator {
 public:
  AggregatorOf(const Aggregate& aggregate, MemoryBudget& budget) : shared_(budget), lease_(budget) {
    shared_.separator = aggregate.separator;
  }

  void grow(std::size_t groups, std::size_t) override {
    if (groups <= states_.size()) return;
    if (groups > states_.capacity()) {
      const std::size_t wanted = std::max({groups, 2 * states_.capacity(), std::size_t{16}});
      lease_.resize(wanted * kBytes);
      states_.reserve(wanted);
    }
    states_.resize(groups);
  }

  void add(const AggregatedRows& rows, QueryContext& context) override {
    const bool weighs = !rows.weights.empty();
    for (std::size_t row = 0; row < rows.groups.size(); ++row)
      states_[rows.groups[row]].add(rows.values[row], weighs ? rows.weights[row] : 1, shared_,
                                    context);
  }

  TermId finish(std::size_t group, QueryContext& context) override {
    return states_[group].finish(shared_, context);
  }

  void keep_from(std::size_t group) override {
    states_.erase(states_.begin(), states_.begin() + static_cast<std::ptrdiff_t>(group));
  }

 private:
  // A sum may own a number.
  static constexpr std::size_t kBytes =
      sizeof(State) + (std::is_base_of_v<SumState, State> ? sizeof(Number) + 16 : 0);

  std::vector<State> states_{};  // by group
  Shared shared_;
  MemoryLease lease_;
};

/// COUNT(*), by far the most frequent one.
class CountRows : public Aggregator {
 public:
  explicit CountRows(MemoryBudget& budget) : lease_(budget) {}

  void grow(std::size_t groups, std::size_t) override {
    if (groups <= counts_.size()) return;
    if (groups > counts_.capacity()) {
      const std::size_t wanted = std::max({groups, 2 * counts_.capacity(), std::size_t{16}});
      lease_.resize(wanted * sizeof(std::int64_t));
      counts_.reserve(wanted);
    }
    counts_.resize(groups);
  }
  void add(const AggregatedRows& rows, QueryContext&) override {
    if (rows.weights.empty())
      for (const std::uint32_t group : rows.groups)
        ++counts_[group];
    else
      for (std::size_t row = 0; row < rows.groups.size(); ++row)
        add_count(counts_[rows.groups[row]], rows.weights[row]);
  }
  TermId finish(std::size_t group, QueryContext& context) override {
    return integer_id(counts_[group], context);
  }
  void keep_from(std::size_t group) override {
    counts_.erase(counts_.begin(), counts_.begin() + static_cast<std::ptrdiff_t>(group));
  }

 private:
  std::vector<std::int64_t> counts_{};  // by group
  MemoryLease lease_;
};

/// Passes each value of a group once.
class DistinctAggregator : public Aggregator {
 public:
  DistinctAggregator(std::unique_ptr<Aggregator> inner, MemoryBudget& budget)
      : inner_(std::move(inner)),
        seen_(budget) {}

  void grow(std::size_t groups, std::size_t rows) override {
    inner_->grow(groups, rows);
    seen_.grow(groups, rows);
  }
  void add(const AggregatedRows& rows, QueryContext& context) override {
    seen_.add(rows.values, rows.groups, added_);
    values_.clear();
    groups_.clear();
    for (const std::uint32_t row : added_) {
      values_.push_back(rows.values[row]);
      groups_.push_back(rows.groups[row]);
    }
    inner_->add({values_, groups_}, context);
  }
  TermId finish(std::size_t group, QueryContext& context) override {
    return inner_->finish(group, context);
  }
  void keep_from(std::size_t group) override {
    inner_->keep_from(group);
    seen_.keep_from(group);
  }

 private:
  std::unique_ptr<Aggregator> inner_;
  GroupValues seen_;
  std::vector<std::uint32_t> added_{};
  std::vector<TermId> values_{};
  std::vector<std::uint32_t> groups_{};
};

std::unique_ptr<Aggregator> make_plain(const Aggregate& aggregate, MemoryBudget& budget) {
  switch (aggregate.kind) {
    case AggregateKind::Count:
      if (!aggregate.argument) return std::make_unique<CountRows>(budget);
      return std::make_unique<AggregatorOf<CountState>>(aggregate, budget);
    case AggregateKind::Sum:
      return std::make_unique<AggregatorOf<SumState>>(aggregate, budget);
    case AggregateKind::Avg:
      return std::make_unique<AggregatorOf<AverageState>>(aggregate, budget);
    case AggregateKind::Min:
      return std::make_unique<AggregatorOf<ExtremeState<false>>>(aggregate, budget);
    case AggregateKind::Max:
      return std::make_unique<AggregatorOf<ExtremeState<true>>>(aggregate, budget);
    case AggregateKind::Sample:
      return std::make_unique<AggregatorOf<SampleState>>(aggregate, budget);
    case AggregateKind::GroupConcat:
      break;
  }
  return std::make_unique<AggregatorOf<ConcatState>>(aggregate, budget);
}

bool is_of_one_value(AggregateKind kind) {
  return kind == AggregateKind::Min || kind == AggregateKind::Max || kind == AggregateKind::Sample;
}

}  // namespace

bool ignores_repetition(const Aggregate& aggregate) {
  return aggregate.distinct || is_of_one_value(aggregate.kind);
}

bool takes_weights(const Aggregate& aggregate) {
  return ignores_repetition(aggregate) || aggregate.kind != AggregateKind::GroupConcat;
}

std::unique_ptr<Aggregator> make_aggregator(const Aggregate& aggregate, MemoryBudget& budget) {
  auto plain = make_plain(aggregate, budget);
  if (!aggregate.distinct || is_of_one_value(aggregate.kind)) return plain;
  return std::make_unique<DistinctAggregator>(std::move(plain), budget);
}

}  // namespace tripten
