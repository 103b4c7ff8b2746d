// Tables mapped by CSV on the Web metadata.
#include <catch2/catch.hpp>

#include "import/cell_datatype.h"
#include "import/uri_template.h"
#include "imported.h"

using namespace tripten;

namespace {

/// The statements of a table with a mapping beside it, sorted; the table is <http://ex.org/t.csv>.
Imported import_table_text(const std::string& metadata, const std::string& table,
                           bool lenient = false, const std::string& name = "t.csv") {
  TestFolder folder;
  folder.write(name + "-metadata.json", metadata);
  return import_files({folder.write(name, table)}, {.lenient = lenient, .base = "http://ex.org/"});
}

std::string statements_of(const std::string& metadata, const std::string& table) {
  return import_table_text(metadata, table).statements.all();
}

std::string error_of_table(const std::string& metadata, const std::string& table) {
  TestFolder folder;
  folder.write("t.csv-metadata.json", metadata);
  return error_of_import({folder.write("t.csv", table)});
}

std::string expanded(const std::string& text, const std::vector<std::string>& values) {
  UriTemplate uri(text, {});
  std::string out;
  bool complete = uri.expand(
      [&](std::size_t i) -> std::optional<std::string_view> {
        if (i >= values.size()) return std::nullopt;
        return values[i];
      },
      out);
  return complete ? out : "nothing";
}

std::string form(const std::string& datatype, std::string_view text,
                 const std::string& format = "") {
  auto type = datatype_named(datatype);
  REQUIRE(type);
  type->format = format;
  std::string out;
  return lexical_form(text, *type, out) ? out : "no";
}

}  // namespace

TEST_CASE("URI templates encode values, or keep reserved characters") {
  CHECK(expanded("http://ex.org/{a}/x", {"b c/é"}) == "http://ex.org/b%20c%2F%C3%A9/x");
  CHECK(expanded("http://ex.org/{+a}", {"b c/é?%41"}) == "http://ex.org/b%20c/%C3%A9?%41");
  CHECK(expanded("http://ex.org/{#a}", {"b/c"}) == "http://ex.org/#b/c");
  CHECK(expanded("http://ex.org/{a,b}", {"1", "2"}) == "http://ex.org/1,2");
  CHECK(expanded("http://ex.org/{a}", {}) == "nothing");
  CHECK(expanded("drugbank:{a}", {"DB1"}) == "https://identifiers.org/drugbank/DB1");
  CHECK(expanded("{+a}", {"DOID:1324"}) == "http://purl.obolibrary.org/obo/DOID_1324");
  CHECK(expanded("{+a}", {"http://x/a"}) == "http://x/a");
  CHECK(expanded("pf:Gene", {}) == "urn:tripten:pf#Gene");
  CHECK(expanded("http://ex.org/<a b>", {}) == "http://ex.org/%3Ca%20b%3E");
  CHECK(UriTemplate("{Tax%20ID}", {}).variables() == std::vector<std::string>{"Tax ID"});
  for (const char* wrong : {"{a", "a}", "{}", "{/a}", "{a*}", "{a:3}", "{?a}", "{a{b}}", "{a,}"})
    CHECK_THROWS_AS(UriTemplate(wrong, {}), Error);
}

