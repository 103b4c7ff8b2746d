// =, !=, <, >, <=, >=, sameTerm, IN and NOT IN over columns.
#include <algorithm>
#include <unordered_set>

#include "query/expr/comparison.h"
#include "query/expr/node.h"
#include "rdf/vocabulary.h"

namespace tripten {
namespace {

Truth equal(Operand& left, Operand& right) {
  if (left.value().is_id() && right.value().is_id())
    if (const auto known = equal_ids(left.id(), right.id())) return *known;
  return equal_values(left.typed(), right.typed());
}

Truth less(Operand& left, Operand& right) {
  if (left.value().is_id() && right.value().is_id())
    if (const auto known = less_ids(left.id(), right.id())) return *known;
  return less_than(left.typed(), right.typed());
}

Truth either(Truth a, Truth b) {
  if (a == Truth::True || b == Truth::True) return Truth::True;
  return a == Truth::Error || b == Truth::Error ? Truth::Error : Truth::False;
}

/// `<=`: the operator table has it for the same terms as `<`, so that `<` tells of the error.
Truth less_or_equal(Operand& left, Operand& right) {
  const Truth is_less = less(left, right);
  return is_less == Truth::False ? equal(left, right) : is_less;
}

Truth compare_operands(Function function, Operand& left, Operand& right) {
  switch (function) {
    case Function::Equal:
      return equal(left, right);
    case Function::NotEqual:
      return negated(equal(left, right));
    case Function::Less:
      return less(left, right);
    case Function::Greater:
      return less(right, left);
    case Function::LessEqual:
      return less_or_equal(left, right);
    default:
      return less_or_equal(right, left);
  }
}

class ComparisonNode : public TruthNode {
 public:
  ComparisonNode(Function function, NodePtr left, NodePtr right)
      : function_(function),
        left_(std::move(left)),
        right_(std::move(right)) {}

  void test(Frame& frame, Rows rows, std::vector<Truth>& out) override {
    left_->evaluate(frame, rows, lefts_);
    right_->evaluate(frame, rows, rights_);
    out.resize(frame.batch().rows);
    undecided_.clear();
    for (const std::uint32_t row : rows) {
      const Value &left = lefts_[row], &right = rights_[row];
      std::optional<Truth> known;
      if (left.is_error() || right.is_error())
        known = Truth::Error;
      else if (left.is_id() && right.is_id())
        known = compare_ids(function_, left.id(), right.id());
      if (known)
        out[row] = *known;
      else
        undecided_.push_back(row);
    }
    if (!undecided_.empty()) compare_terms(frame, out);
  }

 private:
  void compare_terms(Frame& frame, std::vector<Truth>& out) {
    if (!left_->constant()) frame.fetch(lefts_, undecided_, Reads::Literals);
    if (!right_->constant()) frame.fetch(rights_, undecided_, Reads::Literals);
    for (const std::uint32_t row : undecided_) {
      left_operand_.set(lefts_[row], frame);
      right_operand_.set(rights_[row], frame);
      out[row] = compare_operands(function_, left_operand_, right_operand_);
    }
  }

  Function function_;
  NodePtr left_, right_;
  std::vector<Value> lefts_{}, rights_{};
  std::vector<std::uint32_t> undecided_{};
  Operand left_operand_{}, right_operand_{};
};

/// Terms are the same exactly when their ids are.
class SameTermNode : public TruthNode {
 public:
  SameTermNode(NodePtr left, NodePtr right) : left_(std::move(left)), right_(std::move(right)) {}

  void test(Frame& frame, Rows rows, std::vector<Truth>& out) override {
    left_->evaluate(frame, rows, lefts_);
    right_->evaluate(frame, rows, rights_);
    out.resize(frame.batch().rows);
    for (const std::uint32_t row : rows) {
      const bool error = lefts_[row].is_error() || rights_[row].is_error();
      out[row] =
          error ? Truth::Error : truth_of(frame.id_of(lefts_[row]) == frame.id_of(rights_[row]));
    }
  }

