// Nodes of a compiled expression: each computes a column of values, or of truths, for some rows.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "query/expr/evaluator.h"
#include "query/expr/frame.h"

namespace tripten {

/// Belongs to one Evaluator. Only the entries of `rows` are written; the others keep what they
/// have.
class ExpressionNode {
 public:
  virtual ~ExpressionNode() = default;
  virtual void evaluate(Frame& frame, Rows rows, std::vector<Value>& out) = 0;
  /// The effective boolean values.
  virtual void test(Frame& frame, Rows rows, std::vector<Truth>& out);
  /// The term that it always is; null for all other nodes.
  virtual const Term* constant() const { return nullptr; }

 private:
  std::vector<Value> values_{};
  Operand operand_{};
};
using NodePtr = std::unique_ptr<ExpressionNode>;

/// A node whose values are booleans: it implements test().
class TruthNode : public ExpressionNode {
 public:
  void evaluate(Frame& frame, Rows rows, std::vector<Value>& out) override;
  void test(Frame& frame, Rows rows, std::vector<Truth>& out) override = 0;

 private:
  std::vector<Truth> truths_{};
};

/// §17.2.2: plain literals count as strings, with a language tag or without; an ill-typed boolean
/// or number is false.
Truth effective_boolean(Operand& operand);

constexpr Truth truth_of(bool value) {
  return value ? Truth::True : Truth::False;
}
constexpr Truth negated(Truth truth) {
  return truth == Truth::Error ? truth : truth_of(truth == Truth::False);
}

/// A function of the arguments' values in one row. Arguments are never errors.
using RowFunction = std::function<Value(Frame&, std::span<Operand>)>;

struct FunctionTraits {
  RowFunction call{};
  Reads reads = Reads::Nothing;  ///< Of its arguments.
};

/// Calls a function row by row; errors of arguments are errors of the call.
NodePtr make_function_node(FunctionTraits function, std::vector<NodePtr> arguments);

/// The same as `expression`, which depends on nothing but the variable of one column.
NodePtr make_once_per_term_node(NodePtr expression, std::size_t column);
/// The same as `expression`, which is compiled of `condition`: one that make_id_truths()
/// (id_truths.h) may know something about, of the variable of the column.
NodePtr make_id_truth_node(const Expression& condition, std::size_t column, NodePtr expression);

/// A comparison of two columns, or of the STR() of both.
struct IdComparison {
  Function function = Function::Equal;
  std::size_t left = 0, right = 0;
  bool of_texts = false;
};
/// Nothing where the expression is of another form.
std::optional<IdComparison> id_comparison(const Expression& expression, const Schema& schema);
/// The same as `general`, but by ids where they tell.
NodePtr make_id_comparison_node(const IdComparison& comparison, NodePtr general);

// Nodes that treat errors or rows in their own way.
NodePtr make_variable_node(std::optional<std::size_t> column);
NodePtr make_constant_node(const Term& term);
NodePtr make_logic_node(Function function, std::vector<NodePtr> arguments);  ///< Or, And.
NodePtr make_not_node(NodePtr argument);
NodePtr make_bound_node(NodePtr argument);
NodePtr make_if_node(std::vector<NodePtr> arguments);
NodePtr make_coalesce_node(std::vector<NodePtr> arguments);
NodePtr make_comparison_node(Function function, NodePtr left, NodePtr right);
NodePtr make_same_term_node(NodePtr left, NodePtr right);
NodePtr make_membership_node(std::vector<NodePtr> arguments, bool negated);  ///< IN, NOT IN.
NodePtr make_arithmetic_node(Function function, NodePtr left, NodePtr right);
NodePtr make_blank_node(const Schema& schema, std::vector<NodePtr> arguments);  ///< BNODE.
NodePtr make_exists_node(std::unique_ptr<ExistsEvaluator> evaluator, bool negated);

// The functions of one family; none where `function` is of another one.
FunctionTraits term_function(Function function);
FunctionTraits string_function(Function function);
/// CONTAINS(LCASE(a), b) of the arguments a and b.
FunctionTraits lower_contains_function();
FunctionTraits number_function(Function function);
FunctionTraits date_function(Function function);
FunctionTraits hash_function(Function function);
/// Constant patterns and flags are compiled now; Invalid where RE2 refuses them.
FunctionTraits regex_function(const FunctionCall& call);
/// A cast to an xsd datatype (§17.5); Invalid for an IRI that is none.
FunctionTraits cast_function(const std::string& iri);

/// Compiles an expression (evaluator.h says what is Invalid).
NodePtr compile(const Expression& expression, const Schema& schema, const ExistsFactory& exists);

}  // namespace tripten
