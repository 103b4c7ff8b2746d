// Figures of all generations, with every quirk that their files are known for.
#include <catch2/catch.hpp>

#include "imported.h"

using namespace tripten;

namespace {

constexpr std::string_view kType = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>";
constexpr std::string_view kLabel = "<http://www.w3.org/2000/01/rdf-schema#label>";
constexpr std::string_view kPartOf = "<http://purl.org/dc/terms/isPartOf>";

std::string front(std::string_view yaml) {
  return "---\n" + std::string(yaml) + "---\n";
}

std::string figure_subject(const std::string& figid) {
  return "<https://pfocr.wikipathways.org/figures/" + figid + ".html>";
}

Imported import_figure(std::string_view yaml) {
  TestFolder folder;
  return import_files({folder.write("f.md", front(yaml))});
}

/// `subject predicate object` with the figure PMC1__f as subject.
bool figure_has(const Imported& imported, const std::string& rest) {
  return imported.statements.has(figure_subject("PMC1__f") + " " + rest);
}

}  // namespace

TEST_CASE("A figure of the newer generation becomes a figure and its paper") {
  Imported imported = import_figure(R"(figid: PMC1__f
figtitle: 'A "title" & <b>more</b>: é'
organisms:
- Homo sapiens
- Lareunionomyces loeiensis
organisms_ner:
- Homo sapiens
- Mus musculus
pmcid: PMC1
filename: f 1.jpg
figlink: /pmc/articles/PMC1/figure/F1/
number: SF1
caption: . It begins with a point
papertitle: The paper.
reftext: A B, et al. J. 2021;1:1.
year: '2021'
doi: 10.1/abc
journal_title: Journal
publisher_name: Publisher
keywords: one | two three|one
automl_pathway: 0.9466768
figid_alias: PMC1__F1
schema-jsonld:
  '@id': https://pfocr.wikipathways.org/figures/PMC1__f.html
  license: CC0
  keywords:
  - PTEN
  - 'On'
  - 'Me  Me  Me '
  - PTEN
)");
  for (const char* type : {"<urn:tripten:pf#PathwayFigure>", "<http://schema.org/ImageObject>",
                           "<http://semanticscience.org/resource/SIO_000080>"})
    CHECK(figure_has(imported, std::string(kType) + " " + type));
  CHECK(figure_has(imported, "<http://purl.org/dc/terms/identifier> \"PMC1__f\""));
  std::string title = "\"A \\\"title\\\" & <b>more</b>: é\"@en";
  CHECK(figure_has(imported, "<http://purl.org/dc/elements/1.1/title> " + title));
  CHECK(figure_has(imported, "<http://purl.org/dc/terms/title> " + title));
  CHECK(figure_has(imported, "<http://schema.org/caption> \". It begins with a point\"@en"));
  CHECK(figure_has(imported,
                   "<http://schema.org/contentUrl> "
                   "<https://www.ncbi.nlm.nih.gov/pmc/articles/PMC1/bin/f%201.jpg>"));
  CHECK(figure_has(imported,
                   "<http://xmlns.com/foaf/0.1/page> "
                   "<https://www.ncbi.nlm.nih.gov/pmc/articles/PMC1/figure/F1/>"));
  CHECK(figure_has(imported, std::string(kPartOf) + " <https://identifiers.org/pmc/PMC1>"));
  CHECK(imported.statements.count({"#organismName>"}) == 3);
  CHECK(imported.statements.count({"#organism>"}) == 2);
  CHECK(figure_has(imported,
                   "<http://vocabularies.wikipathways.org/wp#organism> "
                   "<http://purl.obolibrary.org/obo/NCBITaxon_10090>"));
  CHECK(figure_has(imported, "<http://schema.org/position> \"SF1\""));
  CHECK(figure_has(imported,
                   "<urn:tripten:pf#pathwayScore> "
                   "\"0.9466768\"^^<http://www.w3.org/2001/XMLSchema#decimal>"));
  CHECK(figure_has(imported, "<urn:tripten:pf#alias> \"PMC1__F1\""));
  CHECK(imported.statements.count({"schema.org/keywords"}) == 5);
  CHECK(figure_has(imported, "<http://schema.org/keywords> \"Me  Me  Me \""));
  CHECK(figure_has(imported, "<http://schema.org/keywords> \"On\""));
  CHECK(figure_has(imported, "<http://schema.org/keywords> \"two three\""));
  CHECK(figure_has(imported,
                   "<http://purl.org/dc/terms/license> "
                   "<https://creativecommons.org/publicdomain/zero/1.0/>"));

  auto paper_has = [&](const std::string& rest) {
    return imported.statements.has("<https://identifiers.org/pmc/PMC1> " + rest);
  };
  CHECK(paper_has(std::string(kType) + " <http://schema.org/ScholarlyArticle>"));
  CHECK(paper_has(std::string(kType) +
                  " <http://vocabularies.wikipathways.org/wp#PublicationReference>"));
  CHECK(paper_has("<http://purl.org/dc/terms/title> \"The paper.\""));
  CHECK(paper_has("<http://purl.org/dc/terms/identifier> \"PMC1\""));
  CHECK(
      paper_has("<http://purl.org/dc/terms/issued> "
                "\"2021\"^^<http://www.w3.org/2001/XMLSchema#gYear>"));
  CHECK(
      paper_has("<http://purl.org/dc/terms/bibliographicCitation> "
                "\"A B, et al. J. 2021;1:1.\""));
  CHECK(paper_has("<http://schema.org/isPartOf> \"Journal\""));
  CHECK(paper_has("<http://purl.org/dc/terms/publisher> \"Publisher\""));
  CHECK(paper_has("<http://www.w3.org/2004/02/skos/core#exactMatch> <https://doi.org/10.1/abc>"));
  CHECK(imported.report.figures == 1);
  CHECK(imported.report.left_out.empty());
  CHECK(imported.report.keywords_unresolved == 3);
}

