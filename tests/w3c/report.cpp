#include "w3c/report.h"

#include <algorithm>
#include <cstdint>
#include <iomanip>
#include <map>
#include <sstream>

namespace tripten {

namespace {

constexpr const char* kHead = R"(# Conformance

What Tripten makes of the W3C's test suites, community edition, as published under
<https://w3c.github.io/rdf-tests/>. This file is written by `./dev conformance`, which needs the suites in the
folder that the environment variable `RDF_TESTS` names, and no network. Queries and updates run in strict mode;
services that a query asks are databases in memory. `./dev check-hostile` runs everything again with data in base
blocks and in the delta, with the optimiser off, with batches of two solutions, with blocks of four rows, and with all
of these, and expects the same answers.

)";

std::string row_of(const std::string& name, int passed, int failed, int not_applicable) {
  return "| " + name + " | " + std::to_string(passed) + " | " + std::to_string(failed) + " | " +
         std::to_string(not_applicable) + " |\n";
}

template <typename Counted>
std::string row_of(const std::string& name, const Counted& counted) {
  return row_of(name, counted.count(Verdict::Passed), counted.count(Verdict::Failed),
                counted.count(Verdict::NotApplicable));
}

std::string heading_of_table(const std::string& first) {
  return "| " + first + " | passed | failed | not applicable |\n|---|---:|---:|---:|\n";
}

/// The tests of one verdict, by manifest and reason: a reason of many tests is said once.
std::string tests_with(const std::vector<SuiteOutcome>& suites, Verdict verdict) {
  std::string text;
  for (const SuiteOutcome& suite : suites) {
    for (const auto& [manifest, outcomes] : suite.manifests) {
      std::map<std::string, std::string> names;  // by reason
      for (std::size_t i = 0; i < outcomes.size(); ++i) {
        if (outcomes[i].verdict != verdict) continue;
        std::string& list = names[outcomes[i].reason];
        list += (list.empty() ? "`" : ", `") + manifest.entries[i].local_name() + "`";
      }
      for (const auto& [reason, list] : names)
        text += "- `" + manifest.path + "`: " + reason + "\n  " + list + "\n";
    }
  }
  return text;
}

std::string missing_manifests(const std::vector<SuiteOutcome>& suites) {
  std::string text;
  for (const SuiteOutcome& suite : suites)
    for (const auto& [manifest, outcomes] : suite.manifests)
      if (manifest.is_missing) text += "- `" + manifest.path + "`\n";
  return text;
}

std::string section(const std::string& title, const std::string& text) {
  return "\n## " + title + "\n\n" + (text.empty() ? "None.\n" : text);
}

/// What is not part of the conformance that Tripten claims.
std::string extra_section(const std::vector<SuiteOutcome>& extra) {
  if (extra.empty()) return {};
  std::string text = "\n## For information\n\n";
  for (const SuiteOutcome& suite : extra) {
    text += suite.title + "\n\n" + heading_of_table("manifest");
    for (const ManifestOutcome& manifest : suite.manifests)
      text += row_of("`" + manifest.manifest.path + "`", manifest);
  }
  return text;
}

}  // namespace

int ManifestOutcome::count(Verdict verdict) const {
  return static_cast<int>(
      std::count_if(outcomes.begin(), outcomes.end(),
                    [&](const Outcome& outcome) { return outcome.verdict == verdict; }));
}

int SuiteOutcome::count(Verdict verdict) const {
  int sum = 0;
  for (const ManifestOutcome& manifest : manifests)
    sum += manifest.count(verdict);
  return sum;
}

std::string revision_of(const std::vector<SuiteOutcome>& suites, const SuiteFolder& folder) {
  std::uint64_t hash = 0xCBF29CE484222325ULL;  // FNV-1a
  for (const SuiteOutcome& suite : suites) {
    for (const ManifestOutcome& outcome : suite.manifests) {
      if (outcome.manifest.is_missing) continue;
      for (const char c : read_text(folder, std::string(kSuiteOrigin) + outcome.manifest.path))
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL;
    }
  }
  std::ostringstream digits;
  digits << std::hex << std::setw(16) << std::setfill('0') << hash;
  return digits.str();
}

std::string conformance_report(const std::vector<SuiteOutcome>& suites,
                               const std::vector<SuiteOutcome>& extra,
                               const std::string& revision) {
  std::string text = kHead;
  text += "Revision of the suites: " + revision + " (a hash of their manifests).\n\n";
  text += heading_of_table("suite");
  int passed = 0, failed = 0, not_applicable = 0;
  for (const SuiteOutcome& suite : suites) {
    text += row_of(suite.title, suite);
    passed += suite.count(Verdict::Passed);
    failed += suite.count(Verdict::Failed);
    not_applicable += suite.count(Verdict::NotApplicable);
  }
  text += row_of("**all**", passed, failed, not_applicable);
  for (const SuiteOutcome& suite : suites) {
    text += "\n## " + suite.title + "\n\n" + heading_of_table("manifest");
    for (const ManifestOutcome& manifest : suite.manifests)
      if (!manifest.manifest.is_missing)
        text += row_of("`" + manifest.manifest.path + "`", manifest);
  }
  text += section("Failed", tests_with(suites, Verdict::Failed));
  text += section("Not applicable", tests_with(suites, Verdict::NotApplicable));
  text += extra_section(extra);
  const std::string missing = missing_manifests(suites);
  if (!missing.empty()) text += section("Manifests that the suites name but do not have", missing);
  return text;
}

}  // namespace tripten
