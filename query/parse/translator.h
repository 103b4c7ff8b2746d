// Translator: syntax tree → algebra (SPARQL 1.1 §18.2).
//
// One class over five files: terms and prefixes (translate_terms.cpp), expressions
// (translate_expressions.cpp), triples and paths (translate_triples.cpp), group graph patterns
// (translate_patterns.cpp), queries (translate_queries.cpp) and updates (translate_updates.cpp).
// Nesting is bounded by SyntaxTree; what deepens the algebra without brackets (a + b + c, one
// OPTIONAL after another) is bounded by kMostChain in a whole text, so that no later walk over the
// algebra recurses without limit.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "query/algebra/query.h"
#include "query/parse/parse.h"
#include "query/parse/syntax.h"

namespace tripten {

class Translator {
 public:
  using Parser = grammar::SparqlParser;
  static constexpr std::size_t kMostChain = 1500;
  static constexpr std::size_t kMostPatterns = 100'000;  ///< Triple patterns and links of paths.
  static constexpr std::size_t kMostVariables = 10'000;

  Translator(const SourceText& source, const ParseOptions& options);

  Query query(Parser::QueryUnitContext* unit);
  Update update(Parser::UpdateUnitContext* unit);

 private:
  /// A group's pattern, and its own filters apart: OPTIONAL makes them its condition.
  struct TranslatedGroup {
    GraphPattern pattern{};
    std::optional<Expression> filter{};
  };
  /// Where the triples of a block go: patterns, templates or data.
  class TripleSink;
  class PatternSink;
  class TemplateSink;
  /// Aggregates met in one SELECT's expressions.
  struct AggregateScope {
    std::vector<Aggregate> aggregates{};
    bool inside = false;  // an aggregate's argument is being translated
  };
  /// The parts of a (sub-)SELECT or another form that shares its modifiers.
  struct SelectParts;
  /// What SELECT names: a variable, or an expression AS one.
  struct SelectItem {
    Variable target;
    std::optional<Expression> value;
    antlr4::ParserRuleContext* at;
    antlr4::ParserRuleContext* expression;  // null for a variable
  };

  // ---- terms (translate_terms.cpp) ----
  [[noreturn]] void fail(antlr4::ParserRuleContext* at, const std::string& message,
                         ErrorCode code = ErrorCode::Syntax) const;
  void note(antlr4::ParserRuleContext* at, const std::string& message);
  void note_known_prefixes();
  /// The node as the text has it, on one line.
  std::string written(antlr4::ParserRuleContext* node) const;
  void prologue(Parser::PrologueContext* prologue);
  std::string resolved(antlr4::tree::TerminalNode* iriref, antlr4::ParserRuleContext* at) const;
  Term iri(Parser::IriContext* context);
  Term literal(Parser::RdfLiteralContext* context);
  Term literal(Parser::NumericLiteralContext* context);
  Term number(const std::string& text) const;
  Term literal(Parser::BooleanLiteralContext* context);
  std::string string(Parser::StringContext* context);
  Variable variable(Parser::VarContext* context);
  PatternTerm var_or_iri(Parser::VarOrIriContext* context);
  Variable fresh(char kind);
  Variable fresh_in_pattern(char kind);

  // ---- expressions (translate_expressions.cpp) ----
  Expression expression(Parser::ExpressionContext* context);
  Expression conjunction(Parser::ConditionalAndExpressionContext* context);
  Expression relation(Parser::RelationalExpressionContext* context);
  Expression sum(Parser::AdditiveExpressionContext* context);
  Expression product(Expression first,
                     const std::vector<Parser::MultiplicativeStepContext*>& steps);
  Expression product(Parser::MultiplicativeExpressionContext* context);
  Expression unary(Parser::UnaryExpressionContext* context);
  Expression primary(Parser::PrimaryExpressionContext* context);
  Expression built_in(Parser::BuiltInCallContext* context);
  Expression call(Parser::IriContext* name, Parser::ArgListContext* arguments);
  Expression constraint(Parser::ConstraintContext* context);
  std::vector<Expression> list(Parser::ExpressionListContext* context);
  Expression aggregate(Parser::AggregateContext* context);
  void check_chain(std::size_t length, antlr4::ParserRuleContext* at);
  void check_patterns(std::size_t count);

