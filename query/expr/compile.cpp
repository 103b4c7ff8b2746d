// Expression → nodes.
#include <fmt/format.h>

#include "query/expr/dependence.h"
#include "query/expr/id_truths.h"
#include "query/expr/node.h"

namespace tripten {
namespace {

/// Deeper expressions than this are refused: evaluation recurses.
constexpr std::size_t kMostDepth = 1000;

struct ArgumentCounts {
  std::size_t least = 1, most = 1;
};
constexpr std::size_t kAny = ~std::size_t{0};

/// How many arguments a function takes (§17.3, §17.4).
ArgumentCounts argument_counts(Function function) {
  switch (function) {
    case Function::Rand:
    case Function::Now:
    case Function::Uuid:
    case Function::StrUuid:
      return {0, 0};
    case Function::BNode:
      return {0, 1};
    case Function::Coalesce:
    case Function::Concat:
      return {0, kAny};
    case Function::In:
    case Function::NotIn:
      return {1, kAny};
    case Function::If:
      return {3, 3};
    case Function::SubStr:
    case Function::Regex:
      return {2, 3};
    case Function::Replace:
      return {3, 4};
    case Function::Or:
    case Function::And:
    case Function::Equal:
    case Function::NotEqual:
    case Function::Less:
    case Function::Greater:
    case Function::LessEqual:
    case Function::GreaterEqual:
    case Function::SameTerm:
    case Function::Add:
    case Function::Subtract:
    case Function::Multiply:
    case Function::Divide:
    case Function::StrDt:
    case Function::StrLang:
    case Function::StrStarts:
    case Function::StrEnds:
    case Function::Contains:
    case Function::StrBefore:
    case Function::StrAfter:
    case Function::LangMatches:
      return {2, 2};
    default:
      return {1, 1};
  }
}

class Compiler {
 public:
  Compiler(const Schema& schema, const ExistsFactory& exists) : schema_(schema), exists_(exists) {}

  NodePtr node(const Expression& expression) {
    if (++depth_ > kMostDepth)
      throw Error(ErrorCode::Invalid,
                  fmt::format("an expression is nested more than {} levels deep", kMostDepth));
    NodePtr result = by_id(expression, once_per_term(expression));
    if (const auto comparison = id_comparison(expression, schema_))
      result = make_id_comparison_node(*comparison, std::move(result));
    --depth_;
    return result;
  }

 private:
  /// Ids are asked first, where they may know the answer.
  NodePtr by_id(const Expression& expression, NodePtr node) {
    const auto variable = id_condition_variable(expression);
    const auto column = variable ? schema_.find(*variable) : std::nullopt;
    if (!column) return node;
    // What is left to it are terms that must be looked at.
    if (!is_once_per_term_ && !costly_in_one_variable(expression))
      node = make_once_per_term_node(std::move(node), *column);
    return make_id_truth_node(expression, *column, std::move(node));
  }

  /// The largest expressions of one variable that are worth it are evaluated once a term.
  NodePtr once_per_term(const Expression& expression) {
    const auto make = [&] {
      return std::visit([this](const auto& part) { return of(part); }, expression.node);
    };
    const auto* const call = std::get_if<FunctionCall>(&expression.node);
    if (is_once_per_term_ || !call) return make();
    const auto variable = costly_in_one_variable(expression);
    const auto column = variable ? schema_.find(*variable) : std::nullopt;
    if (!column) return make();
    is_once_per_term_ = true;
    NodePtr node = make();
    is_once_per_term_ = false;
    return make_once_per_term_node(std::move(node), *column);
  }

  NodePtr of(const Variable& variable) { return make_variable_node(schema_.find(variable)); }
  NodePtr of(const Term& term) { return make_constant_node(term); }
  NodePtr of(const Exists& part) {
    if (!exists_) throw Error(ErrorCode::Invalid, "EXISTS cannot stand here");
    return make_exists_node(exists_(*part.pattern, schema_), part.negated);
  }

