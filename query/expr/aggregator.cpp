// The aggregates of §18.5.1. An error of the argument is left out by COUNT and SAMPLE and makes the
// others end in an error.
#include "query/expr/aggregator.h"

#include <optional>
#include <utility>

#include "query/expr/compare.h"
#include "query/expr/id_set.h"
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

/// Passes each value once.
class DistinctAggregator : public Aggregator {
 public:
  explicit DistinctAggregator(std::unique_ptr<Aggregator> inner) : inner_(std::move(inner)) {}

  void add(TermId value, QueryContext& context) override {
    if (seen_.insert(value, context.budget)) inner_->add(value, context);
  }
  TermId finish(QueryContext& context) override { return inner_->finish(context); }

 private:
  std::unique_ptr<Aggregator> inner_;
  IdSet seen_{};
};

class CountRows : public Aggregator {
 public:
  void add(TermId, QueryContext&) override { ++count_; }
  TermId finish(QueryContext& context) override { return integer_id(count_, context); }

 private:
  std::int64_t count_ = 0;
};

class CountValues : public Aggregator {
 public:
  void add(TermId value, QueryContext&) override { count_ += value ? 1 : 0; }
  TermId finish(QueryContext& context) override { return integer_id(count_, context); }

 private:
  std::int64_t count_ = 0;
};

/// A sum of numbers of all types. Integers of 64 bits are gathered apart; the order of additions
/// does not change exact sums.
class NumberSum {
 public:
  void add(TermId value, QueryContext& context) {
    ++count_;
    if (failed_) return;
    if (value.kind() == IdKind::Integer) {
      add_integer(inline_integer(value));
      return;
    }
    if (const auto number = inline_number(value)) {
      add_number(*number);
      return;
    }
    const TypedValue typed = value_of(context.terms.get(value, scratch_));
    if (typed.value_class == ValueClass::Number)
      add_number(typed.number());
    else
      failed_ = true;
  }

  std::int64_t count() const { return count_; }
  /// The sum, an integer 0 where there was nothing; nothing where a value was no number.
  std::optional<Number> total() {
    add_number(Number::of_integer(std::exchange(integers_, 0)));
    return failed_ ? std::nullopt : std::optional<Number>(sum_);
  }

 private:
  void add_integer(std::int64_t value) {
    std::int64_t sum = 0;
    if (__builtin_add_overflow(integers_, value, &sum)) {
      add_number(Number::of_integer(integers_));
      sum = value;
    }
    integers_ = sum;
  }
  void add_number(const Number& value) {
    std::optional<Number> sum = tripten::add(sum_, value);
    if (sum)
      sum_ = std::move(*sum);
    else
      failed_ = true;
  }

  Number sum_{};
  std::int64_t integers_ = 0;
  std::int64_t count_ = 0;
  bool failed_ = false;
  std::string scratch_{};
};

class Sum : public Aggregator {
 public:
  void add(TermId value, QueryContext& context) override { sum_.add(value, context); }
  TermId finish(QueryContext& context) override {
    const auto total = sum_.total();
    return total ? number_id(*total, context) : kUnbound;
  }

 private:
  NumberSum sum_{};
};

class Average : public Aggregator {
 public:
  void add(TermId value, QueryContext& context) override { sum_.add(value, context); }
  TermId finish(QueryContext& context) override {
    const auto total = sum_.total();
    if (!total) return kUnbound;
    if (sum_.count() == 0) return integer_id(0, context);
    const auto average = divide(*total, Number::of_integer(sum_.count()));
    return average ? number_id(*average, context) : kUnbound;
  }

 private:
  NumberSum sum_{};
};

/// MIN and MAX by the order of ORDER BY; of equal values the first.
class Extreme : public Aggregator {
 public:
  explicit Extreme(bool largest) : largest_(largest) {}

  void add(TermId value, QueryContext& context) override {
    if (!value) failed_ = true;
    if (failed_) return;
    if (!best_) {
      best_ = value;
      return;
    }
    const auto order = order_terms(value, best_, context.terms);
    if (largest_ ? order > 0 : order < 0) best_ = value;
  }
  TermId finish(QueryContext&) override { return failed_ ? kUnbound : best_; }

 private:
  bool largest_;
  bool failed_ = false;
  TermId best_{};
};

class Sample : public Aggregator {
 public:
  void add(TermId value, QueryContext&) override {
    if (!value_) value_ = value;
  }
  TermId finish(QueryContext&) override { return value_; }

 private:
  TermId value_{};
};

/// The values' STR(), with the separator between.
class GroupConcat : public Aggregator {
 public:
  explicit GroupConcat(std::string separator) : separator_(std::move(separator)) {}

  void add(TermId value, QueryContext& context) override {
    if (failed_) return;
    const TermView term = context.terms.get(value, scratch_);
    if (term.kind != TermKind::Iri && term.kind != TermKind::Literal) {
      failed_ = true;
      return;
    }
    reserve(term.value.size() + separator_.size(), context.budget);
    if (!first_) text_ += separator_;
    first_ = false;
    text_ += term.value;
  }
  TermId finish(QueryContext& context) override {
    if (failed_) return kUnbound;
    return context.terms.intern({.kind = TermKind::Literal, .value = text_});
  }

 private:
  void reserve(std::size_t more, MemoryBudget& budget) {
    if (text_.size() + more <= text_.capacity()) return;
    const std::size_t bytes = 2 * (text_.size() + more);
    if (!lease_) lease_.emplace(budget);
    lease_->resize(bytes);
    text_.reserve(bytes);
  }

  std::string separator_;
  std::string text_{};
  bool first_ = true, failed_ = false;
  std::optional<MemoryLease> lease_{};
  std::string scratch_{};
};

std::unique_ptr<Aggregator> make_plain(const Aggregate& aggregate) {
  switch (aggregate.kind) {
    case AggregateKind::Count:
      if (!aggregate.argument) return std::make_unique<CountRows>();
      return std::make_unique<CountValues>();
    case AggregateKind::Sum:
      return std::make_unique<Sum>();
    case AggregateKind::Avg:
      return std::make_unique<Average>();
    case AggregateKind::Min:
      return std::make_unique<Extreme>(false);
    case AggregateKind::Max:
      return std::make_unique<Extreme>(true);
    case AggregateKind::Sample:
      return std::make_unique<Sample>();
    case AggregateKind::GroupConcat:
      break;
  }
  return std::make_unique<GroupConcat>(aggregate.separator);
}

/// Doing everything once more would change nothing.
bool ignores_repetition(AggregateKind kind) {
  return kind == AggregateKind::Min || kind == AggregateKind::Max || kind == AggregateKind::Sample;
}

}  // namespace

std::unique_ptr<Aggregator> make_aggregator(const Aggregate& aggregate) {
  auto plain = make_plain(aggregate);
  if (!aggregate.distinct || ignores_repetition(aggregate.kind)) return plain;
  return std::make_unique<DistinctAggregator>(std::move(plain));
}

}  // namespace tripten
