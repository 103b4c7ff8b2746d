// The report: docs/conformance.md, the same bytes for the same suites and the same outcomes.
#pragma once

#include <string>
#include <vector>

#include "w3c/outcome.h"

namespace tripten {

struct ManifestOutcome {
  Manifest manifest{};
  std::vector<Outcome> outcomes{};  ///< One an entry.

  int count(Verdict verdict) const;
};

/// A suite that is asked for by name: a manifest and those that it includes.
struct SuiteOutcome {
  std::string title{};
  std::vector<ManifestOutcome> manifests{};

  int count(Verdict verdict) const;
};

/// `extra` is told apart, for information.
std::string conformance_report(const std::vector<SuiteOutcome>& suites,
                               const std::vector<SuiteOutcome>& extra, const std::string& revision);

/// Which revision of the suites was run: a hash of the manifests' bytes, as hexadecimal digits.
std::string revision_of(const std::vector<SuiteOutcome>& suites, const SuiteFolder& folder);

}  // namespace tripten
