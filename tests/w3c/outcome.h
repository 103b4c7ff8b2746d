// Outcome: what came of a test; and the tests of each kind.
#pragma once

#include <cstdint>
#include <string>

#include "w3c/manifest.h"
#include "w3c/setting.h"

namespace tripten {

enum class Verdict : std::uint8_t { Passed, Failed, NotApplicable };

struct Outcome {
  Verdict verdict = Verdict::Passed;
  std::string reason{};   ///< One sentence, where it is not passed.
  std::string details{};  ///< Lines for whoever mends it.
};

inline Outcome passed() {
  return {};
}
inline Outcome failed(std::string reason, std::string details = {}) {
  return {Verdict::Failed, std::move(reason), std::move(details)};
}
inline Outcome not_applicable(std::string reason) {
  return {Verdict::NotApplicable, std::move(reason), {}};
}

/// Runs a test by its type. What it throws is the reason of a failure.
Outcome run_test(const TestEntry& test, const SuiteFolder& folder, const Setting& setting);

// One file each. These may throw Error.

/// The query's answer is the one in a file (.srx, .srj, .tsv, or RDF).
Outcome run_query_evaluation(const TestEntry& test, const SuiteFolder& folder,
                             const Setting& setting);
/// The same, written as CSV, is the table in a file.
Outcome run_csv_result(const TestEntry& test, const SuiteFolder& folder, const Setting& setting);
/// The store after an update is the dataset in some files.
Outcome run_update_evaluation(const TestEntry& test, const SuiteFolder& folder,
                              const Setting& setting);

enum class SyntaxKind : std::uint8_t { Query, Update };
/// A query or request is taken where `is_good`, and refused where not.
Outcome run_syntax(const TestEntry& test, const SuiteFolder& folder, SyntaxKind kind, bool is_good);

enum class RdfExpectation : std::uint8_t { Good, Bad, Result };
/// A document is taken, refused, or means the N-Triples or N-Quads in a file.
Outcome run_rdf_syntax(const TestEntry& test, const SuiteFolder& folder, Format format,
                       RdfExpectation expectation);

}  // namespace tripten