  // ---- triples (translate_triples.cpp) ----
  void triples(Parser::TriplesBlockContext* block, TripleSink& sink);
  void triples(Parser::TriplesTemplateContext* block, TripleSink& sink);
  void triples(Parser::ConstructTriplesContext* block, TripleSink& sink);
  void same_subject(Parser::TriplesSameSubjectContext* context, TripleSink& sink);
  void same_subject(Parser::TriplesSameSubjectPathContext* context, TripleSink& sink);
  void properties(const PatternTerm& subject, Parser::PropertyListNotEmptyContext* list,
                  TripleSink& sink);
  void properties(const PatternTerm& subject, Parser::PropertyListPathNotEmptyContext* list,
                  TripleSink& sink);
  PatternTerm node(Parser::GraphNodeContext* context, TripleSink& sink);
  PatternTerm node(Parser::GraphNodePathContext* context, TripleSink& sink);
  PatternTerm node(Parser::TriplesNodeContext* context, TripleSink& sink);
  PatternTerm node(Parser::TriplesNodePathContext* context, TripleSink& sink);
  template <typename Node>
  PatternTerm collection(const std::vector<Node*>& members, TripleSink& sink);
  PatternTerm term(Parser::VarOrTermContext* context, TripleSink& sink);
  PropertyPath path(Parser::PathContext* context);
  PropertyPath path_sequence(Parser::PathSequenceContext* context);
  PropertyPath path_element(Parser::PathEltContext* context);
  PropertyPath negated_set(Parser::PathNegatedPropertySetContext* context);

  // ---- group graph patterns (translate_patterns.cpp) ----
  GraphPattern group(Parser::GroupGraphPatternContext* context);
  TranslatedGroup open_group(Parser::GroupGraphPatternContext* context);
  void element(Parser::GraphPatternNotTriplesContext* context, GraphPattern& pattern,
               std::vector<Expression>& filters);
  GraphPattern lateral_of(Parser::LateralGraphPatternContext* context, GraphPattern left);
  GraphPattern union_of(Parser::GroupOrUnionGraphPatternContext* context);
  Values values(Parser::DataBlockContext* context);
  Term data_value(Parser::DataBlockValueContext* context);
  void begin_bgp() { bgp_ = ++bgps_; }
  PatternTerm blank_variable(Parser::BlankNodeContext* context);

  // ---- queries (translate_queries.cpp) ----
  GraphPattern sub_select(Parser::SubSelectContext* context);
  GraphPattern modified(GraphPattern pattern, const SelectParts& parts,
                        std::vector<Variable>* columns);
  GraphPattern grouped(GraphPattern pattern, const SelectParts& parts, AggregateScope& scope);
  void query_construct(Parser::ConstructQueryContext* context, SelectParts& parts, Query& query);
  void query_describe(Parser::DescribeQueryContext* context, SelectParts& parts, Query& query);
  std::vector<SelectItem> select_items(Parser::SelectClauseContext* clause);
  SelectItem bare_aggregate(Parser::SelectItemContext* item);
  std::vector<OrderCondition> order_conditions(Parser::OrderClauseContext* clause);
  void close_group(Group& group, const std::vector<SelectItem>& items,
                   std::vector<Expression>& having, std::vector<OrderCondition>& order);
  GraphPattern sliced(GraphPattern pattern, Parser::LimitOffsetClausesContext* clauses);
  DatasetClause dataset(const std::vector<Parser::DatasetClauseContext*>& clauses);
  std::vector<Variable> by_appearance(const GraphPattern& pattern) const;
  /// Extends the pattern; a variable that has a value there already gets the new one (refused when
  /// strict). `expression` is where the value stands, `at` where errors are shown.
  void bind_anew(GraphPattern& pattern, const Variable& target, Expression value,
                 antlr4::ParserRuleContext* expression, antlr4::ParserRuleContext* at);

  // ---- updates (translate_updates.cpp) ----
  UpdateOperation operation(Parser::Update1Context* context);
  std::vector<QuadTemplate> quads(Parser::QuadsContext* context, bool blanks_allowed,
                                  bool variables_allowed);
  Modify modify(Parser::ModifyContext* context);
  Modify delete_where(Parser::DeleteWhereContext* context);
  Term graph_or_default(Parser::GraphOrDefaultContext* context);
  void set_target(Parser::GraphRefAllContext* context, Clear& clear);

  const SourceText& source_;
  const ParseOptions& options_;
  std::string base_;
  std::map<std::string, std::string> prefixes_{};       // as declared
  std::map<std::string, std::string> used_prefixes_{};  // given or known ones that were used
  std::optional<Position> known_prefix_at_{};           // the first of them
  std::vector<Leniency> leniencies_{};
  std::vector<Variable> appearance_{};  // variables in the order of the text
  std::set<Variable> appeared_{};
  int next_fresh_ = 0;
  std::size_t chained_ = 0;  // members of chains so far, at most kMostChain
  std::size_t fresh_in_patterns_ = 0;
  std::size_t patterns_ = 0;  // triple patterns and links of paths so far, at most kMostPatterns
  antlr4::ParserRuleContext* triples_at_ = nullptr;  // those that are being translated
  int bgps_ = 0, bgp_ = 0;  // how many basic graph patterns there are, and the one at hand
  std::map<std::string, int> label_bgp_{};    // blank node label → its basic graph pattern
  std::set<std::string> earlier_labels_{};    // of data of operations before this one
  std::set<std::string> operation_labels_{};  // of data of this operation
  AggregateScope* aggregates_ = nullptr;      // where aggregates may stand now
};

}  // namespace tripten