 private:
  NodePtr left_, right_;
  std::vector<Value> lefts_{}, rights_{};
};

/// Constant members of IN that are IRIs and simple strings only: nothing but themselves is equal to
/// them, so most needles are decided by their ids.
class PlainMembers {
 public:
  /// Whether all of them are plain; then they are remembered.
  static bool are_plain(std::span<const NodePtr> members) {
    return std::all_of(members.begin(), members.end(), [](const NodePtr& member) {
      const Term* const term = member->constant();
      return term && (term->is_iri() || (term->is_literal() && term->datatype() == kXsdString));
    });
  }
  PlainMembers(std::span<const NodePtr> members, QueryTerms& terms) {
    for (const NodePtr& member : members)
      ids_.insert(terms.intern(view_of(*member->constant())));
  }

  std::optional<Truth> find(TermId needle) const {
    if (!needle) return std::nullopt;
    if (ids_.contains(needle)) return Truth::True;
    // A literal of an unknown datatype may be equal to a string: an error, found the long way.
    if (needle.kind() == IdKind::Typed || needle.kind() == IdKind::Local) return std::nullopt;
    return Truth::False;
  }

 private:
  std::unordered_set<TermId> ids_{};
};

/// §17.4.1.9: the first argument = any of the others; an error only where none is equal.
class MembershipNode : public TruthNode {
 public:
  MembershipNode(std::vector<NodePtr> arguments, bool negated)
      : arguments_(std::move(arguments)),
        operands_(arguments_.size()),
        negated_(negated),
        plain_(PlainMembers::are_plain(std::span(arguments_).subspan(1))) {}

  void test(Frame& frame, Rows rows, std::vector<Truth>& out) override {
    arguments_[0]->evaluate(frame, rows, needles_);
    out.resize(frame.batch().rows);
    if (plain_ && !members_known_)
      members_known_.emplace(std::span(arguments_).subspan(1), frame.terms());
    undecided_.clear();
    for (const std::uint32_t row : rows) {
      const bool error = needles_[row].is_error();
      const auto known = plain_ ? members_known_->find(needles_[row].id()) : std::nullopt;
      out[row] = error ? Truth::Error : known.value_or(Truth::False);
      if (!error && !known) undecided_.push_back(row);
    }
    for (std::size_t i = 1; i < arguments_.size() && !undecided_.empty(); ++i)
      test_member(frame, i, out);
    if (negated_)
      for (const std::uint32_t row : rows)
        out[row] = tripten::negated(out[row]);
  }

 private:
  void test_member(Frame& frame, std::size_t member, std::vector<Truth>& out) {
    arguments_[member]->evaluate(frame, undecided_, members_);
    std::erase_if(undecided_, [&](std::uint32_t row) {
      Truth truth = Truth::Error;
      if (!members_[row].is_error()) {
        operands_[0].set(needles_[row], frame);
        operands_[member].set(members_[row], frame);
        truth = equal(operands_[0], operands_[member]);
      }
      out[row] = either(out[row], truth);
      return truth == Truth::True;
    });
  }

  std::vector<NodePtr> arguments_;
  std::vector<Operand> operands_;
  bool negated_;
  bool plain_;
  std::optional<PlainMembers> members_known_{};  // where plain_, once it has run
  std::vector<Value> needles_{}, members_{};
  std::vector<std::uint32_t> undecided_{};
};

}  // namespace

NodePtr make_comparison_node(Function function, NodePtr left, NodePtr right) {
  return std::make_unique<ComparisonNode>(function, std::move(left), std::move(right));
}
NodePtr make_same_term_node(NodePtr left, NodePtr right) {
  return std::make_unique<SameTermNode>(std::move(left), std::move(right));
}
NodePtr make_membership_node(std::vector<NodePtr> arguments, bool negated) {
  return std::make_unique<MembershipNode>(std::move(arguments), negated);
}

}  // namespace tripten
