// Published files and the number of statements that an independent parser finds in them. The files
// lie beside the repository, in ../shared/data/rdf; without them the test says that it was skipped.
#include <filesystem>
#include <iostream>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "tests/unit/rdf/collected.h"

using namespace tripten;
namespace fs = std::filesystem;

namespace {

const fs::path kFolder = fs::path(TRIPTEN_SOURCE_DIR) / ".." / "shared" / "data" / "rdf";

struct File {
  const char* name;
  std::uint64_t statements;
};

const std::vector<File> kFiles{{"schemaorg-current-https.ttl", 17'949},
                               {"schemaorg-current-https.nt", 17'949},
                               {"schemaorg-current-https.nq", 17'949},
                               {"schemaorg-current-https.rdf", 17'949},
                               {"foaf.ttl", 631},
                               {"foaf.rdf", 635},
                               {"foaf.nq", 620},
                               {"dcat3.ttl", 1'695},
                               {"dcat3.rdf", 1'703},
                               {"skos.rdf", 254},
                               {"skos.nq", 252},
                               {"prov.nq", 1'664},
                               {"dcterms.nq", 700},
                               {"void.nq", 208},
                               {"rdf-schema.rdf", 164},
                               {"owl.owl.rdf", 160},
                               {"biolink_model.owl.ttl", 20'771},
                               {"AOPWikiRDF-Genes.ttl", 88'752},
                               {"AOPWikiRDF-Enriched.ttl", 9'162},
                               {"AOPWikiRDF-Void.ttl", 59},
                               {"wikipathways_WP2279.ttl", 42'466},
                               {"wikipathways_WP1538.ttl", 3'190},
                               {"wikipathways_WP2450.ttl", 2'333},
                               {"wikipathways_WP2621.ttl", 4'746},
                               {"nanopub_7ad44bec.trig", 313},
                               {"nanopub_settings.trig", 32},
                               {"sparql_example_uniprot_52.ttl", 17},
                               {"sparql_examples_prefixes.ttl", 201},
                               {"DO_cancer_slim.owl", 14'666},
                               {"symp_import.owl", 7'969},
                               {"mondo_chebi_import.owl", 12'411},
                               {"mondo_hgnc_import.owl", 11'445},
                               {"ro.owl", 11'640},
                               {"sio-release.owl", 14'675},
                               {"EDAM_stable.owl", 36'888},
                               {"biopax-level3.owl", 1'688},
                               {"biopax3-insulin-maturation.owl", 228},
                               {"biopax_raf_map_kinase_cascade_reactome.owl", 3'238},
                               {"biopax_signaling-by-bmp_reactome.owl", 4'269},
                               {"biopax2_mTor_signaling.owl", 3'838}};

bool is_there() {
  if (fs::exists(kFolder)) return true;
  std::cerr << "skipped: " << kFolder.lexically_normal().string() << " is not there\n";
  return false;
}

std::uint64_t read_file(const fs::path& file, StatementSink& sink) {
  return read_rdf(*open_input(file), reading(format_of_file(file), file_iri(file)), sink);
}

}  // namespace

TEST_CASE("Published files give as many statements as another parser found in them") {
  if (!is_there()) return;
  for (const auto& [name, statements] : kFiles) {
    CAPTURE(name);
    Collected sink;
    CHECK(read_file(kFolder / name, sink) == statements);
    CHECK(sink.lines.size() == statements);
  }
}

TEST_CASE("A published file written in any format is read as the same statements") {
  if (!is_there()) return;
  for (const char* name : {"foaf.nq", "nanopub_7ad44bec.trig", "void.nq"})
    for (const Format format : {Format::NQuads, Format::TriG}) {
      CAPTURE(name, name_of(format));
      Collected before;
      read_file(kFolder / name, before);
      std::ostringstream out;
      const auto writer = make_rdf_writer(
          out, {.format = format, .prefixes = {{"rdfs", "http://www.w3.org/2000/01/rdf-schema#"}}});
      read_file(kFolder / name, *writer);
      writer->finish();
      auto after = read_lines(out.str(), format);
      std::sort(before.lines.begin(), before.lines.end());
      std::sort(after.begin(), after.end());
      CHECK(before.lines == after);
    }
}

TEST_CASE("Published files that are no Turtle are refused where they break") {
  if (!is_there()) return;
  for (const auto& [name, line] :
       {std::pair("wikipathways_WP2909.ttl", 75), std::pair("wikipathways_WP622.ttl", 2717)}) {
    CAPTURE(name);
    Collected sink;
    try {
      read_file(kFolder / name, sink);
      FAIL("the file is not Turtle");
    } catch (const Error& error) {
      REQUIRE(error.position);
      CHECK(error.position->first == line);
      CHECK(error.code == ErrorCode::Invalid);
      CHECK_THAT(error.what(), Catch::Contains(name));
    }
  }
}