TEST_CASE("Cells become lexical forms of their datatypes, or none") {
  CHECK(form("string", " a ") == " a ");
  CHECK(form("token", " a  b ") == "a b");
  CHECK(form("integer", " 007 ") == "007");
  for (const char* text : {"", "1.0", "1e3", "x", "1 2", "+"})
    CHECK(form("integer", text) == "no");
  CHECK(form("nonNegativeInteger", "-1") == "no");
  CHECK(form("positiveInteger", "0") == "no");
  CHECK(form("byte", "127") == "127");
  CHECK(form("byte", "128") == "no");
  CHECK(form("byte", "-99999999999999999999999") == "no");
  CHECK(form("nonNegativeInteger", "99999999999999999999999") == "99999999999999999999999");
  CHECK(form("decimal", "1.50") == "1.50");
  CHECK(form("decimal", "1e5") == "no");
  CHECK(form("number", "3.38e-80") == "3.38e-80");
  CHECK(form("double", "INF") == "INF");
  CHECK(form("double", "inf") == "no");
  CHECK(form("boolean", "1") == "true");
  CHECK(form("boolean", "N", "Y|N") == "false");
  CHECK(form("boolean", "1", "Y|N") == "no");
  CHECK(form("date", "2020-02-29") == "2020-02-29");
  CHECK(form("date", "2021-02-29") == "no");
  CHECK(form("date", "29/2/2020", "d/M/yyyy") == "2020-02-29");
  CHECK(form("date", "20200229", "yyyyMMdd") == "2020-02-29");
  CHECK(form("date", "02.13.2020", "dd.MM.yyyy") == "no");
  CHECK(form("dateTime", "2020-01-02 03:04:05.67", "yyyy-MM-dd HH:mm:ss.SSS") ==
        "2020-01-02T03:04:05.67");
  CHECK(form("time", "0304", "HHmm") == "03:04:00");
  CHECK(form("gYear", "2021") == "2021");
  CHECK(form("gYear", "NULL") == "no");
  CHECK(form("anyURI", "http://a b") == "no");
  CHECK_FALSE(datatype_named("integr"));
}

TEST_CASE("A table without schema gets its properties from its own IRI and header") {
  CHECK(statements_of("{\"url\": \"t.csv\"}", "a,b c\n1,\n") ==
        "_:r1 <http://ex.org/t.csv#a> \"1\"\n");
}

TEST_CASE("Subjects, properties and values come from templates, inherited downwards") {
  std::string metadata = R"({
    "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
    "dc:title": "passed over", "dialect": {"delimiter": ";"},
    "tables": [{"url": "other.csv"}, {"url": "t.csv", "aboutUrl": "http://ex.org/{id}",
      "tableSchema": {"propertyUrl": "http://ex.org/p/{_name}", "columns": [
        {"name": "id", "titles": ["ID", "Id"], "suppressOutput": true},
        {"titles": "The name"},
        {"name": "n", "datatype": "integer", "lang": "und"},
        {"name": "see", "propertyUrl": "rdfs:seeAlso", "valueUrl": "#{_row}-{_sourceRow}-{see}"},
        {"name": "v", "virtual": true, "default": "fixed", "lang": "und"},
        {"virtual": true, "propertyUrl": "rdf:type", "valueUrl": "pf:Gene"}]}}]})";
  CHECK(statements_of(metadata, "ID;The name;n;see\nx;é;5;a b\n") ==
        "<http://ex.org/x> <http://ex.org/p/The%20name> \"é\"@en\n"
        "<http://ex.org/x> <http://ex.org/p/n> "
        "\"5\"^^<http://www.w3.org/2001/XMLSchema#integer>\n"
        "<http://ex.org/x> <http://ex.org/p/v> \"fixed\"\n"
        "<http://ex.org/x> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "
        "<urn:tripten:pf#Gene>\n"
        "<http://ex.org/x> <http://www.w3.org/2000/01/rdf-schema#seeAlso> "
        "<http://ex.org/t.csv#1-2-a%20b>\n");
}

TEST_CASE("Separators make lists, of literals and of IRIs") {
  std::string metadata = R"({"url": "t.csv", "tableSchema": {"aboutUrl": "#{id}", "columns": [
    {"name": "id", "suppressOutput": true},
    {"name": "l", "separator": "|", "propertyUrl": "ex:l", "null": ["NA"]},
    {"name": "u", "separator": "|", "propertyUrl": "ex:u", "valueUrl": "hgnc.symbol:{u}"}]},
    "@context": ["http://www.w3.org/ns/csvw", {"ex": "http://e/"}]})";
  CHECK(statements_of(metadata, "id,l,u\n1,a| b|NA||,X|Y\n2,NA,\n") ==
        "<http://ex.org/t.csv#1> <http://e/l> \"a\"\n"
        "<http://ex.org/t.csv#1> <http://e/l> \"b\"\n"
        "<http://ex.org/t.csv#1> <http://e/u> <https://identifiers.org/hgnc.symbol/X>\n"
        "<http://ex.org/t.csv#1> <http://e/u> <https://identifiers.org/hgnc.symbol/Y>\n");
}

