#include "w3c/outcome.h"

#include <array>
#include <optional>
#include <string_view>

namespace tripten {

namespace {

std::optional<Outcome> run_sparql_syntax(const TestEntry& test, const SuiteFolder& folder) {
  using enum SyntaxKind;
  if (test.type == "PositiveSyntaxTest" || test.type == "PositiveSyntaxTest11")
    return run_syntax(test, folder, Query, true);
  if (test.type == "NegativeSyntaxTest" || test.type == "NegativeSyntaxTest11")
    return run_syntax(test, folder, Query, false);
  if (test.type == "PositiveUpdateSyntaxTest" || test.type == "PositiveUpdateSyntaxTest11")
    return run_syntax(test, folder, Update, true);
  if (test.type == "NegativeUpdateSyntaxTest" || test.type == "NegativeUpdateSyntaxTest11")
    return run_syntax(test, folder, Update, false);
  return std::nullopt;
}

/// `TestTurtleNegativeSyntax` and the like: Test, a language, what is expected.
std::optional<Outcome> run_rdf_test(const TestEntry& test, const SuiteFolder& folder) {
  struct Language {
    std::string_view name;
    Format format;
  };
  static constexpr std::array<Language, 5> kLanguages{{{"NTriples", Format::NTriples},
                                                       {"NQuads", Format::NQuads},
                                                       {"Turtle", Format::Turtle},
                                                       {"Trig", Format::TriG},
                                                       {"XML", Format::RdfXml}}};
  for (const auto& [name, format] : kLanguages) {
    const std::string start = "Test" + std::string(name);
    if (!test.type.starts_with(start)) continue;
    const std::string_view rest = std::string_view(test.type).substr(start.size());
    if (rest == "PositiveSyntax") return run_rdf_syntax(test, folder, format, RdfExpectation::Good);
    if (rest == "NegativeSyntax" || rest == "NegativeEval")
      return run_rdf_syntax(test, folder, format, RdfExpectation::Bad);
    if (rest == "Eval") return run_rdf_syntax(test, folder, format, RdfExpectation::Result);
  }
  return std::nullopt;
}

Outcome dispatch(const TestEntry& test, const SuiteFolder& folder, const Setting& setting) {
  if (test.is_disapproved) return not_applicable("The working group has not approved the test.");
  if (test.entailment || test.type.ends_with("EntailmentTest"))
    return not_applicable("Needs an entailment regime; Tripten answers by simple entailment.");
  if (test.type == "ProtocolTest")
    return not_applicable("Tests a SPARQL Protocol server; Tripten is a library and a program.");
  if (test.type == "GraphStoreProtocolTest")
    return not_applicable("Tests a Graph Store Protocol server; Tripten has none.");
  if (test.type == "ServiceDescriptionTest")
    return not_applicable("Tests the service description of a server; Tripten has none.");
  if (test.type == "QueryEvaluationTest") return run_query_evaluation(test, folder, setting);
  if (test.type == "CSVResultFormatTest") return run_csv_result(test, folder, setting);
  if (test.type == "UpdateEvaluationTest") return run_update_evaluation(test, folder, setting);
  if (auto outcome = run_sparql_syntax(test, folder)) return *outcome;
  if (auto outcome = run_rdf_test(test, folder)) return *outcome;
  return failed("The runner knows no tests of the kind '" + test.type + "'.");
}

}  // namespace

Outcome run_test(const TestEntry& test, const SuiteFolder& folder, const Setting& setting) {
  try {
    return dispatch(test, folder, setting);
  } catch (const std::exception& error) {
    return failed(error.what());
  }
}

}  // namespace tripten
