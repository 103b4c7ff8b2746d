// SyntaxTree: a text parsed by the grammar, or the first error in words of SPARQL.
#pragma once

#include <memory>

#include "grammar/SparqlLexer.h"
#include "grammar/SparqlParser.h"
#include "query/parse/source_text.h"

namespace tripten {

/// Ends the tokens behind the first one that no rule takes: the parser will stop there, and what
/// follows could be made to cost the lexer more than linear time.
class StoppingLexer : public grammar::SparqlLexer {
 public:
  using SparqlLexer::SparqlLexer;
  std::unique_ptr<antlr4::Token> nextToken() override;

 private:
  bool stopped_ = false;
};

/// Owns the tree and the tokens that it refers to. What can nest in the grammar nests by brackets;
/// texts that nest deeper than kMostNesting are refused before the recursive parser runs.
class SyntaxTree {
 public:
  static constexpr int kMostNesting = 400;

  /// Throws Syntax for a text that no token begins with or that nests too deeply.
  explicit SyntaxTree(SourceText source);

  /// Parse the whole text as a query or as an update; Syntax where it is none.
  grammar::SparqlParser::QueryUnitContext* query();
  grammar::SparqlParser::UpdateUnitContext* update();

  const SourceText& source() const { return source_; }
  /// The first token after PREFIX and BASE declarations.
  const antlr4::Token* first_keyword();

 private:
  template <typename Rule>
  auto parse(Rule rule);
  void check_nesting();

  SourceText source_;
  antlr4::ANTLRInputStream input_;
  StoppingLexer lexer_;
  antlr4::CommonTokenStream tokens_;
  grammar::SparqlParser parser_;
};

/// Where a token begins, in the user's text.
Position place_of(const antlr4::Token* token, const SourceText& source);

}  // namespace tripten
