// SERVICE through the host's own transport: what is sent, and what is made of the answers.
#include <algorithm>
#include <map>
#include <set>
#include <sstream>

#include <catch2/catch.hpp>

#include "tripten/tripten.h"

using namespace tripten;
using Catch::Contains;

namespace {

const std::string kPrefixes = "PREFIX : <http://ex.org/> ";

/// Other databases by their IRIs, which answer what is sent to them; the text must be standard.
class Services {
 public:
  void add(const std::string& endpoint, const std::string& turtle) {
    Database db = Database::in_memory();
    db.load_text("@prefix : <http://ex.org/> .\n" + turtle, Format::Turtle);
    databases_.emplace(endpoint, std::move(db));
  }

  ServiceAnswer answer(const ServiceRequest& request) {
    requests.push_back(request);
    const auto found = databases_.find(request.endpoint);
    if (found == databases_.end()) throw Error(ErrorCode::Io, "there is no host elsewhere");
    std::ostringstream body;
    found->second.query(request.query, {.strict = true}).write(body, Format::Json);
    return {"application/sparql-results+json; charset=utf-8", body.str()};
  }

  QueryOptions options(bool optimise = true) {
    return {.batch_rows = 2,
            .optimise = optimise,
            .allow_service = true,
            .service = [this](const ServiceRequest& request) { return answer(request); }};
  }

  std::vector<ServiceRequest> requests{};

 private:
  std::map<std::string, Database> databases_{};
};

/// The rows of an answer, a text each, sorted; blank nodes are `_`.
std::vector<std::string> rows_of(Result result) {
  std::vector<std::string> rows;
  for (const Row& row : result) {
    std::string text;
    for (std::size_t column = 0; column < row.size(); ++column) {
      const Term& term = row[column];
      text += (column ? " " : "") + (!term             ? std::string("-")
                                     : term.is_blank() ? std::string("_")
                                                       : term.value());
    }
    rows.push_back(text);
  }
  std::sort(rows.begin(), rows.end());
  return rows;
}

using Rows = std::vector<std::string>;

/// The same with and without optimising.
void check_rows(const Database& db, Services& services, const std::string& query,
                const Rows& expected) {
  for (const bool optimise : {true, false}) {
    INFO(query << "\noptimise " << optimise);
    const QueryOptions options = services.options(optimise);
    INFO(db.query(kPrefixes + query, options).explain());
    CHECK(rows_of(db.query(kPrefixes + query, options)) == expected);
  }
}

Database genes() {
  Database db = Database::in_memory();
  db.load_text(
      "@prefix : <http://ex.org/> .\n"
      ":pten :label \"PTEN\" . :tp53 :label \"TP53\" . :egfr :label \"EGFR\" .\n"
      ":s1 :at <http://a/> . :s2 :at <http://b/> .\n",
      Format::Turtle);
  return db;
}

Services two_services() {
  Services services;
  services.add("http://a/", ":pten :drug :d1 , :d2 . :egfr :drug :d3 . :x :p [ :q 1 ] .");
  services.add("http://b/", ":pten :drug :d4 . :d1 :name \"one\" .");
  return services;
}

}  // namespace

TEST_CASE("SERVICE is refused where the network was not allowed, also when silent") {
  const Database db = genes();
  for (const char* query :
       {"SELECT * {\n  SERVICE <http://a/> { ?s ?p ?o } }",
        "SELECT * {\n  SERVICE SILENT <http://a/> { ?s ?p ?o } }",
        "SELECT * { ?s ?p ?o FILTER EXISTS {\n  SERVICE <http://a/> { ?s ?p ?o } } }"}) {
    INFO(query);
    try {
      rows_of(db.query(query));
      FAIL("it was not refused");
    } catch (const Error& error) {
      CHECK(error.code == ErrorCode::Invalid);
      CHECK_THAT(error.what(), Contains("--allow-service"));
      CHECK(error.position == Position(2, 3));
    }
  }
}