  NodePtr of(const FunctionCall& call) {
    const ArgumentCounts counts = argument_counts(call.function);
    if (call.arguments.size() < counts.least || call.arguments.size() > counts.most)
      throw Error(ErrorCode::Invalid,
                  fmt::format("{} cannot take {} argument{}", name_of(call.function),
                              call.arguments.size(), call.arguments.size() == 1 ? "" : "s"));
    if (const Expression* const text = text_in_lower_case(call))
      return make_function_node(lower_contains_function(), nodes({*text, call.arguments[1]}));
    if (call.function == Function::Or || call.function == Function::And)
      return make_logic_node(call.function, operands_of(call));
    return of_function(call, nodes(call.arguments));
  }

  /// The x of CONTAINS(LCASE(x), ...).
  static const Expression* text_in_lower_case(const FunctionCall& call) {
    if (call.function != Function::Contains) return nullptr;
    const auto* const inner = std::get_if<FunctionCall>(&call.arguments[0].node);
    if (!inner || inner->function != Function::LCase || inner->arguments.size() != 1)
      return nullptr;
    return &inner->arguments[0];
  }

  std::vector<NodePtr> nodes(const std::vector<Expression>& arguments) {
    std::vector<NodePtr> result;
    for (const Expression& argument : arguments)
      result.push_back(node(argument));
    return result;
  }

  /// a || b || c, however the pairs are nested, as one list: long ones cost no depth.
  std::vector<NodePtr> operands_of(const FunctionCall& call) {
    std::vector<const Expression*> waiting{&call.arguments[1], &call.arguments[0]};
    std::vector<NodePtr> result;
    while (!waiting.empty()) {
      const Expression& next = *waiting.back();
      waiting.pop_back();
      const auto* const inner = std::get_if<FunctionCall>(&next.node);
      if (inner && inner->function == call.function && inner->arguments.size() == 2) {
        waiting.push_back(&inner->arguments[1]);
        waiting.push_back(&inner->arguments[0]);
      } else {
        result.push_back(node(next));
      }
    }
    return result;
  }

  NodePtr of_function(const FunctionCall& call, std::vector<NodePtr> arguments) {
    switch (call.function) {
      case Function::Bound:
        return make_bound_node(std::move(arguments[0]));
      case Function::If:
        return make_if_node(std::move(arguments));
      case Function::Coalesce:
        return make_coalesce_node(std::move(arguments));
      case Function::Not:
        return make_not_node(std::move(arguments[0]));
      case Function::Equal:
      case Function::NotEqual:
      case Function::Less:
      case Function::Greater:
      case Function::LessEqual:
      case Function::GreaterEqual:
        return make_comparison_node(call.function, std::move(arguments[0]),
                                    std::move(arguments[1]));
      case Function::SameTerm:
        return make_same_term_node(std::move(arguments[0]), std::move(arguments[1]));
      case Function::In:
      case Function::NotIn:
        return make_membership_node(std::move(arguments), call.function == Function::NotIn);
      case Function::Add:
      case Function::Subtract:
      case Function::Multiply:
      case Function::Divide:
        return make_arithmetic_node(call.function, std::move(arguments[0]),
                                    std::move(arguments[1]));
      case Function::BNode:
        return make_blank_node(schema_, std::move(arguments));
      default:
        return make_function_node(row_function(call), std::move(arguments));
    }
  }

  /// The error about an IRI that is no function names its place in the text.
  static FunctionTraits called_by_iri(const FunctionCall& call) {
    try {
      return cast_function(call.iri);
    } catch (Error& error) {
      error.position = call.place;
      throw;
    }
  }

  static FunctionTraits row_function(const FunctionCall& call) {
    if (call.function == Function::Cast) return called_by_iri(call);
    if (call.function == Function::Regex || call.function == Function::Replace)
      return regex_function(call);
    for (const auto family :
         {term_function, string_function, number_function, date_function, hash_function}) {
      FunctionTraits function = family(call.function);
      if (function.call) return function;
    }
    throw Error(ErrorCode::Invalid,
                fmt::format("the function {} is not built yet", name_of(call.function)));
  }

  const Schema& schema_;
  const ExistsFactory& exists_;
  std::size_t depth_ = 0;
  bool is_once_per_term_ = false;  // what is inside already is
};

}  // namespace

NodePtr compile(const Expression& expression, const Schema& schema, const ExistsFactory& exists) {
  return Compiler(schema, exists).node(expression);
}

}  // namespace tripten
