// What is said of a thing that is named by its IRI, a prefixed name or a label.
#include "shell/describe.h"

#include <catch2/catch.hpp>

using namespace tripten;
using namespace tripten::shell;

namespace {

constexpr const char* kGenes = R"(
  @prefix : <http://ex.org/> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
  @prefix schema: <http://schema.org/> .
  :g1 a :Gene ; rdfs:label "PTEN" . :g2 a :Gene ; rdfs:label "BRCA1" .
  :d1 a :Drug ; rdfs:label "pten"@en .
  :f1 schema:mentions :g1 , :g2 . :f2 schema:mentions :g1 . :f3 schema:mentions :g1 .
  GRAPH :more { :g1 schema:name "phosphatase" }
)";

class Genes {
 public:
  Genes() { db_.load_text(kGenes, Format::TriG); }

  Snapshot data() const { return db_.snapshot(); }
  Ask ask() const {
    return [this](std::string_view text) { return db_.query(text); };
  }

 private:
  Database db_ = Database::in_memory();
};

/// The rows, their terms with blanks between; `-` is unbound.
std::string text_of(const SolutionTable& table) {
  std::string text;
  for (const auto& row : table.rows) {
    for (const Term& term : row)
      text += (term ? term.to_string() : "-") + " ";
    text.back() = '\n';
  }
  return text;
}

}  // namespace

TEST_CASE("A name is an IRI, a prefixed name, or the label of one or several things") {
  const Genes genes;
  const Snapshot data = genes.data();
  const Term g1 = Term::iri("http://ex.org/g1"), d1 = Term::iri("http://ex.org/d1");
  const std::map<std::string, std::string> prefixes{{"ex", "http://ex.org/"}};
  CHECK(things_named(data, "<http://ex.org/g1>", {}) == std::vector<Term>{g1});
  CHECK(things_named(data, "http://ex.org/g1", {}) == std::vector<Term>{g1});
  CHECK(things_named(data, " ex:g1 ", prefixes) == std::vector<Term>{g1});
  CHECK(things_named(data, "schema:name", {}) ==
        std::vector<Term>{Term::iri("http://schema.org/name")});
  CHECK(things_named(data, "PTEN", {}) == std::vector<Term>{g1});
  CHECK(things_named(data, "\"pten\"", {}) == std::vector<Term>{d1});
  CHECK(things_named(data, "Pten", {}).size() == 2);
  CHECK(things_named(data, "PTE", {}).empty());
  CHECK(things_named(data, "", {}).empty());
  CHECK(things_named(data, "x:} SELECT *", {}).empty());
}

TEST_CASE("Several things of one name are listed with label and class") {
  const Genes genes;
  CHECK(text_of(choices_of(things_named(genes.data(), "Pten", {}), genes.ask())) ==
        "<http://ex.org/g1> \"PTEN\" <http://ex.org/Gene>\n"
        "<http://ex.org/d1> \"pten\" <http://ex.org/Drug>\n");
}

TEST_CASE("A description has both directions by predicate, cut where there are many values") {
  const Genes genes;
  const SolutionTable table = description_of(Term::iri("http://ex.org/g1"), genes.ask(), 2);
  CHECK(table.variables ==
        std::vector<std::string>{"direction", "predicate", "value", "label", "of all"});
  CHECK(text_of(table) ==
        "\"out\" <http://schema.org/name> \"phosphatase\" - -\n"
        "\"out\" <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://ex.org/Gene> - -\n"
        "\"out\" <http://www.w3.org/2000/01/rdf-schema#label> \"PTEN\" - -\n"
        "\"in\" <http://schema.org/mentions> <http://ex.org/f1> - "
        "\"3\"^^<http://www.w3.org/2001/XMLSchema#integer>\n"
        "\"in\" <http://schema.org/mentions> <http://ex.org/f2> - -\n");
  CHECK(description_of(Term::iri("http://ex.org/none"), genes.ask()).rows.empty());
  CHECK(description_of(Term::iri("a> ?p ?o } #"), genes.ask()).rows.empty());
  CHECK(text_of(description_of(Term::iri("http://ex.org/f1"), genes.ask())) ==
        "\"out\" <http://schema.org/mentions> <http://ex.org/g1> \"PTEN\" -\n"
        "\"out\" <http://schema.org/mentions> <http://ex.org/g2> \"BRCA1\" -\n");
}
