// Keywords carry names without identifiers: what they are resolved through, and what stays a word.
#include <catch2/catch.hpp>

#include "imported.h"

using namespace tripten;

namespace {

std::string figure(const std::string& figid, const std::string& organisms,
                   const std::string& keywords, const std::string& more = "") {
  return "---\nfigid: " + figid + "\norganisms: " + organisms + "\nschema-jsonld:\n  keywords: [" +
         keywords + "]\n" + more + "---\n";
}

const std::string kPten = "<https://identifiers.org/ncbigene/5728>";

/// A gene table with a human and a mouse gene; MMAC1 is an alias of both PTEN and of another gene.
std::filesystem::path gene_table(const TestFolder& folder) {
  folder.write("genes.tsv-metadata.json", R"({
    "@context": "http://www.w3.org/ns/csvw", "url": "genes.tsv",
    "tableSchema": {"aboutUrl": "ncbigene:{GeneID}", "columns": [
      {"name": "GeneID", "propertyUrl": "dcterms:identifier"},
      {"name": "symbol", "propertyUrl": "rdfs:label"},
      {"name": "synonyms", "propertyUrl": "skos:altLabel", "separator": "|"},
      {"name": "taxon", "propertyUrl": "wp:organism", "valueUrl": "taxon:{taxon}"},
      {"virtual": true, "propertyUrl": "rdf:type", "valueUrl": "pf:Gene"}]}})");
  return folder.write("genes.tsv",
                      "GeneID\tsymbol\tsynonyms\ttaxon\n"
                      "5728\tPTEN\tMMAC1|TEP1\t9606\n"
                      "1\tOTHER\tMMAC1\t9606\n"
                      "19211\tPten\tTEP1\t10090\n");
}

}  // namespace

TEST_CASE("A keyword that names one entity of the figure's organisms becomes a mention") {
  TestFolder folder;
  Imported imported = import_files(
      {folder.write("f.md", figure("PMC1__f", "Homo sapiens", "PTEN, pten, MMAC1, TEP1")),
       gene_table(folder)});
  const CollectedStatements& all = imported.statements;
  CHECK(imported.report.keywords_resolved == 2);    // PTEN, TEP1
  CHECK(imported.report.keywords_unresolved == 2);  // pten: no one; MMAC1: two
  CHECK(imported.report.mentions["gene"] == 2);
  CHECK(all.has(kPten + " <http://purl.org/dc/terms/isPartOf> "
                        "<https://pfocr.wikipathways.org/figures/PMC1__f.html>"));
  CHECK(all.count({"pf#matchSource", "\"keyword\""}) == 2);
  CHECK(all.count({"pf#entity", "ncbigene/1>"}) == 0);
  // Whatever becomes of it, a keyword is a literal, too.
  CHECK(all.count({"schema.org/keywords"}) == 4);
}

TEST_CASE("Keywords mean the entities of the figure's own organisms") {
  TestFolder folder;
  auto genes = gene_table(folder);
  auto mentions = [&](const std::string& organisms) {
    return import_files({folder.write("f.md", figure("PMC1__f", organisms, "TEP1")), genes})
        .report.mentions["gene"];
  };
  CHECK(mentions("Homo sapiens") == 1);
  CHECK(mentions("Mus musculus") == 1);
  CHECK(mentions("Homo sapiens, Mus musculus") == 0);  // Two then.
  CHECK(mentions("Danio rerio") == 0);
  CHECK(mentions("NA") == 0);
}

TEST_CASE("Names come from the tables and lists of other figures") {
  TestFolder folder;
  std::string genes =
      "genes:\n- {word: x, symbol: HER2, source: hgnc_alias_symbol, hgnc_symbol: ERBB2, "
      "entrez: 2064}\n- {word: x, symbol: ADH, source: bioentities_symbol, hgnc_symbol: ADH5, "
      "entrez: 128}\n";
  Imported imported = import_files(
      {folder.write("a.md", figure("PMC1__a", "Homo sapiens", "HER2, ERBB2, ADH, ATP")),
       folder.write("b.md", figure("PMC1__b", "Homo sapiens", "ERBB2", genes)),
       folder.write("PMC1__c-chemicals.tsv",
                    "word\tmesh\tmatch\tname\tchebi\n"
                    "x\tmesh:D000255\tAdenosine Triphosphate\tATP\tchebi:15422\n")});
  // A family's name is not the name of its members: ADH stays a word.
  CHECK(imported.report.keywords_unresolved == 1);
  CHECK(imported.report.keywords_resolved == 4);
  CHECK(imported.statements.count({"PMC1__a", "schema.org/mentions"}) == 2);
}

