// Tests of the RDF syntaxes: the readers alone.
#include "w3c/answer.h"
#include "w3c/outcome.h"

namespace tripten {

Outcome run_rdf_syntax(const TestEntry& test, const SuiteFolder& folder, Format format,
                       RdfExpectation expectation) {
  Quads quads;
  try {
    quads = read_quads(read_text(folder, test.action), format, test.action);
  } catch (const Error& error) {
    const bool about_text = error.code == ErrorCode::Syntax || error.code == ErrorCode::Invalid;
    if (expectation == RdfExpectation::Bad && about_text) return passed();
    return failed(std::string("Refused: ") + error.what());
  }
  if (expectation == RdfExpectation::Bad)
    return failed("Taken, though it is not " + std::string(name_of(format)) + '.');
  if (expectation == RdfExpectation::Good) return passed();
  const std::string other = difference(read_quads(folder.file_of(test.result), test.result), quads);
  return other.empty() ? passed() : failed("Another graph.", other);
}

}  // namespace tripten