TEST_CASE("Ordered lists are RDF lists") {
  std::string metadata = R"({"url": "t.csv", "tableSchema": {"columns": [
    {"name": "l", "aboutUrl": "#x", "propertyUrl": "rdf:value", "separator": " ",
     "ordered": true, "datatype": "integer"}]}})";
  Imported imported = import_table_text(metadata, "l\n1 2\n");
  CHECK(imported.statements.lines.size() == 5);
  CHECK(imported.statements.count({"rdf-syntax-ns#first", "\"2\"^^"}) == 1);
  CHECK(imported.statements.count({"rdf-syntax-ns#rest", "rdf-syntax-ns#nil"}) == 1);
}

TEST_CASE("What has no value gives no statement, also through templates") {
  std::string metadata = R"({"url": "t.csv", "tableSchema": {"aboutUrl": "#{id}", "columns": [
    {"name": "id", "propertyUrl": "rdf:value"},
    {"name": "category", "null": ["SYM", "NOT"], "propertyUrl": "pf:treats", "valueUrl": "#d{d}"},
    {"name": "d", "suppressOutput": true},
    {"virtual": true, "aboutUrl": "#d{d}", "propertyUrl": "rdf:type", "valueUrl": "pf:Disease"}]}})";
  Imported imported = import_table_text(metadata, "id,category,d\n1,DM,7\n2,SYM,8\n,DM,9\n4,,\n");
  CHECK(imported.statements.count({"pf#treats"}) == 1);
  CHECK(imported.statements.count({"pf#Disease"}) == 3);
  CHECK(imported.statements.count({"#value"}) == 3);
  CHECK(imported.statements.count({"<http://ex.org/t.csv#>"}) == 0);
  CHECK(imported.statements.count({"<http://ex.org/t.csv#d>"}) == 0);
  CHECK(imported.report.left_out == std::map<std::string, std::uint64_t>{{"SYM", 1}});
}

TEST_CASE("Defaults stand for empty cells") {
  std::string metadata = R"({"url": "t.csv", "tableSchema": {"aboutUrl": "#{_row}", "columns": [
    {"name": "a", "propertyUrl": "rdf:value", "default": "none"}, {"name": "b"}]}})";
  CHECK(import_table_text(metadata, "a,b\n,\nx,\n").statements.count({"\"none\""}) == 1);
}

TEST_CASE("A value that is not of its datatype is an error, or left out and counted") {
  std::string metadata = R"({"url": "t.csv", "tableSchema": {"aboutUrl": "#{id}", "columns": [
    {"name": "id", "suppressOutput": true},
    {"name": "n", "propertyUrl": "rdf:value", "datatype": {"base": "integer"}}]}})";
  CHECK_THAT(error_of_table(metadata, "id,n\na,1\nb,x\n"),
             Catch::Contains("t.csv, line 3: \"x\" in the column n is not an integer"));
  Imported lenient = import_table_text(metadata, "id,n\na,1\nb,x\n", true);
  CHECK(lenient.statements.lines.size() == 1);
  CHECK(lenient.report.left_out["not an integer"] == 1);
  CHECK(lenient.report.skipped == 0);
}

TEST_CASE("Rows with too few or too many fields are errors with their line, or skipped") {
  std::string metadata = R"({"url": "t.csv", "aboutUrl": "#{a}"})";
  CHECK_THAT(error_of_table(metadata, "a,b\n1,2\n3\n"),
             Catch::Contains("t.csv, line 3: the row has 1 fields, the table 2 columns"));
  Imported lenient = import_table_text(metadata, "a,b\n1,2\n3\n4,5,6\n\n7,8\n", true);
  CHECK(lenient.report.skipped == 2);
  CHECK(lenient.report.rows == 2);
}