TEST_CASE("Values that say nothing never become literals, and are counted") {
  Imported imported = import_figure(R"(figid: PMC1__f
figtitle: NA
organisms: XXX
pmcid: null
filename: ~
caption:
year: ''
doi: .na.character
journal_title: .na.character
publisher_name: NULL
keywords: .na.character
automl_pathway: NA
schema-jsonld:
  license: []
  keywords: [NA, '.na.character', '', null]
)");
  for (const char* nothing :
       {"\"NA\"", "\".na.character\"", "\"\"", "\"null\"", "\"NULL\"", "\"XXX\"", "\"~\""})
    CHECK(imported.statements.count({nothing}) == 0);
  // The figure's types and identifier, and the paper that its id names.
  CHECK(imported.statements.count({figure_subject("PMC1__f")}) == 5);
  CHECK(imported.report.left_out["NA"] == 3);
  CHECK(imported.report.left_out[".na.character"] == 4);
  CHECK(imported.report.left_out["XXX"] == 1);
  CHECK(imported.report.left_out["empty"] == 4);
  CHECK(imported.report.left_out["NULL"] == 1);
  CHECK(imported.report.left_out["null"] == 3);
}

TEST_CASE("Values that are not what they should be are left out by their reason") {
  Imported imported = import_figure(R"(figid: PMC1__f
pmcid: 12345
year: in press
doi: see text
pathway_score: high
figtitle: {a: b}
genes:
- {word: X, symbol: X, source: hgnc_symbol, hgnc_symbol: X, entrez: '12;13'}
)");
  CHECK(imported.report.left_out["not a year"] == 1);
  CHECK(imported.report.left_out["not a number"] == 1);
  CHECK(imported.report.left_out["not a text"] == 1);
  CHECK(imported.report.left_out["not an identifier"] == 3);
  CHECK(figure_has(imported, std::string(kPartOf) + " <https://identifiers.org/pmc/PMC1>"));
}

TEST_CASE("Scalars and comma strings do where lists are meant") {
  for (const char* organisms :
       {"Homo sapiens, Caenorhabditis elegans", "Homo sapiens,Caenorhabditis elegans",
        "[Homo sapiens, Caenorhabditis elegans, Homo sapiens]"}) {
    Imported imported =
        import_figure("figid: PMC1__f\norganisms: " + std::string(organisms) + "\n");
    CHECK(imported.statements.count({"#organismName>"}) == 2);
    CHECK(imported.statements.count({"NCBITaxon_6239"}) == 1);
  }
  Imported imported = import_figure(
      "figid: PMC1__f\norganisms: Homo sapiens\nschema-jsonld:\n  keywords: PTEN, 1,3-BPG\n"
      "genes: {word: A, symbol: A, source: hgnc_symbol, hgnc_symbol: A, entrez: 1}\n");
  CHECK(figure_has(imported, "<http://schema.org/keywords> \"1,3-BPG\""));
  CHECK(figure_has(imported, "<http://schema.org/keywords> \"PTEN\""));
  CHECK(imported.report.mentions["gene"] == 1);
}

