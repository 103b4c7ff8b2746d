// test_w3c: runs the W3C's test suites of SPARQL 1.0, SPARQL 1.1 and RDF 1.1.
//
//   test_w3c [--report FILE | --check FILE] [--no-optimise] [--batch-rows N] [--block-rows N]
//            [--through delta|load] [PART...]
//
// A PART is a part of a test's IRI: only those tests run. The suites are in the folder that
// RDF_TESTS names, or beside the source folder; where there is none, that is said, and nothing
// fails.
#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string_view>

#include "w3c/report.h"

namespace tripten {

namespace {

struct Suite {
  const char* title;
  const char* manifest;
};

constexpr Suite kSuites[] = {{"SPARQL 1.0", "sparql/sparql10/manifest.ttl"},
                             {"SPARQL 1.1", "sparql/sparql11/manifest-all.ttl"},
                             {"RDF 1.1", "rdf/rdf11/manifest.ttl"}};

/// Manifests of SPARQL 1.2 that hold tests of what 1.1 has, too. Reported, but no failure counts.
constexpr const char* kExtraTitle =
    "Parts of SPARQL 1.2's suite that are about what SPARQL 1.1 has, too. Where the two differ, "
    "Tripten\n"
    "keeps to 1.1: code point escapes stand for their characters everywhere, before a query is "
    "parsed\n"
    "(SPARQL 1.1 §19.2); in 1.2 they stand in IRIs and strings only.";
constexpr const char* kExtra[] = {
    "sparql/sparql12/grouping/manifest.ttl", "sparql/sparql12/rdf11/manifest.ttl",
    "sparql/sparql12/syntax/manifest.ttl", "sparql/sparql12/codepoint-escapes/manifest.ttl"};

class Usage : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

struct Arguments {
  Setting setting{};
  std::filesystem::path report{};  ///< To write.
  std::filesystem::path check{};   ///< To compare with.
  std::vector<std::string> parts{};
};

std::size_t number(std::string_view text) {
  std::size_t value = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failure != std::errc() || end != text.data() + text.size() || value == 0)
    throw Usage("'" + std::string(text) + "' is no number");
  return value;
}

bool is_load(std::string_view word) {
  if (word != "load" && word != "delta") throw Usage("--through delta or --through load");
  return word == "load";
}

Arguments read_arguments(const std::vector<std::string_view>& words) {
  Arguments arguments;
  Setting& setting = arguments.setting;
  setting.open.sync = false;
  setting.query.strict = true;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string_view word = words[i];
    auto value = [&] {
      if (i + 1 == words.size()) throw Usage(std::string(word) + " needs a value");
      return words[++i];
    };
    if (word == "--report")
      arguments.report = value();
    else if (word == "--check")
      arguments.check = value();
    else if (word == "--no-optimise")
      setting.query.optimise = false;
    else if (word == "--batch-rows")
      setting.query.batch_rows = number(value());
    else if (word == "--block-rows")
      setting.open.block_rows = static_cast<std::uint32_t>(number(value()));
    else if (word == "--through")
      setting.through_load = is_load(value());
    else if (word.starts_with("--"))
      throw Usage("no option is named '" + std::string(word) + "'");
    else
      arguments.parts.emplace_back(word);
  }
  return arguments;
}

bool is_asked_for(const TestEntry& test, const std::vector<std::string>& parts) {
  if (parts.empty()) return true;
  for (const std::string& part : parts)
    if ((test.action + ' ' + test.iri).find(part) != std::string::npos) return true;
  return false;
}

void show(const Manifest& manifest, const TestEntry& test, const Outcome& outcome) {
  std::cout << manifest.path << ' ' << test.local_name() << ": " << outcome.reason << '\n';
  std::istringstream lines(outcome.details);
  for (std::string line; std::getline(lines, line);)
    std::cout << "      " << line << '\n';
}

ManifestOutcome run_manifest(Manifest manifest, const SuiteFolder& folder,
                             const Arguments& arguments, bool shows) {
  std::erase_if(manifest.entries,
                [&](const TestEntry& test) { return !is_asked_for(test, arguments.parts); });
  ManifestOutcome result;
  for (const TestEntry& test : manifest.entries) {
    result.outcomes.push_back(run_test(test, folder, arguments.setting));
    if (shows && result.outcomes.back().verdict == Verdict::Failed)
      show(manifest, test, result.outcomes.back());
  }
  result.manifest = std::move(manifest);
  return result;
}

std::vector<SuiteOutcome> run_extra(const SuiteFolder& folder, const Arguments& arguments) {
  SuiteOutcome extra{.title = kExtraTitle};
  for (const char* path : kExtra)
    for (Manifest& manifest : read_manifests(folder, path))
      if (!manifest.is_missing)
        extra.manifests.push_back(run_manifest(std::move(manifest), folder, arguments, false));
  return {std::move(extra)};
}

std::filesystem::path suite_folder() {
  if (const char* named = std::getenv("RDF_TESTS"); named && *named) return named;
  return std::filesystem::path(TRIPTEN_SOURCE_DIR).parent_path() / "shared" / "w3c";
}

std::string text_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// Says where the file is not what the report should be. A file about another revision of the
/// suites cannot be compared.
bool is_current(const std::filesystem::path& file, const std::string& report,
                const std::string& revision) {
  const std::string written = text_of(file);
  if (written == report) return true;
  if (written.find(revision) == std::string::npos && !written.empty()) {
    std::cerr << "w3c: " << file.string() << " is about another revision of the suites\n";
    return true;
  }
  std::cout << file.string() << " is out of date: ./dev conformance writes it\n";
  return false;
}

int run(const Arguments& arguments) {
  const SuiteFolder folder(suite_folder());
  if (!std::filesystem::exists(folder.root() / kSuites[0].manifest)) {
    std::cerr
        << "w3c: skipped, the W3C's test suites are not here (RDF_TESTS names their folder)\n";
    std::cout << "0 passed, 0 failed, 1 skipped\n";
    return 0;
  }
  std::vector<SuiteOutcome> suites;
  int passed = 0, failed = 0, not_applicable = 0;
  for (const auto& [title, path] : kSuites) {
    suites.push_back({.title = title});
    for (Manifest& manifest : read_manifests(folder, path))
      suites.back().manifests.push_back(run_manifest(std::move(manifest), folder, arguments, true));
    passed += suites.back().count(Verdict::Passed);
    failed += suites.back().count(Verdict::Failed);
    not_applicable += suites.back().count(Verdict::NotApplicable);
  }
  const std::string revision = revision_of(suites, folder);
  const std::string report = conformance_report(suites, run_extra(folder, arguments), revision);
  if (!arguments.report.empty()) std::ofstream(arguments.report, std::ios::binary) << report;
  if (!arguments.check.empty()) failed += !is_current(arguments.check, report, revision);
  std::cout << passed << " passed, " << failed << " failed, " << not_applicable
            << " not applicable\n";
  return failed || !passed ? 1 : 0;
}

}  // namespace

}  // namespace tripten

int main(int count, char** words) {
  try {
    return tripten::run(tripten::read_arguments({words + 1, words + count}));
  } catch (const std::exception& error) {
    std::cerr << "error: " << error.what() << '\n';
    return 2;
  }
}