TEST_CASE("A table whose columns are not those of its mapping is one error with both") {
  std::string metadata = R"({"url": "t.csv", "tableSchema": {"columns": [
    {"titles": "Gene"}, {"name": "drug"}, {"virtual": true, "valueUrl": "#x"}]}})";
  for (const char* table : {"Gene,disease\n1,2\n", "Gene\n1\n", "drug,Gene\n1,2\n"})
    CHECK_THAT(error_of_table(metadata, table),
               Catch::Contains("t.csv, line 1: the table's columns are") &&
                   Catch::Contains("t.csv-metadata.json are Gene, drug"));
  CHECK(error_of_table(metadata, "Gene,drug\n").empty());
  CHECK_THAT(error_of_table(metadata, ""), Catch::Contains("t.csv: the table is empty"));
  CHECK_THAT(error_of_table(R"({"url": "t.csv", "aboutUrl": "#{x}"})", "a\n1\n"),
             Catch::Contains("names the column x"));
}

TEST_CASE("Required columns have values") {
  std::string metadata = R"({"url": "t.csv", "tableSchema": {"columns": [
    {"name": "a", "required": true}, {"name": "b"}]}})";
  CHECK_THAT(error_of_table(metadata, "a,b\n,2\n"), Catch::Contains("the column a has no value"));
  CHECK(import_table_text(metadata, "a,b\n,2\n", true).report.skipped == 1);
}

TEST_CASE("A table without mapping is an error that says what was looked for") {
  TestFolder folder;
  CHECK_THAT(error_of_import({folder.write("t.tsv.gz", "")}),
             Catch::Contains("t.tsv.gz: the table has no mapping (no t.tsv.gz-metadata.json, "
                             "t.tsv-metadata.json, t-metadata.json, csv-metadata.json beside it"));
  folder.write("csv-metadata.json", R"({"tables": [{"url": "other.tsv"}]})");
  CHECK_THAT(error_of_import({folder.write("t.tsv", "a\n")}), Catch::Contains("no mapping"));
}

TEST_CASE("Mappings are found beside a table, or given as a file or a folder") {
  TestFolder folder;
  std::string columns = R"("tableSchema": {"aboutUrl": "#x", "propertyUrl": "rdf:value"})";
  auto table = folder.write("data/t.tsv", "a\n1\n");
  auto count = [&](const ImportOptions& options = {}) {
    return import_files({table}, options).statements.lines.size();
  };
  folder.write("data/csv-metadata.json", R"({"tables": [{"url": "t.tsv", )" + columns + "}]}");
  CHECK(count() == 1);
  // A table's own metadata comes first.
  folder.write("data/t-metadata.json", R"({"url": "t.tsv", "suppressOutput": true})");
  CHECK(count() == 0);
  // One description of one table is taken for any, when it is given.
  auto single = folder.write("maps/single-metadata.json", R"({"url": "x.tsv", )" + columns + "}");
  CHECK(count({.mapping = single}) == 1);
  auto group = folder.write("maps/b-metadata.json",
                            R"({"tables": [{"url": "data/t.tsv", )" + columns + "}]}");
  CHECK(count({.mapping = group}) == 1);
  CHECK(count({.mapping = folder.path() / "maps"}) == 1);
  auto other = folder.write("other-metadata.json", R"({"tables": [{"url": "u.tsv"}]})");
  CHECK_THAT(
      error_of_import({table}, {.mapping = other}),
      Catch::Contains("t.tsv: the mapping") && Catch::Contains("says nothing of this table"));
  CHECK(import_files({table}, {.lenient = true, .mapping = other}).report.skipped == 1);
  CHECK_THAT(error_of_import({table}, {.mapping = folder.path() / "data" / "none"}),
             Catch::Contains("none"));
  CHECK_FALSE(error_of_import({table}, {.mapping = folder.path() / "none.json"}).empty());
}

TEST_CASE("A figure's table without mapping is the figure's, with one it is mapped") {
  TestFolder folder;
  auto table = folder.write("PMC1__f-diseases.tsv", "word\tmesh\nx\tmesh:D1\n");
  CHECK(import_files({table}).report.mentions["disease"] == 1);
  folder.write("PMC1__f-diseases.tsv-metadata.json", R"({"suppressOutput": true})");
  CHECK(import_files({table}).report.mentions.empty());
}