TEST_CASE("Links to a figure's page may lack their slash or be whole") {
  for (const char* link : {"pmc/articles/PMC1/figure/F1/", "/pmc/articles/PMC1/figure/F1/",
                           "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC1/figure/F1/"}) {
    Imported imported = import_figure("figid: PMC1__f\nfiglink: " + std::string(link) + "\n");
    CHECK(figure_has(imported,
                     "<http://xmlns.com/foaf/0.1/page> "
                     "<https://www.ncbi.nlm.nih.gov/pmc/articles/PMC1/figure/F1/>"));
  }
}

TEST_CASE("Repeated keys and a list of JSON-LD do no harm") {
  Imported imported = import_figure(
      "figid: PMC1__f\nfigtitle: ''\nfigtitle: Good\nfigtitle: Other\n"
      "schema-jsonld:\n- keywords:\n  - PTEN\n");
  CHECK(figure_has(imported, "<http://purl.org/dc/terms/title> \"Good\"@en"));
  CHECK(imported.statements.count({"Other"}) == 0);
  CHECK(imported.report.left_out["repeated key"] == 1);
  CHECK(figure_has(imported, "<http://schema.org/keywords> \"PTEN\""));
}

TEST_CASE("Inline entities of the old generation become entities and mentions") {
  Imported imported = import_figure(R"(figid: PMC1__f
organisms: Homo sapiens
genes:
- {word: МЕК, symbol: MEK, source: bioentities_symbol, hgnc_symbol: MAP2K1, entrez: '5604'}
- {word: Her2, symbol: HER2, source: hgnc_alias_symbol, hgnc_symbol: ERBB2, entrez: '2064'}
- {word: Her2, symbol: HER2, source: hgnc_alias_symbol, hgnc_symbol: ERBB2, entrez: '2064'}
chemicals:
- {word: Aspirin, source: MESH, identifier: D001241}
diseases:
- {word: Cancer, source: '', identifier: ''}
)");
  const CollectedStatements& all = imported.statements;
  std::string gene = "<https://identifiers.org/ncbigene/2064>";
  CHECK(all.has(gene + " " + std::string(kType) + " <urn:tripten:pf#Gene>"));
  CHECK(all.has(gene + " " + std::string(kLabel) + " \"ERBB2\""));
  CHECK(all.has(gene + " <http://purl.org/dc/terms/identifier> \"2064\""));
  CHECK(all.has(gene + " " + std::string(kPartOf) + " " + figure_subject("PMC1__f")));
  CHECK(all.has(gene + " <http://vocabularies.wikipathways.org/wp#bdbEntrezGene> " + gene));
  CHECK(all.has(gene + " <http://vocabularies.wikipathways.org/wp#bdbHgncSymbol> "
                       "<https://identifiers.org/hgnc.symbol/ERBB2>"));
  CHECK(all.has(gene + " <http://vocabularies.wikipathways.org/wp#organism> "
                       "<http://purl.obolibrary.org/obo/NCBITaxon_9606>"));
  CHECK(figure_has(imported, "<http://schema.org/mentions> " + gene));
  // The repeated row is one mention that counts twice.
  CHECK(imported.report.mentions["gene"] == 2);
  CHECK(all.count({"pf#entity", gene}) == 1);
  CHECK(all.count({"pf#word", "\"МЕК\""}) == 1);
  CHECK(all.count({"pf#matchSource", "\"bioentities_symbol\""}) == 1);
  CHECK(all.count({"pf#match>", "\"HER2\""}) == 1);
  CHECK(all.count({"pf#count", "\"2\"^^"}) == 1);

  std::string chemical = "<http://id.nlm.nih.gov/mesh/D001241>";
  CHECK(all.has(chemical + " " + std::string(kType) + " <urn:tripten:pf#Chemical>"));
  CHECK(all.has(chemical + " " + std::string(kLabel) + " \"Aspirin\""));
  CHECK(all.count({"pf#matchSource", "\"mesh\""}) == 1);

  std::string disease = "<urn:tripten:disease:Cancer>";
  CHECK(all.has(disease + " " + std::string(kType) + " <urn:tripten:pf#Disease>"));
  CHECK(all.has(disease + " <urn:tripten:pf#unresolved> "
                          "\"true\"^^<http://www.w3.org/2001/XMLSchema#boolean>"));
  CHECK(figure_has(imported, "<http://schema.org/mentions> " + disease));
}

