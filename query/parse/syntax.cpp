#include "query/parse/syntax.h"

#include "query/parse/syntax_error.h"

namespace tripten {

using grammar::SparqlLexer;
using grammar::SparqlParser;

namespace {

/// Thrown through the lexer; read_tokens() knows the place.
struct TooManyTokens {};

}  // namespace

void BoundedInput::consume() {
  if (left_-- == 0) throw ReadTooOften{};
  ANTLRInputStream::consume();
}

std::unique_ptr<antlr4::Token> StoppingLexer::nextToken() {
  if (stopped_) hitEOF = true;
  if (tokens_++ >= most_tokens_) throw TooManyTokens{};
  std::unique_ptr<antlr4::Token> next = SparqlLexer::nextToken();
  stopped_ = stopped_ || next->getType() == WORD || next->getType() == UNKNOWN;
  return next;
}

SyntaxTree::SyntaxTree(SourceText source, std::size_t memory_bytes)
    : source_(std::move(source)),
      input_(source_.text()),
      lexer_(&input_, memory_bytes / kBytesPerToken),
      tokens_(&lexer_),
      parser_(&tokens_) {
  lexer_.removeErrorListeners();
  parser_.removeErrorListeners();
  read_tokens();
  check_nesting();
}

void SyntaxTree::read_tokens() {
  const auto fail = [&](ErrorCode code, const char* message) {
    throw Error(code, message,
                source_.original({static_cast<int>(lexer_.tokenStartLine),
                                  static_cast<int>(lexer_.tokenStartCharPositionInLine) + 1}));
  };
  try {
    tokens_.fill();
  } catch (const BoundedInput::ReadTooOften&) {
    fail(ErrorCode::Syntax, "no word of SPARQL begins here, as far as the text was read");
  } catch (const TooManyTokens&) {
    fail(ErrorCode::Limit, "the text has more words than the memory limit can hold");
  }
}

void SyntaxTree::check_nesting() {
  int depth = 0;
  for (const antlr4::Token* token : tokens_.getTokens()) {
    if (token->getChannel() != antlr4::Token::DEFAULT_CHANNEL) continue;
    const std::string text = token->getText();
    if (text == "(" || text == "[" || text == "{") {
      if (++depth > kMostNesting)
        throw Error(ErrorCode::Syntax, "the brackets are nested too deeply",
                    place_of(token, source_));
    } else if (text == ")" || text == "]" || text == "}") {
      --depth;
    }
  }
}

/// SLL prediction first, since it is fast and almost always enough; where it finds an error, the
/// full LL prediction decides and says where (the two-stage parsing of the ANTLR 4 reference).
template <typename Rule>
auto SyntaxTree::parse(Rule rule) {
  auto* interpreter = parser_.getInterpreter<antlr4::atn::ParserATNSimulator>();
  interpreter->setPredictionMode(antlr4::atn::PredictionMode::SLL);
  parser_.setErrorHandler(std::make_shared<antlr4::BailErrorStrategy>());
  try {
    return (parser_.*rule)();
  } catch (const antlr4::ParseCancellationException&) {
    tokens_.seek(0);
    parser_.reset();
    SyntaxErrorListener listener(source_, parser_);
    parser_.addErrorListener(&listener);
    parser_.setErrorHandler(std::make_shared<antlr4::DefaultErrorStrategy>());
    interpreter->setPredictionMode(antlr4::atn::PredictionMode::LL);
    auto* tree = (parser_.*rule)();
    parser_.removeErrorListeners();
    listener.throw_if_found();
    return tree;
  }
}

SparqlParser::QueryUnitContext* SyntaxTree::query() {
  return parse(&SparqlParser::queryUnit);
}
SparqlParser::UpdateUnitContext* SyntaxTree::update() {
  return parse(&SparqlParser::updateUnit);
}

const antlr4::Token* SyntaxTree::first_keyword() {
  const antlr4::Token* last = nullptr;
  for (const antlr4::Token* token : tokens_.getTokens()) {
    if (token->getChannel() != antlr4::Token::DEFAULT_CHANNEL) continue;
    last = token;
    const std::size_t type = token->getType();
    const bool of_prologue = type == SparqlLexer::PREFIX || type == SparqlLexer::BASE ||
                             type == SparqlLexer::PNAME_NS || type == SparqlLexer::IRIREF;
    if (!of_prologue) return token;
  }
  return last;
}

Position place_of(const antlr4::Token* token, const SourceText& source) {
  return source.original(
      {static_cast<int>(token->getLine()), static_cast<int>(token->getCharPositionInLine()) + 1});
}

}  // namespace tripten
