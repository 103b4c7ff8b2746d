// SyntaxTree: a text parsed by the grammar, or the first error in words of SPARQL.
#pragma once

#include <memory>

#include "grammar/SparqlLexer.h"
#include "grammar/SparqlParser.h"
#include "query/parse/source_text.h"

namespace tripten {

/// The characters of a text, in linear time: the lexer, which reads on while some longer token may
/// come and goes back where none does, may read each character kMostReadings times on average.
/// (`a.a.a.a` could be the prefix of a name up to the last character.)
class BoundedInput : public antlr4::ANTLRInputStream {
 public:
  struct ReadTooOften {};  ///< Thrown through the lexer.

  explicit BoundedInput(std::string_view text)
      : ANTLRInputStream(std::string(text)),
        left_(kMostReadings * text.size() + 10'000) {}
  void consume() override;

 private:
  static constexpr std::size_t kMostReadings = 16;
  std::size_t left_;
};

/// Ends the tokens behind the first one that no rule takes, since the parser will stop there, and
/// refuses more tokens than a number.
class StoppingLexer : public grammar::SparqlLexer {
 public:
  StoppingLexer(antlr4::CharStream* input, std::size_t most_tokens)
      : SparqlLexer(input),
        most_tokens_(most_tokens) {}
  std::unique_ptr<antlr4::Token> nextToken() override;

 private:
  std::size_t tokens_ = 0, most_tokens_;
  bool stopped_ = false;
};

/// Owns the tree and the tokens that it refers to. What can nest in the grammar nests by brackets;
/// texts that nest deeper than kMostNesting are refused before the recursive parser runs.
class SyntaxTree {
 public:
  static constexpr int kMostNesting = 400;
  /// Of memory a token, with its nodes of the tree: the most that was measured, for `IN (1, 1,
  /// ...)`.
  static constexpr std::size_t kBytesPerToken = 1200;

  /// Throws Syntax for a text that no token begins with or that nests too deeply, Limit where the
  /// tree would take more memory.
  explicit SyntaxTree(SourceText source, std::size_t memory_bytes = ~std::size_t{0});

  /// Parse the whole text as a query or as an update; Syntax where it is none.
  grammar::SparqlParser::QueryUnitContext* query();
  grammar::SparqlParser::UpdateUnitContext* update();

  const SourceText& source() const { return source_; }
  /// The first token after PREFIX and BASE declarations.
  const antlr4::Token* first_keyword();

 private:
  template <typename Rule>
  auto parse(Rule rule);
  void read_tokens();
  void check_nesting();

  SourceText source_;
  BoundedInput input_;
  StoppingLexer lexer_;
  antlr4::CommonTokenStream tokens_;
  grammar::SparqlParser parser_;
};

/// Where a token begins, in the user's text.
Position place_of(const antlr4::Token* token, const SourceText& source);

}  // namespace tripten
