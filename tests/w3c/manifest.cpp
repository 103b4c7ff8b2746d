#include "w3c/manifest.h"

#include <set>

#include "tripten/error.h"

#include "rdf/vocabulary.h"
#include "w3c/graph_index.h"
#include "w3c/quads.h"

namespace tripten {

namespace {

const std::string kMf = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#";
const std::string kQt = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#";
const std::string kUt = "http://www.w3.org/2009/sparql/tests/test-update#";
const std::string kDawgt = "http://www.w3.org/2001/sw/DataAccess/tests/test-dawg#";
const std::string kSd = "http://www.w3.org/ns/sparql-service-description#";

std::string local_name(const std::string& iri) {
  return iri.substr(iri.find_last_of("#/") + 1);
}

class ManifestReader {
 public:
  explicit ManifestReader(const SuiteFolder& folder) : folder_(folder) {}

  void read(const std::string& path) {
    if (!seen_.insert(path).second) return;
    Manifest manifest;
    manifest.path = path;
    const std::string iri = std::string(kSuiteOrigin) + path;
    if (!std::filesystem::exists(folder_.file_of(iri))) {
      manifest.is_missing = true;
      manifests_.push_back(std::move(manifest));
      return;
    }
    const Quads quads = read_quads(folder_.file_of(iri), iri);
    const GraphIndex graph(quads);
    const Term self = manifest_of(quads, iri);
    manifest.label = graph.one(self, kRdfsLabel).value();
    for (const Term& entries : graph.all(self, kMf + "entries"))
      for (const Term& entry : graph.list(entries))
        manifest.entries.push_back(read_entry(graph, entry));
    if (!manifest.entries.empty()) manifests_.push_back(std::move(manifest));
    for (const Term& included : graph.all(self, kMf + "include"))
      for (const Term& other : graph.list(included))
        if (other.value().starts_with(kSuiteOrigin))
          read(other.value().substr(kSuiteOrigin.size()));
  }

  std::vector<Manifest> take() { return std::move(manifests_); }

 private:
  /// The node of type mf:Manifest: the document's IRI, or a blank node.
  static Term manifest_of(const Quads& quads, const std::string& iri) {
    for (const Quad& quad : quads)
      if (quad.predicate.value() == kRdfType && quad.object.value() == kMf + "Manifest")
        return quad.subject;
    throw Error(ErrorCode::Invalid, "<" + iri + "> holds no manifest");
  }

  static TestEntry read_entry(const GraphIndex& graph, const Term& entry) {
    TestEntry test;
    test.iri = entry.value();
    test.name = graph.one(entry, kMf + "name").value();
    test.type = local_name(graph.one(entry, kRdfType).value());
    test.lax_cardinality =
        local_name(graph.one(entry, kMf + "resultCardinality").value()) == "LaxCardinality";
    const std::string approval = graph.one(entry, kDawgt + "approval").value();
    test.is_disapproved = approval == kDawgt + "NotApproved" || approval == kDawgt + "Withdrawn";
    read_action(graph, graph.one(entry, kMf + "action"), test);
    const Term result = graph.one(entry, kMf + "result");
    if (result.is_iri())
      test.result = result.value();
    else
      test.result_data = graph_files(graph, result, kUt);
    return test;
  }

  static void read_action(const GraphIndex& graph, const Term& action, TestEntry& test) {
    if (action.is_iri()) {
      test.action = action.value();
      return;
    }
    const bool is_update = bool(graph.one(action, kUt + "request"));
    test.action = graph.one(action, is_update ? kUt + "request" : kQt + "query").value();
    test.data = graph_files(graph, action, is_update ? kUt : kQt);
    test.entailment = bool(graph.one(action, kSd + "entailmentRegime"));
    for (const Term& service : graph.all(action, kQt + "serviceData"))
      test.services.push_back(
          {graph.one(service, kQt + "endpoint").value(), graph_files(graph, service, kQt)});
  }

  /// `data <f>`, `graphData <f>` (a graph named as its file), `graphData [ graph <f> ; label ]`.
  static std::vector<GraphFile> graph_files(const GraphIndex& graph, const Term& node,
                                            const std::string& vocabulary) {
    std::vector<GraphFile> files;
    for (const Term& file : graph.all(node, vocabulary + "data"))
      files.push_back({file.value(), {}});
    for (const Term& named : graph.all(node, vocabulary + "graphData")) {
      if (named.is_iri())
        files.push_back({named.value(), named.value()});
      else
        files.push_back(
            {graph.one(named, vocabulary + "graph").value(), graph.one(named, kRdfsLabel).value()});
    }
    return files;
  }

  const SuiteFolder& folder_;
  std::set<std::string> seen_{};
  std::vector<Manifest> manifests_{};
};

}  // namespace

std::filesystem::path SuiteFolder::file_of(const std::string& iri) const {
  const bool leaves = iri.find("/../") != std::string::npos;
  if (!iri.starts_with(kSuiteOrigin) || leaves)
    throw Error(ErrorCode::NotFound, "<" + iri + "> is no file of the suites");
  return root_ / iri.substr(kSuiteOrigin.size());
}

std::vector<Manifest> read_manifests(const SuiteFolder& folder, const std::string& path) {
  ManifestReader reader(folder);
  reader.read(path);
  return reader.take();
}

}  // namespace tripten