TEST_CASE("Metadata that is wrong is an error that says what and where") {
  auto error = [](const std::string& metadata) { return error_of_table(metadata, "a\n1\n"); };
  CHECK_THAT(error("{\n  \"url\": t\n}"),
             Catch::Contains("t.csv-metadata.json, line 2, column") && Catch::Contains("no JSON"));
  CHECK_THAT(error("[]"), Catch::Contains("is a JSON object"));
  CHECK_THAT(
      error(R"({"propertyURL": "x"})"),
      Catch::Contains("propertyURL is no property of a table") && Catch::Contains("propertyUrl"));
  CHECK_THAT(error(R"({"tableSchema": {"columns": [{"name": "a", "datatype": "integr"}]}})"),
             Catch::Contains("integr is no datatype"));
  CHECK_THAT(error(R"({"tableSchema": {"columns": [{"name": "a"}, {"name": "a"}]}})"),
             Catch::Contains("two columns are called a"));
  CHECK_THAT(error(R"({"tableSchema": {"columns": [{"virtual": true}, {"name": "a"}]}})"),
             Catch::Contains("behind a virtual one"));
  CHECK_THAT(error(R"({"dialect": {"delimiter": "ab"}})"), Catch::Contains("not one character"));
  CHECK_THAT(error(R"({"dialect": {"encoding": "utf-16"}})"), Catch::Contains("utf-16"));
  CHECK_THAT(error(R"({"aboutUrl": "{a"})"), Catch::Contains("lacks a }"));
  CHECK_THAT(error(R"({"lang": "en us"})"), Catch::Contains("not a language tag"));
  CHECK_THAT(error(R"({"datatype": {"base": "string", "@id": "a b"}})"),
             Catch::Contains("not an absolute IRI"));
  CHECK_THAT(error(R"({"@context": ["x", {"ex": "no iri"}]})"),
             Catch::Contains("not an absolute IRI"));
  CHECK_THAT(error(R"({"url": 1})"), Catch::Contains("url is not a string"));
  CHECK_THAT(error(R"({"tables": 1})"), Catch::Contains("tables is not an array"));
  CHECK_THAT(error(R"({"x:y": 1e999})"), Catch::Contains("no JSON"));
  CHECK_FALSE(error(std::string(1'000'000, '[')).empty());
  for (const char* key : {"x:y", "tableSchema"})
    CHECK_THAT(error("{\"tableSchema\": {\"x:y\": " + std::string(1'000'000, '[') +
                     std::string(1'000'000, ']') + "}, \"" + key + "\": 1}"),
               Catch::Contains("nested deeper"));
}

TEST_CASE("Dialects come from the metadata, and tab-separated files need none") {
  std::string metadata = R"({"dialect": {"header": false, "quoteChar": "'", "skipRows": 1,
    "commentPrefix": "#"}, "tableSchema": {"aboutUrl": "#{a}", "propertyUrl": "rdf:value",
    "columns": [{"name": "a"}, {"name": "b"}]}})";
  Imported imported = import_table_text(metadata, "junk\n#c\n1,'x,y'\n");
  CHECK(imported.statements.count({"\"x,y\""}) == 1);
  CHECK(imported.report.rows == 1);
  Imported tabs = import_table_text(R"({"aboutUrl": "#x", "propertyUrl": "rdf:value"})",
                                    "a\tb\n\"q\t2\n", false, "t.tsv");
  CHECK(tabs.statements.count({"\"\\\"q\""}) == 1);
}

TEST_CASE("A schema may lie in a file of its own, and @base gives the table's IRI") {
  TestFolder folder;
  folder.write("s.json", R"({"aboutUrl": "#{a}", "columns": [{"name": "a"}]})");
  folder.write("t.csv-metadata.json", R"({"url": "t.csv", "tableSchema": "s.json",
    "@context": ["http://www.w3.org/ns/csvw", {"@base": "http://base/dir/"}]})");
  CHECK(import_files({folder.write("t.csv", "a\n1\n")}).statements.all() ==
        "<http://base/dir/t.csv#1> <http://base/dir/t.csv#a> \"1\"\n");
}

TEST_CASE("What is table metadata is known by its name") {
  CHECK(is_table_metadata("a/t.csv-metadata.json"));
  CHECK(is_table_metadata("csv-metadata.json"));
  CHECK_FALSE(is_table_metadata("metadata.json"));
}
