// Expressions of the SPARQL algebra (SPARQL 1.1 §17, §18): plain values.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "tripten/term.h"

#include "base/box.h"

namespace tripten {

struct GraphPattern;  // query/algebra/graph_pattern.h

/// A query variable, by its name without `?`. Names that start with '.' are the translator's own
/// (blank nodes of patterns, aggregates, steps of paths) and are never part of an answer.
struct Variable {
  std::string name;
  friend auto operator<=>(const Variable&, const Variable&) = default;
};

/// Operators and built-in functions (§17.3, §17.4), named as the grammar names them.
enum class Function : std::uint8_t {
  // §17.4.1 functional forms (Bound, If, Coalesce, And, Or treat errors specially)
  Bound,
  If,
  Coalesce,
  Or,
  And,
  Not,
  Equal,
  NotEqual,
  Less,
  Greater,
  LessEqual,
  GreaterEqual,
  SameTerm,
  In,
  NotIn,
  // arithmetic
  Add,
  Subtract,
  Multiply,
  Divide,
  UnaryMinus,
  UnaryPlus,
  // §17.4.2 RDF terms
  IsIri,
  IsBlank,
  IsLiteral,
  IsNumeric,
  Str,
  Lang,
  Datatype,
  Iri,
  BNode,
  StrDt,
  StrLang,
  Uuid,
  StrUuid,
  // §17.4.3 strings
  StrLen,
  SubStr,
  UCase,
  LCase,
  StrStarts,
  StrEnds,
  Contains,
  StrBefore,
  StrAfter,
  EncodeForUri,
  Concat,
  LangMatches,
  Regex,
  Replace,
  // §17.4.4 numbers
  Abs,
  Round,
  Ceil,
  Floor,
  Rand,
  // §17.4.5 dates and times
  Now,
  Year,
  Month,
  Day,
  Hours,
  Minutes,
  Seconds,
  Timezone,
  Tz,
  // §17.4.6 hashes
  Md5,
  Sha1,
  Sha256,
  Sha384,
  Sha512,
  // §17.5 a call by IRI: casts to xsd types; the IRI is FunctionCall::iri
  Cast
};

/// The name as SPARQL writes it (`STRLEN`, `&&`, `IN`).
std::string_view name_of(Function function);

enum class AggregateKind : std::uint8_t { Count, Sum, Min, Max, Avg, Sample, GroupConcat };
std::string_view name_of(AggregateKind kind);

struct Expression;

struct FunctionCall {
  Function function = Function::Bound;
  std::vector<Expression> arguments{};
  std::string iri{};  ///< Function::Cast: the datatype's IRI.
  friend bool operator==(const FunctionCall&, const FunctionCall&) = default;
};

/// EXISTS and NOT EXISTS (§18.2.2.6): the pattern with the current solution substituted.
struct Exists {
  bool negated = false;
  Box<GraphPattern> pattern;
  friend bool operator==(const Exists&, const Exists&) = default;
};

/// A node of an expression tree. Aggregates never stand here: translation replaces each by a
/// variable that Group binds (§18.2.4.1).
struct Expression {
  using Node = std::variant<Variable, Term, FunctionCall, Exists>;
  Node node{};
  friend bool operator==(const Expression&, const Expression&) = default;
};

}  // namespace tripten