TEST_CASE("Tables beside a figure, or in tables or _data, are the figure's") {
  for (const char* place : {"f/", "tables/", "_data/"}) {
    TestFolder folder;
    auto figure = folder.write("f/PMC1__f.md", front("figid: PMC1__f\n"));
    folder.write(std::string(place) + "PMC1__f-genes.tsv",
                 "organism_id\torganism_name\torganism_group\tword\tmatch\tncbigene_symbol\t"
                 "ncbigene_id\tsource\tcount_direct\tcount_synonym\tcount_match\n"
                 "10116\tRattus norvegicus\tRodents\tKeap1\tKEAP1\tKeap1\t117519\t"
                 "ncbigene_symbol\t4\tNA\t4\n");
    folder.write(std::string(place) + "PMC1__f-chemicals.tsv",
                 "word\tmesh\tmatch\tname\tchebi\n"
                 "ATP\tmesh:D000255\tAdenosine Triphosphate\tATP\tchebi:15422\n"
                 "Acetil-CoA\tmesh:C065987\tNA\tNA\tNA\n");
    folder.write(std::string(place) + "PMC1__f-diseases.tsv",
                 "word\tmesh\tmatch\tname\tdoid\n"
                 "LPS\tmesh:C536528\tVan der Woude syndrome\tVan der Woude syndrome\tdoid:0060239\n"
                 "Lipotoxicity\tNA\tNA\tNA\tNA\n");
    Imported imported = import_files({figure});
    const CollectedStatements& all = imported.statements;
    CHECK(imported.report.mentions ==
          std::map<std::string, std::uint64_t>{{"chemical", 2}, {"disease", 2}, {"gene", 1}});
    CHECK(imported.report.tables == 3);
    CHECK(
        all.has("<https://identifiers.org/ncbigene/117519> " + std::string(kLabel) + " \"Keap1\""));
    CHECK(all.count({"bdbHgncSymbol"}) == 0);
    std::string chemical = "<http://id.nlm.nih.gov/mesh/D000255>";
    CHECK(all.has(chemical + " " + std::string(kLabel) + " \"Adenosine Triphosphate\""));
    CHECK(all.has(chemical + " <http://vocabularies.wikipathways.org/wp#bdbChEBI> "
                             "<https://identifiers.org/chebi/CHEBI:15422>"));
    CHECK(all.has(chemical + " <http://www.w3.org/2004/02/skos/core#exactMatch> "
                             "<http://purl.obolibrary.org/obo/CHEBI_15422>"));
    CHECK(
        all.has("<http://id.nlm.nih.gov/mesh/C065987> " + std::string(kLabel) + " \"Acetil-CoA\""));
    CHECK(
        all.has("<http://id.nlm.nih.gov/mesh/C536528> "
                "<http://www.w3.org/2004/02/skos/core#exactMatch> "
                "<http://purl.obolibrary.org/obo/DOID_0060239>"));
    CHECK(all.count({"disease:Lipotoxicity", "unresolved"}) == 1);
    CHECK(all.count({"\"NA\""}) == 0);
  }
}

TEST_CASE("Tables of a figure count once, whether given, found, or both") {
  TestFolder folder;
  auto figure = folder.write("f.md", front("figid: PMC1__f\n"));
  auto table = folder.write("PMC1__f-chemicals.tsv",
                            "word\tmesh\tmatch\tname\tchebi\nATP\tmesh:D000255\tNA\tNA\tNA\n");
  Imported both = import_files({figure, table});
  CHECK(both.statements.count({"pf#count", "\"1\"^^"}) == 1);
  CHECK(both.statements.all() == import_files({figure}).statements.all());
  // Without the figure's own file, the table still says which figure it is of.
  Imported alone = import_files({table});
  CHECK(alone.report.figures == 1);
  CHECK(figure_has(alone, "<http://schema.org/mentions> <http://id.nlm.nih.gov/mesh/D000255>"));
  CHECK(figure_has(alone, std::string(kPartOf) + " <https://identifiers.org/pmc/PMC1>"));
}

TEST_CASE("A figure's table with other columns, or with a short row, is an error with its place") {
  TestFolder folder;
  CHECK_THAT(error_of_import({folder.write("PMC1__f-genes.tsv", "word\tgene\nA\tB\n")}),
             Catch::Contains("PMC1__f-genes.tsv, line 1: the table's columns are word, gene"));
  auto table = folder.write("PMC1__g-diseases.tsv",
                            "word\tmesh\tmatch\tname\tdoid\nA\tmesh:D1\nB\tmesh:D2\tNA\tNA\tNA\n");
  CHECK_THAT(error_of_import({table}), Catch::Contains("line 2: the row has 2 fields"));
  Imported lenient = import_files({table}, {.lenient = true});
  CHECK(lenient.report.skipped == 1);
  CHECK(lenient.report.mentions["disease"] == 1);
}

