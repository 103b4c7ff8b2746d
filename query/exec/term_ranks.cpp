#include "query/exec/term_ranks.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

#include "query/exec/row_set.h"
#include "query/expr/compare.h"

namespace tripten {

namespace {

constexpr std::size_t kStepsPerInterrupt = 4096;

// The classes of §15.1, in its order.
enum class Class : std::uint8_t { Unbound, Blank, Iri, Literal };

// What orders two terms: their ids where all of the kind are of one run of the dictionary, else
// their texts, which are at hand. Where either is of other kinds, order_terms() knows.
enum class OrderedBy : std::uint8_t { Value, Id, IriText, StringText, TaggedText };

struct RankedTerm {
  TermId id;
  RowNumber number;  // among the different terms
  Class group = Class::Unbound;
  OrderedBy by = OrderedBy::Value;
  std::uint32_t begin = 0, size = 0;  // of its text
};

class Ranking {
 public:
  explicit Ranking(QueryContext& context) : context_(context), lease_(context.budget) {}

  /// The ranks of different terms, in their order.
  std::vector<std::uint32_t> run(const Column& terms) {
    lease_.resize(terms.size() * (sizeof(RankedTerm) + sizeof(std::uint32_t)));
    items_.reserve(terms.size());
    for (RowNumber number = 0; number < terms.size(); ++number)
      items_.push_back({.id = terms[number], .number = number});
    // By ids, so that the dictionary is read in its order.
    std::sort(items_.begin(), items_.end(), [this](const RankedTerm& a, const RankedTerm& b) {
      ask_interrupt();
      return a.id < b.id;
    });
    const bool iris_by_id = have_one_run(IdKind::Iri), strings_by_id = have_one_run(IdKind::String);
    for (RankedTerm& item : items_) {
      ask_interrupt();
      classify(item, item.id.is_iri() ? iris_by_id : strings_by_id);
    }
    std::sort(items_.begin(), items_.end(), [this](const RankedTerm& a, const RankedTerm& b) {
      ask_interrupt();
      return compare(a, b) < 0;
    });
    std::vector<std::uint32_t> ranks(terms.size());
    std::uint32_t rank = 0;
    for (std::size_t i = 0; i < items_.size(); ++i) {
      if (i > 0 && compare(items_[i - 1], items_[i]) != 0) ++rank;
      ranks[items_[i].number] = rank;
    }
    return ranks;
  }

 private:
  void ask_interrupt() {
    if (++steps_ % kStepsPerInterrupt == 0) context_.interrupt.check();
  }

  /// Whether the ids of a kind order as the terms do: the dictionary's are of one run, and the
  /// query has made no terms.
  bool have_one_run(IdKind kind) const {
    std::optional<TermId> one;
    for (const RankedTerm& item : items_) {
      if (item.id.kind() == IdKind::Local) return false;
      if (item.id.kind() != kind) continue;
      if (one && !context_.terms.order_by_ids(*one, item.id)) return false;
      one = item.id;
    }
    return true;
  }

  static Class class_of(TermKind kind) {
    switch (kind) {
      case TermKind::Iri:
        return Class::Iri;
      case TermKind::Literal:
        return Class::Literal;
      case TermKind::Blank:
        return Class::Blank;
      default:
        return Class::Unbound;
    }
  }

  void classify(RankedTerm& item, bool by_id) {
    const IdKind kind = item.id.kind();
    const bool has_text = (kind >= IdKind::Iri && kind <= IdKind::Tagged) || kind == IdKind::Local;
    if (kind == IdKind::Blank) {
      item.group = Class::Blank;
    } else if ((kind == IdKind::Iri || kind == IdKind::String) && by_id) {
      item.group = kind == IdKind::Iri ? Class::Iri : Class::Literal;
      item.by = OrderedBy::Id;
    } else if (has_text) {
      const TermView term = context_.terms.get(item.id, scratch_);
      item.group = class_of(term.kind);
      if (term.kind == TermKind::Iri)
        item.by = OrderedBy::IriText;
      else if (term.kind == TermKind::Literal && !term.language.empty())
        item.by = OrderedBy::TaggedText;
      else if (term.kind == TermKind::Literal && term.datatype.empty())
        item.by = OrderedBy::StringText;
      // Past 4 GB of texts the rest is compared by order_terms(), which looks them up.
      if (texts_.size() + term.value.size() > ~std::uint32_t{0}) item.by = OrderedBy::Value;
      if (item.by != OrderedBy::Value) keep_text(item, term.value);
    } else if (item.id) {
      item.group = Class::Literal;
    }
  }

  void keep_text(RankedTerm& item, std::string_view text) {
    if (texts_.size() + text.size() > texts_.capacity()) {
      const std::size_t wanted = std::max(texts_.capacity() * 2, texts_.size() + text.size());
      lease_.resize(lease_.bytes() + wanted - texts_.capacity());
      texts_.reserve(wanted);
    }
    item.begin = static_cast<std::uint32_t>(texts_.size());
    item.size = static_cast<std::uint32_t>(text.size());
    texts_.append(text);
  }

  std::string_view text(const RankedTerm& item) const {
    return std::string_view(texts_).substr(item.begin, item.size);
  }

  std::strong_ordering compare(const RankedTerm& a, const RankedTerm& b) const {
    if (a.group != b.group) return a.group <=> b.group;
    if (a.by == b.by && a.by == OrderedBy::Id && a.id.kind() == b.id.kind()) return a.id <=> b.id;
    if (a.by == b.by && a.by >= OrderedBy::IriText) {
      const auto order = text(a).compare(text(b)) <=> 0;
      if (order != 0 || a.by != OrderedBy::TaggedText) return order;
    }
    return order_terms(a.id, b.id, context_.terms);
  }

  QueryContext& context_;
  MemoryLease lease_;
  std::vector<RankedTerm> items_{};
  std::string texts_{};
  std::string scratch_{};
  std::size_t steps_ = 0;
};

}  // namespace

std::vector<std::uint32_t> rank_terms(const Column& terms, QueryContext& context) {
  RowSet different;
  different.open(1, context.budget, context.interrupt);
  std::vector<RowNumber> numbers;
  numbers.reserve(terms.size());
  for (const TermId& term : terms) {
    if (numbers.size() % kStepsPerInterrupt == 0) context.interrupt.check();
    numbers.push_back(different.add(&term).number);
  }
  const std::vector<std::uint32_t> ranks = Ranking(context).run(different.columns()[0]);
  context.interrupt.check();
  for (RowNumber& number : numbers)
    number = ranks[number];
  return numbers;
}

}  // namespace tripten