TEST_CASE("A service's solutions join with those beside it") {
  const Database db = genes();
  Services services = two_services();
  check_rows(db, services, "SELECT ?l ?d { ?g :label ?l SERVICE <http://a/> { ?g :drug ?d } }",
             {"EGFR http://ex.org/d3", "PTEN http://ex.org/d1", "PTEN http://ex.org/d2"});
  check_rows(db, services, "SELECT ?l ?d { SERVICE <http://a/> { ?g :drug ?d } ?g :label ?l }",
             {"EGFR http://ex.org/d3", "PTEN http://ex.org/d1", "PTEN http://ex.org/d2"});
  check_rows(db, services,
             "SELECT ?d ?n { SERVICE <http://a/> { :pten :drug ?d } "
             "SERVICE <http://b/> { ?d :name ?n } }",
             {"http://ex.org/d1 one"});
  check_rows(db, services, "SELECT ?o { SERVICE <http://b/> { ?s :drug ?o } }",
             {"http://ex.org/d4"});
  check_rows(db, services, "SELECT ?g { ?g :label ?l SERVICE <http://b/> { :pten :drug :d4 } }",
             {"http://ex.org/egfr", "http://ex.org/pten", "http://ex.org/tp53"});
}

TEST_CASE("Bindings are pushed as different VALUES, a hundred a request") {
  Database db = Database::in_memory();
  std::string here = "@prefix : <http://ex.org/> .\n", there;
  for (int i = 0; i < 250; ++i) {
    here += ":s" + std::to_string(i) + " :p :o" + std::to_string(i) + " , :o" +
            std::to_string((i + 1) % 250) + " .\n";
    there += ":o" + std::to_string(i) + " :size " + std::to_string(i) + " .\n";
  }
  db.load_text(here, Format::Turtle);
  Services services;
  services.add("http://a/", there + ":other :size 7 .");
  const std::string query =
      kPrefixes + "SELECT ?s ?n { ?s :p ?o SERVICE <http://a/> { ?o :size ?n } }";
  CHECK(rows_of(db.query(query, services.options())).size() == 500);
  REQUIRE(services.requests.size() == 3);
  std::set<std::size_t> sizes;
  for (const ServiceRequest& request : services.requests) {
    CHECK_THAT(request.query, Contains("VALUES"));
    CHECK(request.timeout == std::chrono::seconds(60));
    sizes.insert(
        static_cast<std::size_t>(std::count(request.query.begin(), request.query.end(), ')') - 1));
  }
  CHECK(sizes == std::set<std::size_t>{50, 100});
  CHECK_THAT(db.query(query, services.options()).explain(), Contains("pushes ?o"));
}

TEST_CASE("A variable names the service, for each of its values") {
  const Database db = genes();
  Services services = two_services();
  check_rows(db, services, "SELECT ?s ?d { ?s :at ?e SERVICE ?e { :pten :drug ?d } }",
             {"http://ex.org/s1 http://ex.org/d1", "http://ex.org/s1 http://ex.org/d2",
              "http://ex.org/s2 http://ex.org/d4"});
  check_rows(db, services,
             "SELECT ?e ?d { BIND(IRI(CONCAT(\"http://\", \"b/\")) AS ?e) "
             "SERVICE ?e { ?g :drug ?d } }",
             {"http://b/ http://ex.org/d4"});
  const QueryOptions options = services.options();
  CHECK_THROWS_WITH(rows_of(db.query("SELECT * { SERVICE ?e { ?s ?p ?o } }", options)),
                    Contains("SERVICE ?e: the variable has no value here"));
  CHECK_THROWS_WITH(
      rows_of(db.query("SELECT * { VALUES ?e { \"text\" } SERVICE ?e { ?s ?p ?o } }", options)),
      Contains("SERVICE asks an IRI, \"text\" is none"));
  check_rows(db, services, "SELECT ?s { SERVICE SILENT ?e { ?s ?p ?o } }", {"-"});
}

TEST_CASE("A silent service that fails answers one solution without bindings") {
  const Database db = genes();
  Services services = two_services();
  check_rows(db, services,
             "SELECT ?l ?d { ?g :label ?l SERVICE SILENT <http://none/> { ?g :drug ?d } }",
             {"EGFR -", "PTEN -", "TP53 -"});
  check_rows(db, services, "SELECT ?d { SERVICE SILENT <http://none/> { ?g :drug ?d } }", {"-"});
  // Of several services the one that fails.
  check_rows(db, services,
             "SELECT ?e ?d { VALUES ?e { <http://none/> <http://b/> } "
             "SERVICE SILENT ?e { ?g :drug ?d } }",
             {"http://b/ http://ex.org/d4", "http://none/ -"});
  CHECK_THROWS_WITH(
      rows_of(db.query("SELECT * { SERVICE <http://none/> { ?s ?p ?o } }", services.options())),
      "SERVICE <http://none/>: there is no host elsewhere");
}

