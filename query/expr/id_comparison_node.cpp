// Comparisons of two variables, by their ids wherever these tell: `?a != ?b`, `STR(?a) < STR(?b)`.
//
// The ids of IRIs, and those of strings, ascend as the texts do inside one run of the dictionary.
#include "query/expr/comparison.h"
#include "query/expr/node.h"

namespace tripten {
namespace {

/// The answer for two texts of an order, or one that is the same.
Truth compare_order(Function function, TermId left, TermId right) {
  switch (function) {
    case Function::Equal:
      return truth_of(left == right);
    case Function::NotEqual:
      return truth_of(left != right);
    case Function::Less:
      return truth_of(left < right);
    case Function::Greater:
      return truth_of(left > right);
    case Function::LessEqual:
      return truth_of(left <= right);
    default:
      return truth_of(left >= right);
  }
}

class IdComparisonNode : public TruthNode {
 public:
  IdComparisonNode(const IdComparison& comparison, NodePtr general)
      : comparison_(comparison),
        general_(std::move(general)) {}

  void test(Frame& frame, Rows rows, std::vector<Truth>& out) override {
    const Column& lefts = frame.batch().columns[comparison_.left];
    const Column& rights = frame.batch().columns[comparison_.right];
    out.resize(frame.batch().rows);
    undecided_.clear();
    for (const std::uint32_t row : rows) {
      if (const auto known = compare(lefts[row], rights[row], frame.terms()))
        out[row] = *known;
      else
        undecided_.push_back(row);
    }
    if (!undecided_.empty()) general_->test(frame, undecided_, out);
  }

 private:
  std::optional<Truth> compare(TermId left, TermId right, const QueryTerms& terms) const {
    if (!left || !right) return Truth::Error;
    if (!comparison_.of_texts)
      if (const auto known = compare_ids(comparison_.function, left, right)) return known;
    const bool are_texts =
        left.kind() == IdKind::String || (comparison_.of_texts && left.kind() == IdKind::Iri);
    if (!are_texts || (left != right && !terms.order_by_ids(left, right))) return std::nullopt;
    return compare_order(comparison_.function, left, right);
  }

  IdComparison comparison_;
  NodePtr general_;
  std::vector<std::uint32_t> undecided_{};
};

bool is_comparison(Function function) {
  switch (function) {
    case Function::Equal:
    case Function::NotEqual:
    case Function::Less:
    case Function::Greater:
    case Function::LessEqual:
    case Function::GreaterEqual:
      return true;
    default:
      return false;
  }
}

}  // namespace

std::optional<IdComparison> id_comparison(const Expression& expression, const Schema& schema) {
  const auto* const call = std::get_if<FunctionCall>(&expression.node);
  if (!call || !is_comparison(call->function) || call->arguments.size() != 2) return std::nullopt;
  const auto text_of = [](const Expression& argument) -> const Expression* {
    const auto* const str = std::get_if<FunctionCall>(&argument.node);
    const bool is_str = str && str->function == Function::Str && str->arguments.size() == 1;
    return is_str ? &str->arguments[0] : nullptr;
  };
  const Expression *left = text_of(call->arguments[0]), *right = text_of(call->arguments[1]);
  const bool of_texts = left && right;
  if (!of_texts) {
    left = &call->arguments[0];
    right = &call->arguments[1];
  }
  const auto column_of = [&](const Expression& argument) {
    const auto* const variable = std::get_if<Variable>(&argument.node);
    return variable ? schema.find(*variable) : std::nullopt;
  };
  const auto left_column = column_of(*left), right_column = column_of(*right);
  if (!left_column || !right_column) return std::nullopt;
  return IdComparison{call->function, *left_column, *right_column, of_texts};
}

NodePtr make_id_comparison_node(const IdComparison& comparison, NodePtr general) {
  return std::make_unique<IdComparisonNode>(comparison, std::move(general));
}

}  // namespace tripten
