// Identifiers as sources write them.
#include "import/identifiers.h"

#include <catch2/catch.hpp>

#include "import/prefixes.h"
#include "import/species.h"
#include "import/values.h"

using namespace tripten;

TEST_CASE("Identifiers lose their prefixes, whatever the case") {
  CHECK(gene_id("5728") == "5728");
  CHECK(gene_id("ncbigene:5728") == "5728");
  CHECK(mesh_id("mesh:D000255") == "D000255");
  CHECK(mesh_id("MESH:c556458") == "C556458");
  CHECK(chebi_id("chebi:15846") == "15846");
  CHECK(chebi_id("CHEBI:15846") == "15846");
  CHECK(disease_id("doid:0060239") == "0060239");
  CHECK(taxon_id("9606") == "9606");
  CHECK(taxon_id("NCBITaxon_9606") == "9606");
  CHECK(doi_id("https://doi.org/10.7150/thno.57689") == "10.7150/thno.57689");
  CHECK(doi_id("doi:10.7150/thno.57689") == "10.7150/thno.57689");
  CHECK(obo_id("PW:0000013") == "PW_0000013");
}

TEST_CASE("What is no identifier is refused") {
  for (const char* text : {"", "PTEN", "57 28", "5728;207", "-1", "1e3", "99999999999999999999"})
    CHECK_FALSE(gene_id(text));
  for (const char* text : {"", "D", "15422", "mesh:", "D00025x"})
    CHECK_FALSE(mesh_id(text));
  for (const char* text : {"", "8120202", "pmc8120202", "PMC"})
    CHECK_FALSE(pmc_id(text));
  for (const char* text : {"", "thno.57689", "10.7150"})
    CHECK_FALSE(doi_id(text));
  for (const char* text : {"", ":1", "PW:", "PW:x", "P W:1"})
    CHECK_FALSE(obo_id(text));
}

TEST_CASE("IRIs hold what they may, and figure ids with dots and dashes stay") {
  CHECK(figure_iri("PMC3124513__pone.0021474.g003") ==
        "https://pfocr.wikipathways.org/figures/PMC3124513__pone.0021474.g003.html");
  CHECK(figure_iri("a b<\">/#%") ==
        "https://pfocr.wikipathways.org/figures/a%20b%3C%22%3E%2F%23%25.html");
  CHECK(iri_text("pmc/a b/<é>") == "pmc/a%20b/%3Cé%3E");
}

TEST_CASE("A number is a decimal where it can be written as one") {
  CHECK(decimal_of("0.9466768") == "0.9466768");
  CHECK(decimal_of("1") == "1");
  CHECK(decimal_of("9.5e-05") == "0.000095");
  CHECK(decimal_of("-1.25E2") == "-125");
  CHECK(decimal_of("1e3") == "1000");
  CHECK(decimal_of("12.5e-1") == "1.25");
  for (const char* text : {"", ".", "NaN", "inf", "0,5", "1e", "1e99", "0x1", "1 ", "--1"})
    CHECK_FALSE(decimal_of(text));
}

TEST_CASE("A year is four digits") {
  CHECK(is_year("2021"));
  for (const char* text : {"", "202", "20211", "2021-", "MMXX"})
    CHECK_FALSE(is_year(text));
}

TEST_CASE("Species are known by their exact names") {
  CHECK(taxon_of_species("Homo sapiens") == "9606");
  CHECK(taxon_of_species("Drosophila melanogaster") == "7227");
  CHECK(taxon_of_species("Zea mays") == "4577");
  CHECK(taxon_of_species("homo sapiens").empty());
  CHECK(taxon_of_species("Lareunionomyces loeiensis").empty());
  CHECK(taxon_of_species("").empty());
}

TEST_CASE("The ways of saying nothing are no values, and are counted by name") {
  LeftOut left_out;
  for (const char* text : {"", "  ", "NA", ".na.character", "NULL", "null"})
    CHECK(value_of(std::string_view(text), left_out).empty());
  CHECK(left_out["empty"] == 2);
  CHECK(left_out["NA"] == 1);
  CHECK(left_out[".na.character"] == 1);
  CHECK(value_of(std::string_view("Na"), left_out) == "Na");
  CHECK(value_of(std::string_view(" x "), left_out) == " x ");
}

TEST_CASE("Compact IRIs are expanded by declared and known prefixes, in any case") {
  Prefixes declared{{"ex", "http://example.org/"}, {"pf", "http://mine/"}};
  CHECK(expand_compact_iri("ex:a", declared) == "http://example.org/a");
  CHECK(expand_compact_iri("pf:a", declared) == "http://mine/a");
  CHECK(expand_compact_iri("pf:a", {}) == "urn:tripten:pf#a");
  CHECK(expand_compact_iri("DOID:1324", {}) == "http://purl.obolibrary.org/obo/DOID_1324");
  CHECK(expand_compact_iri("chebi:15422", {}) == "https://identifiers.org/chebi/CHEBI:15422");
  CHECK(expand_compact_iri("hgnc.symbol:PTEN", {}) == "https://identifiers.org/hgnc.symbol/PTEN");
  // In CSVW, dc is what it is in RDFa.
  CHECK(expand_compact_iri("dc:title", {}) == "http://purl.org/dc/terms/title");
  CHECK(expand_compact_iri("dc11:title", {}) == "http://purl.org/dc/elements/1.1/title");
  CHECK_FALSE(expand_compact_iri("https://example.org/", {}));
  CHECK_FALSE(expand_compact_iri("nothing:x", {}));
  CHECK_FALSE(expand_compact_iri("plain", {}));
}
