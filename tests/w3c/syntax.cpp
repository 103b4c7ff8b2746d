// Syntax tests of queries and update requests: the parser alone.
#include "query/parse/parse.h"
#include "w3c/outcome.h"

namespace tripten {

Outcome run_syntax(const TestEntry& test, const SuiteFolder& folder, SyntaxKind kind,
                   bool is_good) {
  const std::string text = read_text(folder, test.action);
  ParseOptions options;
  options.base = test.action;
  options.strict = true;
  try {
    if (kind == SyntaxKind::Query)
      parse_query(text, options);
    else
      parse_update(text, options);
  } catch (const Error& error) {
    const bool about_text = error.code == ErrorCode::Syntax || error.code == ErrorCode::Invalid;
    if (is_good || !about_text) return failed(std::string("Refused: ") + error.what());
    return passed();
  }
  return is_good ? passed() : failed("Taken, though it is not SPARQL.");
}

}  // namespace tripten
