// The parser's errors in words of SPARQL: what was found, what was expected, what was probably
// meant.
#pragma once

#include <optional>

#include <antlr4-runtime.h>

#include "tripten/error.h"

#include "query/parse/source_text.h"

namespace tripten {

/// Keeps the first error that the parser reports.
class SyntaxErrorListener : public antlr4::BaseErrorListener {
 public:
  SyntaxErrorListener(const SourceText& source, antlr4::Parser& parser)
      : source_(source),
        parser_(parser) {}

  void syntaxError(antlr4::Recognizer* recognizer, antlr4::Token* offending, std::size_t line,
                   std::size_t column, const std::string& message,
                   std::exception_ptr cause) override;
  void throw_if_found() const;

 private:
  const SourceText& source_;
  antlr4::Parser& parser_;
  std::optional<Error> first_{};
};

}  // namespace tripten