TEST_CASE("SERVICE stands wherever a pattern may") {
  const Database db = genes();
  Services services = two_services();
  check_rows(db, services,
             "SELECT ?l ?d { ?g :label ?l OPTIONAL { SERVICE <http://a/> { ?g :drug ?d } } }",
             {"EGFR http://ex.org/d3", "PTEN http://ex.org/d1", "PTEN http://ex.org/d2", "TP53 -"});
  check_rows(
      db, services,
      "SELECT ?l ?d { ?g :label ?l OPTIONAL { SERVICE SILENT <http://none/> { ?g :drug ?d } } }",
      {"EGFR -", "PTEN -", "TP53 -"});
  check_rows(db, services,
             "SELECT ?d { { SERVICE <http://a/> { :pten :drug ?d } } UNION "
             "{ SERVICE <http://b/> { :pten :drug ?d } } }",
             {"http://ex.org/d1", "http://ex.org/d2", "http://ex.org/d4"});
  check_rows(db, services,
             "SELECT ?l { ?g :label ?l MINUS { SERVICE <http://a/> { ?g :drug ?d } } }", {"TP53"});
  check_rows(db, services,
             "SELECT ?l { ?g :label ?l FILTER EXISTS { SERVICE <http://a/> { ?g :drug ?d } } }",
             {"EGFR", "PTEN"});
  check_rows(db, services,
             "SELECT ?l { ?g :label ?l FILTER NOT EXISTS { SERVICE <http://b/> { ?g :drug ?d } } }",
             {"EGFR", "TP53"});
  check_rows(db, services,
             "SELECT ?l ?n { ?g :label ?l { SELECT ?g (COUNT(*) AS ?n) { "
             "SERVICE <http://a/> { ?g :drug ?d } } GROUP BY ?g } }",
             {"EGFR 1", "PTEN 2"});
  check_rows(db, services,
             "SELECT ?l ?d { ?g :label ?l SERVICE <http://a/> { ?g :drug ?d } FILTER(?d != :d1) }",
             {"EGFR http://ex.org/d3", "PTEN http://ex.org/d2"});
}

TEST_CASE("A service inside GRAPH and inside another service") {
  Database db = genes();
  db.update(kPrefixes + "INSERT DATA { GRAPH :g1 { :pten :in 1 } GRAPH :g2 { :egfr :in 2 } }");
  Services services = two_services();
  check_rows(db, services,
             "SELECT ?w ?d { GRAPH ?w { ?g :in ?n SERVICE <http://a/> { ?g :drug ?d } } }",
             {"http://ex.org/g1 http://ex.org/d1", "http://ex.org/g1 http://ex.org/d2",
              "http://ex.org/g2 http://ex.org/d3"});
  // The one inside is sent along: here it is refused by the one that is asked.
  CHECK_THROWS_WITH(
      rows_of(db.query("SELECT * { SERVICE <http://a/> { SERVICE <http://b/> { ?s ?p ?o } } }",
                       services.options())),
      Contains("SERVICE <http://a/>") && Contains("--allow-service"));
  CHECK_THAT(services.requests.back().query, Contains("SERVICE <http://b/> { ?s ?p ?o . }"));
}

TEST_CASE("Prefixes, BASE, blank nodes and parameters are settled before the text is sent") {
  const Database db = genes();
  Services services = two_services();
  QueryOptions options = services.options();
  options.bindings = {{"g", Term::iri("http://ex.org/pten")}};
  CHECK(rows_of(db.query("BASE <http://ex.org/> PREFIX p: <dr> "
                         "SELECT ?d { SERVICE <http://a/> { ?g p:ug ?d . <x> <p> [ <q> 1 ] } }",
                         options)) == Rows{"http://ex.org/d1", "http://ex.org/d2"});
  const std::string text = services.requests.back().query;
  CHECK_THAT(text, Contains("<http://ex.org/pten> <http://ex.org/drug> ?d"));
  CHECK_THAT(text, !Contains("PREFIX") && !Contains("_:") && !Contains("[") && !Contains("?."));
}