TEST_CASE("A keyword adds no mention of what the figure's own lists mention") {
  TestFolder folder;
  std::string genes =
      "genes:\n- {word: Adh, symbol: ADH, source: bioentities_symbol, hgnc_symbol: ADH5, "
      "entrez: 128}\n";
  Imported imported =
      import_files({folder.write("b.md", figure("PMC1__b", "Homo sapiens", "ADH5", genes))});
  CHECK(imported.report.keywords_resolved == 1);
  CHECK(imported.report.mentions["gene"] == 1);
  CHECK(imported.statements.count({"\"keyword\""}) == 0);
}

TEST_CASE("A keyword that names a gene and a chemical stays a word") {
  TestFolder folder;
  Importer importer({});
  importer.add_entity_name(EntityKind::Gene, "http://g/1", "AR", "9606");
  importer.add_entity_name(EntityKind::Chemical, "http://c/1", "AR", "");
  importer.add_entity_name(EntityKind::Chemical, "http://c/2", "Aspirin", "");
  importer.add_document(folder.write("f.md", figure("PMC1__f", "Homo sapiens", "AR, Aspirin")));
  CollectedStatements statements;
  ImportReport report = importer.run(statements);
  CHECK(report.keywords_unresolved == 1);
  CHECK(report.keywords_resolved == 1);
  CHECK(statements.count({"schema.org/mentions", "<http://c/2>"}) == 1);
}

TEST_CASE("A disease without identifier is looked up among the names of diseases alone") {
  TestFolder folder;
  Importer importer({});
  importer.add_entity_name(EntityKind::Disease, "http://purl.obolibrary.org/obo/DOID_162", "Cancer",
                           "");
  importer.add_entity_name(EntityKind::Gene, "http://g/1", "Cancer", "");
  importer.add_document(
      folder.write("f.md", figure("PMC1__f", "Homo sapiens", "",
                                  "diseases:\n- {word: Cancer, source: '', identifier: ''}\n")));
  CollectedStatements statements;
  ImportReport report = importer.run(statements);
  CHECK(report.mentions["disease"] == 1);
  CHECK(statements.count({"pf#entity", "DOID_162"}) == 1);
  CHECK(statements.count({"unresolved"}) == 0);
}

TEST_CASE("A name of thousands of things is nobody's, and takes no time") {
  TestFolder folder;
  std::string rows = "id\tname\n";
  for (int i = 0; i < 20'000; ++i)
    rows += std::to_string(i) + "\tunknown\n";
  folder.write("drugs-metadata.json", R"({"tableSchema": {"aboutUrl": "drugbank:{id}", "columns": [
    {"name": "id", "suppressOutput": true}, {"name": "name", "propertyUrl": "rdfs:label"},
    {"virtual": true, "propertyUrl": "rdf:type", "valueUrl": "pf:Drug"}]}})");
  Imported imported =
      import_files({folder.write("drugs.tsv", rows),
                    folder.write("f.md", figure("PMC1__f", "Homo sapiens", "unknown"))});
  CHECK(imported.report.keywords_unresolved == 1);
}

TEST_CASE("Pathways' keywords make genes parts of the pathway") {
  TestFolder folder;
  Imported imported =
      import_files({gene_table(folder),
                    folder.write("WP1.md",
                                 "---\nwpid: WP1\norganisms: [Homo sapiens]\nschema-jsonld:\n"
                                 "- keywords: [PTEN, MMAC1, nothing]\n---")});
  CHECK(imported.report.keywords_resolved == 1);
  CHECK(imported.report.keywords_unresolved == 2);
  CHECK(imported.statements.has(kPten + " <http://purl.org/dc/terms/isPartOf> "
                                        "<https://identifiers.org/wikipathways/WP1>"));
}
