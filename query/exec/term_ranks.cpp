#include "query/exec/term_ranks.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "query/exec/row_set.h"
#include "query/expr/compare.h"

namespace tripten {

namespace {

constexpr std::size_t kStepsPerInterrupt = 4096;

// The classes of §15.1, in its order. Texts are at hand for those that order by their bytes alone:
// IRIs and simple literals. Other literals are left to order_terms().
enum class Class : std::uint8_t { Unbound, Blank, Iri, Literal };

struct RankedTerm {
  TermId id;
  RowNumber number;  // among the different terms
  Class group = Class::Unbound;
  bool by_text = false;
  std::uint32_t begin = 0, size = 0;  // of its text
};

class Ranking {
 public:
  explicit Ranking(QueryContext& context) : context_(context), lease_(context.budget) {}

  /// The ranks of different terms, in their order.
  std::vector<std::uint32_t> run(const Column& terms) {
    lease_.resize(terms.size() * (sizeof(RankedTerm) + sizeof(std::uint32_t)));
    items_.reserve(terms.size());
    for (RowNumber number = 0; number < terms.size(); ++number) {
      ask_interrupt();
      add(terms[number], number);
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

  void add(TermId id, RowNumber number) {
    RankedTerm item{.id = id, .number = number};
    if (id.is_inline()) {
      item.group = Class::Literal;
    } else if (id.is_blank()) {
      item.group = Class::Blank;
    } else if (id) {
      const TermView term = context_.terms.get(id, scratch_);
      item.group = term.kind == TermKind::Iri       ? Class::Iri
                   : term.kind == TermKind::Literal ? Class::Literal
                   : term.kind == TermKind::Blank   ? Class::Blank
                                                    : Class::Unbound;
      item.by_text = term.kind == TermKind::Iri || (term.kind == TermKind::Literal &&
                                                    term.datatype.empty() && term.language.empty());
      // Past 4 GB of texts the rest is compared by order_terms(), which looks them up.
      if (texts_.size() + term.value.size() > ~std::uint32_t{0}) item.by_text = false;
      if (item.by_text) keep_text(item, term.value);
    }
    items_.push_back(item);
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
    if (a.by_text && b.by_text) return text(a).compare(text(b)) <=> 0;
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
  std::vector<RowNumber> numbers(terms.size());
  for (std::size_t row = 0; row < terms.size(); ++row) {
    if (row % kStepsPerInterrupt == 0) context.interrupt.check();
    numbers[row] = different.add(&terms[row]).number;
  }
  const std::vector<std::uint32_t> ranks = Ranking(context).run(different.columns()[0]);
  context.interrupt.check();
  for (RowNumber& number : numbers)
    number = ranks[number];
  return numbers;
}

}  // namespace tripten
