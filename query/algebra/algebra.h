// The SPARQL algebra (SPARQL 1.1 §18.2): graph patterns and solution modifiers as plain structs in
// one variant, so that a forgotten node is a compile error.
//
// A node is a value: built by hand in tests, compared, copied, printed (algebra/print.h). Passes
// are functions GraphPattern → GraphPattern.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "tripten/error.h"
#include "tripten/term.h"

#include "base/box.h"

namespace tripten {

struct GraphPattern;

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
  // §17.5, §17.6 a call by IRI: casts to xsd types; the IRI is FunctionCall::iri
  Cast
};

/// The name as SPARQL writes it (`STRLEN`, `&&`, `IN`).
std::string_view name_of(Function function);

enum class AggregateKind : std::uint8_t { Count, Sum, Min, Max, Avg, Sample, GroupConcat };
std::string_view name_of(AggregateKind kind);

struct Expression;

struct FunctionCall {
  Function function = Function::Bound;
  std::vector<Expression> arguments;  // no braces: clang wants the type complete there
  std::string iri{};                  ///< Function::Cast: the datatype's IRI.
  std::optional<Position> place{};    ///< Function::Cast: where it stands in the text.
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

// ---- Graph patterns and solution modifiers ----

/// A place of a triple pattern. Blank nodes of the query text are variables here.
using PatternTerm = std::variant<Variable, Term>;

struct TriplePattern {
  PatternTerm subject, predicate, object;
  friend bool operator==(const TriplePattern&, const TriplePattern&) = default;
};

/// Property paths (§18.2.2.1, §9.3).
struct PropertyPath;
struct PathLink {
  Term iri;
  friend bool operator==(const PathLink&, const PathLink&) = default;
};
struct PathInverse {
  Box<PropertyPath> path;
  friend bool operator==(const PathInverse&, const PathInverse&) = default;
};
struct PathSequence {
  Box<PropertyPath> first, second;
  friend bool operator==(const PathSequence&, const PathSequence&) = default;
};
struct PathAlternative {
  Box<PropertyPath> first, second;
  friend bool operator==(const PathAlternative&, const PathAlternative&) = default;
};
struct PathZeroOrMore {
  Box<PropertyPath> path;
  friend bool operator==(const PathZeroOrMore&, const PathZeroOrMore&) = default;
};
struct PathOneOrMore {
  Box<PropertyPath> path;
  friend bool operator==(const PathOneOrMore&, const PathOneOrMore&) = default;
};
struct PathZeroOrOne {
  Box<PropertyPath> path;
  friend bool operator==(const PathZeroOrOne&, const PathZeroOrOne&) = default;
};
/// !(iri | ... | ^iri ...): forward and inverse members apart (§18.2.2.1).
struct PathNegatedSet {
  std::vector<Term> forward{}, inverse{};
  friend bool operator==(const PathNegatedSet&, const PathNegatedSet&) = default;
};
struct PropertyPath {
  using Node = std::variant<PathLink, PathInverse, PathSequence, PathAlternative, PathZeroOrMore,
                            PathOneOrMore, PathZeroOrOne, PathNegatedSet>;
  Node node{};
  friend bool operator==(const PropertyPath&, const PropertyPath&) = default;
};

struct GraphPattern;

/// Basic graph pattern (§18.3). Empty: one solution without bindings.
struct Bgp {
  std::vector<TriplePattern> patterns{};
  friend bool operator==(const Bgp&, const Bgp&) = default;
};
/// A path that translation could not turn into triple patterns, Joins and Unions (§18.4).
struct Path {
  PatternTerm subject;
  PropertyPath path;
  PatternTerm object;
  friend bool operator==(const Path&, const Path&) = default;
};
struct Join {
  Box<GraphPattern> left, right;
  friend bool operator==(const Join&, const Join&) = default;
};
/// OPTIONAL: LeftJoin(left, right, condition); no condition is `true`.
struct LeftJoin {
  Box<GraphPattern> left, right;
  std::optional<Expression> condition{};
  friend bool operator==(const LeftJoin&, const LeftJoin&) = default;
};
struct Filter {
  Expression condition;
  Box<GraphPattern> pattern;
  friend bool operator==(const Filter&, const Filter&) = default;
};
struct Union {
  Box<GraphPattern> left, right;
  friend bool operator==(const Union&, const Union&) = default;
};
struct Minus {
  Box<GraphPattern> left, right;
  friend bool operator==(const Minus&, const Minus&) = default;
};
/// LATERAL (an extension, SEP-0006): for each solution of `left` those of `right` with its values
/// substituted, merged with it.
struct Lateral {
  Box<GraphPattern> left, right;
  friend bool operator==(const Lateral&, const Lateral&) = default;
};
/// GRAPH: the pattern evaluated in one named graph, or in each in turn.
struct Graph {
  PatternTerm name;
  Box<GraphPattern> pattern;
  friend bool operator==(const Graph&, const Graph&) = default;
};
/// BIND and (expression AS ?v).
struct Extend {
  Box<GraphPattern> pattern;
  Variable variable;
  Expression expression;
  friend bool operator==(const Extend&, const Extend&) = default;
};
/// VALUES: rows of terms, unbound where UNDEF.
struct Values {
  std::vector<Variable> variables{};
  std::vector<std::vector<Term>> rows{};
  friend bool operator==(const Values&, const Values&) = default;
};
struct Aggregate {
  Variable result;
  AggregateKind kind = AggregateKind::Count;
  bool distinct = false;
  std::optional<Expression> argument{};  ///< Nothing: COUNT(*).
  std::string separator = " ";           ///< GROUP_CONCAT.
  friend bool operator==(const Aggregate&, const Aggregate&) = default;
};
/// Group and AggregateJoin (§18.5.1) in one. Keys are variables: expressions become Extend below.
/// Without keys there is one group, also over no solutions.
struct Group {
  Box<GraphPattern> pattern;
  std::vector<Variable> keys{};
  std::vector<Aggregate> aggregates{};
  friend bool operator==(const Group&, const Group&) = default;
};
struct OrderCondition {
  Expression expression;
  bool descending = false;
  friend bool operator==(const OrderCondition&, const OrderCondition&) = default;
};
struct OrderBy {
  Box<GraphPattern> pattern;
  std::vector<OrderCondition> conditions{};
  friend bool operator==(const OrderBy&, const OrderBy&) = default;
};
/// Also the scope of a sub-SELECT: other variables of the pattern are not visible outside.
struct Project {
  Box<GraphPattern> pattern;
  std::vector<Variable> variables{};
  friend bool operator==(const Project&, const Project&) = default;
};
struct Distinct {
  Box<GraphPattern> pattern;
  friend bool operator==(const Distinct&, const Distinct&) = default;
};
struct Reduced {
  Box<GraphPattern> pattern;
  friend bool operator==(const Reduced&, const Reduced&) = default;
};
struct Slice {
  Box<GraphPattern> pattern;
  std::uint64_t offset = 0;
  std::optional<std::uint64_t> limit{};
  friend bool operator==(const Slice&, const Slice&) = default;
};
/// SERVICE (SPARQL 1.1 Federated Query §2).
struct Service {
  PatternTerm name;
  Box<GraphPattern> pattern;
  bool silent = false;
  std::optional<Position> place{};  ///< Where it stands in the text.
  friend bool operator==(const Service&, const Service&) = default;
};

struct GraphPattern {
  using Node = std::variant<Bgp, Path, Join, LeftJoin, Filter, Union, Minus, Lateral, Graph, Extend,
                            Values, Group, OrderBy, Project, Distinct, Reduced, Slice, Service>;
  Node node{};
  friend bool operator==(const GraphPattern&, const GraphPattern&) = default;
};

}  // namespace tripten
