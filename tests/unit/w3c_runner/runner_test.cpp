// The runner on a suite of its own: it must find what is wrong.
#include <filesystem>
#include <fstream>
#include <map>
#include <string>

#include <catch2/catch.hpp>
#include <unistd.h>

#include "w3c/outcome.h"
#include "w3c/report.h"

namespace tripten {
namespace {

namespace fs = std::filesystem;

constexpr const char* kManifest = R"(
@prefix mf: <http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#> .
@prefix qt: <http://www.w3.org/2001/sw/DataAccess/tests/test-query#> .
@prefix ut: <http://www.w3.org/2009/sparql/tests/test-update#> .
@prefix rdft: <http://www.w3.org/ns/rdftest#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sd: <http://www.w3.org/ns/sparql-service-description#> .
[] a mf:Manifest ; rdfs:label "mine" ; mf:entries ( <#good> <#bad> <#good-update> <#bad-update>
  <#good-syntax> <#bad-syntax> <#good-turtle> <#bad-turtle> <#inferred> <#strange> ) .
<#good> a mf:QueryEvaluationTest ; mf:result <one.srj> ;
  mf:action [ qt:query <q.rq> ; qt:data <d.ttl> ] .
<#bad> a mf:QueryEvaluationTest ; mf:result <two.ttl> ;
  mf:action [ qt:query <q.rq> ; qt:data <d.ttl> ] .
<#good-update> a mf:UpdateEvaluationTest ; mf:action [ ut:request <u.ru> ; ut:data <d.ttl> ] ;
  mf:result [ ut:graphData [ ut:graph <d.ttl> ; rdfs:label "http://ex.org/g" ] ] .
<#bad-update> a mf:UpdateEvaluationTest ; mf:action [ ut:request <u.ru> ; ut:data <d.ttl> ] ;
  mf:result [ ut:data <d.ttl> ] .
<#good-syntax> a mf:PositiveSyntaxTest11 ; mf:action <q.rq> .
<#bad-syntax> a mf:NegativeSyntaxTest11 ; mf:action <q.rq> .
<#good-turtle> a rdft:TestTurtleEval ; mf:action <d.ttl> ; mf:result <d.nt> .
<#bad-turtle> a rdft:TestTurtleNegativeSyntax ; mf:action <d.ttl> .
<#inferred> a mf:QueryEvaluationTest ; mf:result <one.srj> ;
  mf:action [ qt:query <q.rq> ; sd:entailmentRegime <http://www.w3.org/ns/entailment/RDFS> ] .
<#strange> a mf:TelepathyTest .
)";

const std::map<std::string, std::string> kFiles{
    {"manifest.ttl", kManifest},
    {"d.ttl", "<x> <http://ex.org/p> [ <http://ex.org/q> 1 ] ."},
    {"d.nt",
     "<https://w3c.github.io/rdf-tests/x> <http://ex.org/p> _:n .\n"
     "_:n <http://ex.org/q> \"1\"^^<http://www.w3.org/2001/XMLSchema#integer> .\n"},
    {"q.rq", "SELECT ?s ?v { ?s <http://ex.org/p> [ <http://ex.org/q> ?v ] }"},
    {"one.srj",
     R"({"head": {"vars": ["v", "s"]}, "results": {"bindings": [
       {"s": {"type": "uri", "value": "https://w3c.github.io/rdf-tests/x"},
        "v": {"type": "literal", "datatype": "http://www.w3.org/2001/XMLSchema#integer",
              "value": "1"}}]}})"},
    {"two.ttl",
     "@prefix rs: <http://www.w3.org/2001/sw/DataAccess/tests/result-set#> .\n"
     "[] a rs:ResultSet ; rs:resultVariable \"s\" , \"v\" ; rs:solution [\n"
     "  rs:binding [ rs:variable \"s\" ; rs:value <x> ] , [ rs:variable \"v\" ; rs:value 2 ] ] ."},
    {"u.ru", "MOVE DEFAULT TO <http://ex.org/g>"}};

/// A folder with kFiles.
class OwnSuite {
 public:
  OwnSuite() : root_(fs::temp_directory_path() / ("tripten-suite-" + std::to_string(getpid()))) {
    fs::create_directories(root_);
    for (const auto& [name, text] : kFiles)
      std::ofstream(root_ / name, std::ios::binary) << text;
  }
  ~OwnSuite() { fs::remove_all(root_); }
  SuiteFolder folder() const { return SuiteFolder(root_); }

 private:
  fs::path root_;
};

TEST_CASE("The runner tells tests that pass from those that fail, under any setting") {
  const OwnSuite suite;
  const SuiteFolder folder = suite.folder();
  const std::vector<Manifest> manifests = read_manifests(folder, "manifest.ttl");
  REQUIRE(manifests.size() == 1);
  CHECK(manifests[0].label == "mine");
  for (const bool through_load : {false, true}) {
    Setting setting;
    setting.through_load = through_load;
    std::map<std::string, Verdict> verdicts;
    for (const TestEntry& test : manifests[0].entries)
      verdicts[test.local_name()] = run_test(test, folder, setting).verdict;
    using enum Verdict;
    CHECK(verdicts == std::map<std::string, Verdict>{{"good", Passed},
                                                     {"bad", Failed},
                                                     {"good-update", Passed},
                                                     {"bad-update", Failed},
                                                     {"good-syntax", Passed},
                                                     {"bad-syntax", Failed},
                                                     {"good-turtle", Passed},
                                                     {"bad-turtle", Failed},
                                                     {"inferred", NotApplicable},
                                                     {"strange", Failed}});
  }
}

TEST_CASE("A failure says what was expected and what came") {
  const OwnSuite suite;
  const SuiteFolder folder = suite.folder();
  const Outcome outcome =
      run_test(read_manifests(folder, "manifest.ttl")[0].entries[1], folder, {});
  CHECK(outcome.reason == "Another answer.");
  CHECK(outcome.details ==
        "+ <https://w3c.github.io/rdf-tests/x> "
        "\"1\"^^<http://www.w3.org/2001/XMLSchema#integer>\n"
        "- <https://w3c.github.io/rdf-tests/x> "
        "\"2\"^^<http://www.w3.org/2001/XMLSchema#integer>\n");
}

TEST_CASE("The report has a row a manifest and the reason of each failure") {
  Manifest manifest;
  manifest.path = "some/manifest.ttl";
  manifest.entries.resize(3);
  manifest.entries[1].iri = "http://ex.org/m#second";
  manifest.entries[2].iri = "http://ex.org/m#third";
  const ManifestOutcome outcome{manifest,
                                {passed(), failed("It fell over."), not_applicable("No.")}};
  const std::string report = conformance_report({{"Mine", {outcome}}}, {}, "0123");
  using Catch::Matchers::Contains;
  CHECK_THAT(report, Contains("| `some/manifest.ttl` | 1 | 1 | 1 |"));
  CHECK_THAT(report, Contains("It fell over.\n  `second`"));
  CHECK_THAT(report, Contains("No.\n  `third`"));
  CHECK_THAT(report, Contains("Revision of the suites: 0123"));
}

}  // namespace
}  // namespace tripten
