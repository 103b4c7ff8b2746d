// Expressions (SPARQL 1.1 §17, productions 110 to 128).
#include <array>
#include <span>

#include <fmt/format.h>

#include "grammar/SparqlLexer.h"
#include "query/parse/translator.h"
#include "rdf/vocabulary.h"

namespace tripten {

namespace {

using grammar::SparqlLexer;

struct BuiltIn {
  std::size_t token;
  Function function;
  std::size_t least, most;  // arguments
};

constexpr std::array kBuiltIns{
    BuiltIn{SparqlLexer::SUBSTR, Function::SubStr, 2, 3},
    BuiltIn{SparqlLexer::REPLACE, Function::Replace, 3, 4},
    BuiltIn{SparqlLexer::IF, Function::If, 3, 3},
    BuiltIn{SparqlLexer::STR, Function::Str, 1, 1},
    BuiltIn{SparqlLexer::LANG, Function::Lang, 1, 1},
    BuiltIn{SparqlLexer::LANGMATCHES, Function::LangMatches, 2, 2},
    BuiltIn{SparqlLexer::DATATYPE, Function::Datatype, 1, 1},
    BuiltIn{SparqlLexer::IRI, Function::Iri, 1, 1},
    BuiltIn{SparqlLexer::URI, Function::Iri, 1, 1},
    BuiltIn{SparqlLexer::ABS, Function::Abs, 1, 1},
    BuiltIn{SparqlLexer::CEIL, Function::Ceil, 1, 1},
    BuiltIn{SparqlLexer::FLOOR, Function::Floor, 1, 1},
    BuiltIn{SparqlLexer::ROUND, Function::Round, 1, 1},
    BuiltIn{SparqlLexer::STRLEN, Function::StrLen, 1, 1},
    BuiltIn{SparqlLexer::UCASE, Function::UCase, 1, 1},
    BuiltIn{SparqlLexer::LCASE, Function::LCase, 1, 1},
    BuiltIn{SparqlLexer::ENCODE_FOR_URI, Function::EncodeForUri, 1, 1},
    BuiltIn{SparqlLexer::CONTAINS, Function::Contains, 2, 2},
    BuiltIn{SparqlLexer::STRSTARTS, Function::StrStarts, 2, 2},
    BuiltIn{SparqlLexer::STRENDS, Function::StrEnds, 2, 2},
    BuiltIn{SparqlLexer::STRBEFORE, Function::StrBefore, 2, 2},
    BuiltIn{SparqlLexer::STRAFTER, Function::StrAfter, 2, 2},
    BuiltIn{SparqlLexer::YEAR, Function::Year, 1, 1},
    BuiltIn{SparqlLexer::MONTH, Function::Month, 1, 1},
    BuiltIn{SparqlLexer::DAY, Function::Day, 1, 1},
    BuiltIn{SparqlLexer::HOURS, Function::Hours, 1, 1},
    BuiltIn{SparqlLexer::MINUTES, Function::Minutes, 1, 1},
    BuiltIn{SparqlLexer::SECONDS, Function::Seconds, 1, 1},
    BuiltIn{SparqlLexer::TIMEZONE, Function::Timezone, 1, 1},
    BuiltIn{SparqlLexer::TZ, Function::Tz, 1, 1},
    BuiltIn{SparqlLexer::MD5, Function::Md5, 1, 1},
    BuiltIn{SparqlLexer::SHA1, Function::Sha1, 1, 1},
    BuiltIn{SparqlLexer::SHA256, Function::Sha256, 1, 1},
    BuiltIn{SparqlLexer::SHA384, Function::Sha384, 1, 1},
    BuiltIn{SparqlLexer::SHA512, Function::Sha512, 1, 1},
    BuiltIn{SparqlLexer::STRLANG, Function::StrLang, 2, 2},
    BuiltIn{SparqlLexer::STRDT, Function::StrDt, 2, 2},
    BuiltIn{SparqlLexer::SAMETERM, Function::SameTerm, 2, 2},
    BuiltIn{SparqlLexer::ISIRI, Function::IsIri, 1, 1},
    BuiltIn{SparqlLexer::ISURI, Function::IsIri, 1, 1},
    BuiltIn{SparqlLexer::ISBLANK, Function::IsBlank, 1, 1},
    BuiltIn{SparqlLexer::ISLITERAL, Function::IsLiteral, 1, 1},
    BuiltIn{SparqlLexer::ISNUMERIC, Function::IsNumeric, 1, 1},
    BuiltIn{SparqlLexer::RAND, Function::Rand, 0, 0},
    BuiltIn{SparqlLexer::NOW, Function::Now, 0, 0},
    BuiltIn{SparqlLexer::UUID, Function::Uuid, 0, 0},
    BuiltIn{SparqlLexer::STRUUID, Function::StrUuid, 0, 0},
    BuiltIn{SparqlLexer::BNODE, Function::BNode, 0, 1},
    BuiltIn{SparqlLexer::COALESCE, Function::Coalesce, 0, ~std::size_t{0}},
    BuiltIn{SparqlLexer::CONCAT, Function::Concat, 0, ~std::size_t{0}}};

const BuiltIn& built_in_of(std::size_t token) {
  for (const BuiltIn& built_in : kBuiltIns)
    if (built_in.token == token) return built_in;
  throw Error(ErrorCode::Internal, "internal error: a built-in call without a function");
}

Expression call_of(Function function, std::vector<Expression> arguments) {
  return {FunctionCall{function, std::move(arguments), {}, {}}};
}

/// `&&` and `||` are associative, errors included, so a chain becomes a tree of logarithmic depth.
Expression balanced(Function function, std::span<Expression> operands) {
  if (operands.size() == 1) return std::move(operands[0]);
  const std::size_t half = operands.size() / 2;
  std::vector<Expression> both;
  both.push_back(balanced(function, operands.first(half)));
  both.push_back(balanced(function, operands.subspan(half)));
  return call_of(function, std::move(both));
}

Expression binary(Function function, Expression left, Expression right) {
  std::vector<Expression> both;
  both.push_back(std::move(left));
  both.push_back(std::move(right));
  return call_of(function, std::move(both));
}

Function comparison_of(const std::string& sign) {
  if (sign == "=") return Function::Equal;
  if (sign == "!=") return Function::NotEqual;
  if (sign == "<") return Function::Less;
  if (sign == ">") return Function::Greater;
  return sign == "<=" ? Function::LessEqual : Function::GreaterEqual;
}

AggregateKind aggregate_of(std::size_t token) {
  switch (token) {
    case SparqlLexer::COUNT:
      return AggregateKind::Count;
    case SparqlLexer::SUM:
      return AggregateKind::Sum;
    case SparqlLexer::MIN:
      return AggregateKind::Min;
    case SparqlLexer::MAX:
      return AggregateKind::Max;
    case SparqlLexer::AVG:
      return AggregateKind::Avg;
    case SparqlLexer::SAMPLE:
      return AggregateKind::Sample;
    default:
      return AggregateKind::GroupConcat;
  }
}

}  // namespace

void Translator::check_chain(std::size_t length, antlr4::ParserRuleContext* at) {
  chained_ += length;
  if (chained_ > kMostChain)
    fail(at, fmt::format("more than {} operands, OPTIONALs and the like in a row are too many",
                         kMostChain));
}

void Translator::check_patterns(std::size_t count) {
  patterns_ += count;
  if (patterns_ > kMostPatterns)
    fail(triples_at_, fmt::format("more than {} triple patterns are too many", kMostPatterns));
}

Expression Translator::expression(Parser::ExpressionContext* context) {
  std::vector<Expression> operands;
  for (auto* part : context->conditionalOrExpression()->conditionalAndExpression())
    operands.push_back(conjunction(part));
  return balanced(Function::Or, operands);
}

Expression Translator::conjunction(Parser::ConditionalAndExpressionContext* context) {
  std::vector<Expression> operands;
  for (auto* part : context->valueLogical())
    operands.push_back(relation(part->relationalExpression()));
  return balanced(Function::And, operands);
}

Expression Translator::relation(Parser::RelationalExpressionContext* context) {
  Expression left = sum(context->numericExpression(0)->additiveExpression());
  if (context->comparison)
    return binary(comparison_of(context->comparison->getText()), std::move(left),
                  sum(context->numericExpression(1)->additiveExpression()));
  if (!context->IN()) return left;
  std::vector<Expression> arguments = list(context->expressionList());
  arguments.insert(arguments.begin(), std::move(left));
  return call_of(context->NOT() ? Function::NotIn : Function::In, std::move(arguments));
}

Expression Translator::sum(Parser::AdditiveExpressionContext* context) {
  const auto steps = context->additiveStep();
  check_chain(steps.size(), context);
  Expression left = product(context->multiplicativeExpression());
  for (auto* step : steps) {
    if (step->op) {
      left = binary(step->op->getText() == "+" ? Function::Add : Function::Subtract,
                    std::move(left), product(step->multiplicativeExpression()));
      continue;
    }
    // `?a -1`: the sign belongs to the literal's token (production 116).
    const std::string literal = step->numericLiteralPositive()
                                    ? step->numericLiteralPositive()->getText()
                                    : step->numericLiteralNegative()->getText();
    Expression right = product(Expression{number(literal.substr(1))}, step->multiplicativeStep());
    left = binary(literal[0] == '+' ? Function::Add : Function::Subtract, std::move(left),
                  std::move(right));
  }
  return left;
}

Expression Translator::product(Expression first,
                               const std::vector<Parser::MultiplicativeStepContext*>& steps) {
  if (!steps.empty()) check_chain(steps.size(), steps[0]);
  for (auto* step : steps)
    first = binary(step->op->getText() == "*" ? Function::Multiply : Function::Divide,
                   std::move(first), unary(step->unaryExpression()));
  return first;
}

Expression Translator::product(Parser::MultiplicativeExpressionContext* context) {
  return product(unary(context->unaryExpression()), context->multiplicativeStep());
}

Expression Translator::unary(Parser::UnaryExpressionContext* context) {
  Expression operand = primary(context->primaryExpression());
  if (!context->op) return operand;
  const std::string sign = context->op->getText();
  std::vector<Expression> argument;
  argument.push_back(std::move(operand));
  return call_of(sign == "!"   ? Function::Not
                 : sign == "-" ? Function::UnaryMinus
                               : Function::UnaryPlus,
                 std::move(argument));
}

Expression Translator::primary(Parser::PrimaryExpressionContext* context) {
  if (auto* inner = context->brackettedExpression()) return expression(inner->expression());
  if (auto* inner = context->builtInCall()) return built_in(inner);
  if (auto* name = context->iriOrFunction())
    return name->argList() ? call(name->iri(), name->argList()) : Expression{iri(name->iri())};
  if (auto* inner = context->rdfLiteral()) return {literal(inner)};
  if (auto* inner = context->numericLiteral()) return {literal(inner)};
  if (auto* inner = context->booleanLiteral()) return {literal(inner)};
  return {variable(context->var())};
}

Expression Translator::built_in(Parser::BuiltInCallContext* context) {
  if (auto* inner = context->aggregate()) return aggregate(inner);
  if (auto* inner = context->existsFunc())
    return {Exists{false, group(inner->groupGraphPattern())}};
  if (auto* inner = context->notExistsFunc())
    return {Exists{true, group(inner->groupGraphPattern())}};
  if (auto* regex = context->regexExpression()) {
    std::vector<Expression> arguments;
    for (auto* argument : regex->expression())
      arguments.push_back(expression(argument));
    return call_of(Function::Regex, std::move(arguments));
  }
  if (context->name->getType() == SparqlLexer::BOUND) {
    std::vector<Expression> argument{Expression{variable(context->var())}};
    return call_of(Function::Bound, std::move(argument));
  }
  const BuiltIn& built_in = built_in_of(context->name->getType());
  std::vector<Expression> arguments;
  if (context->expressionList())
    arguments = list(context->expressionList());
  else
    for (auto* argument : context->expression())
      arguments.push_back(expression(argument));
  if (arguments.size() < built_in.least || arguments.size() > built_in.most)
    fail(context, fmt::format("{} takes {} {}, here are {}", name_of(built_in.function),
                              built_in.least == built_in.most
                                  ? std::to_string(built_in.least)
                                  : fmt::format("{} or {}", built_in.least, built_in.most),
                              built_in.most == 1 ? "argument" : "arguments", arguments.size()));
  return call_of(built_in.function, std::move(arguments));
}

Expression Translator::call(Parser::IriContext* name, Parser::ArgListContext* arguments) {
  const Term function = iri(name);
  if (arguments->DISTINCT())
    fail(arguments, "DISTINCT stands in aggregates only", ErrorCode::Invalid);
  FunctionCall cast{Function::Cast, {}, function.value(), place_of(name->getStart(), source_)};
  for (auto* argument : arguments->expression())
    cast.arguments.push_back(expression(argument));
  if (function.value().starts_with(kXsdNamespace) && cast.arguments.size() != 1)
    fail(name, fmt::format("a cast takes 1 argument, here are {}", cast.arguments.size()));
  return {std::move(cast)};
}

Expression Translator::constraint(Parser::ConstraintContext* context) {
  if (auto* inner = context->brackettedExpression()) return expression(inner->expression());
  if (auto* inner = context->builtInCall()) return built_in(inner);
  return call(context->functionCall()->iri(), context->functionCall()->argList());
}

std::vector<Expression> Translator::list(Parser::ExpressionListContext* context) {
  std::vector<Expression> members;
  for (auto* member : context->expression())
    members.push_back(expression(member));
  return members;
}

Expression Translator::aggregate(Parser::AggregateContext* context) {
  if (!aggregates_)
    fail(context,
         fmt::format("{} is an aggregate: it stands in SELECT, HAVING and ORDER BY only",
                     context->name->getText()),
         ErrorCode::Invalid);
  if (aggregates_->inside)
    fail(context, "an aggregate can't stand inside another one", ErrorCode::Invalid);
  Aggregate found{.result = {}, .kind = aggregate_of(context->name->getType())};
  found.distinct = context->DISTINCT() != nullptr;
  if (context->expression()) {
    aggregates_->inside = true;
    found.argument = expression(context->expression());
    aggregates_->inside = false;
  }
  if (context->string()) found.separator = string(context->string());
  for (const Aggregate& known : aggregates_->aggregates) {
    found.result = known.result;
    if (known == found) return {known.result};
  }
  found.result = fresh('a');
  aggregates_->aggregates.push_back(found);
  return {found.result};
}

}  // namespace tripten