TEST_CASE("A broken figure file is an error that names it; lenient, it is left out") {
  TestFolder folder;
  auto open = folder.write("open.md", "---\nfigid: PMC1__f\nfigtitle: x\n");
  auto yaml = folder.write("yaml.md", front("figid: PMC2__f\nfigtitle: 'x\n  y: [\n"));
  auto utf8 = folder.write("utf8.md", front("figid: PMC3__f\nfigtitle: a\xFF\n"));
  auto no_id = folder.write("no_id.md", front("figid: NA\n"));
  auto deep = folder.write("deep.md", front("figid: PMC4__f\nx: " + std::string(1000, '[') + "\n"));
  auto good = folder.write("good.md", front("figid: PMC5__f\n"));
  auto missing = folder.path() / "missing.md";
  CHECK_THAT(error_of_import({good, open}), Catch::Contains("open.md, line 1, column 1: its front "
                                                            "matter has no closing line ---"));
  CHECK_THAT(error_of_import({yaml}),
             Catch::Contains("yaml.md, line ") && Catch::Contains("this is no YAML"));
  CHECK_THAT(error_of_import({utf8}), Catch::Contains("utf8.md, line 3, column 12: bytes"));
  CHECK_THAT(error_of_import({no_id}), Catch::Contains("no_id.md") && Catch::Contains("no figid"));
  CHECK_THAT(error_of_import({deep}),
             Catch::Contains("deep.md, line 3") && Catch::Contains("nested deeper"));
  CHECK_THAT(error_of_import({missing}), Catch::Contains("missing.md"));
  Imported lenient = import_files({open, yaml, utf8, no_id, deep, good}, {.lenient = true});
  CHECK(lenient.report.skipped == 5);
  CHECK(lenient.report.first_skipped.size() == 5);
  CHECK(lenient.report.figures == 1);
  CHECK(lenient.statements.count({"PMC1__f"}) == 0);
}

TEST_CASE("The messages of the first ten files left out are kept") {
  TestFolder folder;
  std::vector<std::filesystem::path> files;
  for (int i = 0; i < 12; ++i)
    files.push_back(folder.write(std::to_string(i) + ".md", "---\n"));
  Imported lenient = import_files(files, {.lenient = true});
  CHECK(lenient.report.skipped == 12);
  CHECK(lenient.report.first_skipped.size() == 10);
}

TEST_CASE("An import stops when it is told to") {
  TestFolder folder;
  std::stop_source stop;
  stop.request_stop();
  Interrupt interrupt(stop.get_token(), std::chrono::milliseconds(0));
  auto figure = folder.write("f.md", front("figid: PMC1__f\n"));
  Importer importer({.lenient = true, .interrupt = &interrupt});
  importer.add_document(figure);
  CollectedStatements statements;
  CHECK_THROWS_AS(importer.run(statements), Error);
}

TEST_CASE("WikiPathways' front matter is a curated pathway, not a figure") {
  Imported imported = import_figure(R"(annotations:
- id: PW:0000605
  parent: disease pathway
  type: Pathway Ontology
  value: cancer pathway
- {id: 'DOID:1380', type: Disease Ontology, value: endometrial cancer}
- {id: nothing, type: Pathway Ontology, value: x}
description: About it.
last-edited: 2025-11-22
organisms:
- Homo sapiens
schema-jsonld:
- keywords:
  - PTEN
title: Endometrial cancer
wpid: WP4155
)");
  const CollectedStatements& all = imported.statements;
  std::string pathway = "<https://identifiers.org/wikipathways/WP4155>";
  CHECK(imported.report.figures == 0);
  CHECK(all.has(pathway + " " + std::string(kType) +
                " <http://vocabularies.wikipathways.org/wp#Pathway>"));
  CHECK(all.has(pathway + " " + std::string(kType) +
                " <http://www.w3.org/2004/02/skos/core#Collection>"));
  CHECK(all.has(pathway + " <http://purl.org/dc/elements/1.1/title> \"Endometrial cancer\"@en"));
  CHECK(all.has(pathway + " <http://purl.org/dc/terms/identifier> \"WP4155\""));
  CHECK(all.has(pathway + " <http://vocabularies.wikipathways.org/wp#diseaseOntologyTag> "
                          "<http://purl.obolibrary.org/obo/DOID_1380>"));
  CHECK(all.has("<http://purl.obolibrary.org/obo/PW_0000605> " + std::string(kLabel) +
                " \"cancer pathway\""));
  CHECK(imported.report.left_out["not an identifier"] == 1);
}