TEST_CASE("Blank nodes of an answer are new ones, and ours are never sent") {
  Database db = genes();
  db.load_text("@prefix : <http://ex.org/> . _:here :p :o . :x :p _:here .", Format::Turtle);
  Services services = two_services();
  // The same node inside one answer, none of ours.
  check_rows(db, services, "SELECT ?b { SERVICE <http://a/> { :x :p ?b . ?b :q 1 } }", {"_"});
  check_rows(db, services, "SELECT ?b { :x :p ?b SERVICE <http://a/> { :x :p ?b } }", {});
  check_rows(db, services,
             "SELECT ?b { :x :p ?b FILTER EXISTS { SERVICE <http://a/> { :x :p ?b } } }", {});
  check_rows(
      db, services,
      "SELECT ?s ?b { :x :p ?b SERVICE <http://a/> { :egfr :drug ?s OPTIONAL { ?s :none ?b } } }",
      {"http://ex.org/d3 _"});
  for (const ServiceRequest& request : services.requests)
    CHECK_THAT(request.query, !Contains("_:"));
}

TEST_CASE("An update's WHERE may ask a service") {
  Database db = genes();
  Services services = two_services();
  const std::string update =
      kPrefixes +
      "INSERT { ?g :treatedBy ?d } WHERE { ?g :label ?l SERVICE <http://a/> { ?g :drug ?d } }";
  CHECK_THROWS_WITH(db.update(update), Contains("--allow-service"));
  CHECK(db.update(update, services.options()).inserted == 3);
}

TEST_CASE("Answers that are none end the query with a sentence") {
  const Database db = genes();
  const auto message = [&](const std::string& type, const std::string& body) -> std::string {
    QueryOptions options{.allow_service = true, .service = [&](const ServiceRequest&) {
                           return ServiceAnswer{type, body};
                         }};
    try {
      rows_of(db.query("SELECT * { SERVICE <http://a/> { ?s ?p ?o } }", options));
    } catch (const Error& error) {
      CHECK(error.code == ErrorCode::Io);
      CHECK(error.position == Position(1, 12));
      return error.what();
    }
    return "";
  };
  const std::string json = "application/sparql-results+json";
  CHECK_THAT(message("text/html", "<html>"), Contains("text/html"));
  CHECK_THAT(message("", "x"), Contains("does not say what it is"));
  CHECK_THAT(message(json, R"({"head":{"vars":["s"]},"results":{"bindings":[{"s":)"),
             Contains("SERVICE <http://a/>: "));
  CHECK_THAT(message(json, R"({"head":{},"boolean":true})"), Contains("true or false"));
  CHECK_THAT(message(json, R"({"head":{"vars":["s"]},"results":{"bindings":[{"s":{"type":"uri",)"
                           R"("value":"http://x"}}]}})"),
             Contains("leaves ?o without a value") || Contains("leaves ?p without a value"));
  CHECK(message("text/tab-separated-values", "?s\t?p\t?o\n<http://x>\t<http://y>\t1\n") == "");
  CHECK(message("application/sparql-results+xml",
                "<sparql xmlns='http://www.w3.org/2005/sparql-results#'><head>"
                "<variable name='s'/></head><results/></sparql>") == "");
}

TEST_CASE("A service that answers more than it was asked changes nothing") {
  const Database db = genes();
  QueryOptions options{.allow_service = true, .service = [](const ServiceRequest&) {
                         return ServiceAnswer{"text/tab-separated-values",
                                              "?d\t?g\t?more\n1\t<http://ex.org/pten>\t2\n"
                                              "3\t<http://ex.org/unasked>\t4\n"};
                       }};
  CHECK(
      rows_of(db.query(kPrefixes + "SELECT * { ?g :label ?l SERVICE <http://a/> { ?g :drug ?d } }",
                       options)) == Rows{"http://ex.org/pten PTEN 1"});
}

TEST_CASE("A stop and the time limit of the query end a silent call, too") {
  const Database db = genes();
  std::stop_source stop;
  QueryOptions options{.stop = stop.get_token(),
                       .allow_service = true,
                       .service = [&](const ServiceRequest& request) -> ServiceAnswer {
                         stop.request_stop();
                         CHECK(request.stop.stop_requested());
                         throw std::runtime_error("interrupted");
                       }};
  try {
    rows_of(db.query("SELECT * { SERVICE SILENT <http://a/> { ?s ?p ?o } }", options));
    FAIL("it went on");
  } catch (const Error& error) {
    CHECK(error.code == ErrorCode::Cancelled);
  }
}
