// Manifests of the W3C's test suites: which tests there are, of which kind, over which files.
//
// The vocabularies: mf: (test-manifest), qt: (test-query), ut: (test-update), rdft: (rdftest),
// dawgt: (test-dawg), sd: (service description). The suites are published under kSuiteOrigin; their
// files have these IRIs here, wherever the folder is, since some tests' answers hold them.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace tripten {

constexpr std::string_view kSuiteOrigin = "https://w3c.github.io/rdf-tests/";

/// The folder with the suites.
class SuiteFolder {
 public:
  explicit SuiteFolder(std::filesystem::path root) : root_(std::move(root)) {}
  /// Throws Error NotFound for an IRI outside the suites.
  std::filesystem::path file_of(const std::string& iri) const;
  const std::filesystem::path& root() const { return root_; }

 private:
  std::filesystem::path root_;
};

/// A file by its IRI, to go into a graph; an empty graph is the default graph.
struct GraphFile {
  std::string file{};
  std::string graph{};
};

/// What an endpoint that a query names knows.
struct ServiceData {
  std::string endpoint{};
  std::vector<GraphFile> data{};
};

struct TestEntry {
  std::string iri{};
  std::string name{};
  std::string type{};    ///< Without namespace: `QueryEvaluationTest`, `TestTurtleEval`.
  std::string action{};  ///< The file that is tested: a query, a request, a document.
  std::vector<GraphFile> data{};
  std::vector<ServiceData> services{};
  std::string result{};  ///< A file, where it is one.
  std::vector<GraphFile> result_data{};
  bool lax_cardinality = false;  ///< The answer may hold a solution less often (REDUCED).
  bool entailment = false;       ///< Asks for an entailment regime.
  bool is_disapproved = false;   ///< dawgt:NotApproved or dawgt:Withdrawn.

  /// The test's name within its manifest: what follows the `#`.
  std::string local_name() const { return iri.substr(iri.find('#') + 1); }
};

struct Manifest {
  std::string path{};   ///< Within the folder.
  std::string label{};  ///< Its rdfs:label.
  bool is_missing = false;
  std::vector<TestEntry> entries{};
};

/// The manifest at `path` within the folder and all that it includes, in order, each once.
std::vector<Manifest> read_manifests(const SuiteFolder& folder, const std::string& path);

}  // namespace tripten
