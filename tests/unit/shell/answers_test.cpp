// Answers: modes, files, the last answer again. The tests' standard output is not looked at: what
// is shown goes to files.
#include "shell/answers.h"

#include <chrono>
#include <filesystem>
#include <sstream>
#include <thread>

#include <catch2/catch.hpp>

#include "shell/command.h"

namespace tripten::shell {
namespace {

/// A database, a folder that goes with the test, and answers that are remembered.
struct Desk {
  Database db = Database::in_memory();
  std::filesystem::path folder =
      std::filesystem::temp_directory_path() /
      ("tripten-answers-" +
       std::to_string(std::chrono::steady_clock::now().time_since_epoch().count()));
  Answers answers{{.remembers = true}};
  AnswerRequest request{.ask = [this](std::string_view text) { return db.query(text); }};

  Desk() {
    std::filesystem::create_directories(folder);
    db.load_text(
        "@prefix ex: <http://ex.org/> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> ."
        "ex:a ex:p 1 ; rdfs:label \"alpha\", \"Alpha\"@en, \"Älpha\"@de . ex:b ex:p 2 ."
        "ex:c rdfs:label \"bb\", \"aa\" . ex:d rdfs:label \"fr\"@fr, ex:d ; "
        "<http://purl.org/dc/terms/title> \"d\" . ex:e <http://purl.org/dc/terms/title> \"ee\" .",
        Format::Turtle);
  }
  ~Desk() { std::filesystem::remove_all(folder); }

  void show(std::string_view query) {
    Result result = db.query(query);
    answers.show(result, request);
  }
  std::string file(const std::string& name) const { return (folder / name).string(); }
  std::string text(const std::string& name) const {
    std::ifstream in(folder / name, std::ios::binary);
    std::ostringstream all;
    all << in.rdbuf();
    return all.str();
  }
};

constexpr const char* kSelect =
    "PREFIX ex: <http://ex.org/> SELECT ?s ?n { ?s ex:p ?n } ORDER BY ?n";
constexpr const char* kConstruct =
    "PREFIX ex: <http://ex.org/> CONSTRUCT { ?s ex:is ?n } { ?s ex:p ?n }";

TEST_CASE("An answer goes once to a file, whose name says as what") {
  Desk desk;
  desk.answers.write_next_to(desk.file("a.csv"));
  desk.show(kSelect);
  CHECK(desk.text("a.csv") == "s,n\r\nhttp://ex.org/a,1\r\nhttp://ex.org/b,2\r\n");
  desk.answers.write_to(desk.file("all.txt"));
  desk.show(kSelect);
  desk.answers.set_mode("box");
  desk.show(kSelect);
  CHECK(desk.text("all.txt") ==
        "?s\t?n\n<http://ex.org/a>\t1\n<http://ex.org/b>\t2\n"
        "┌──────┬───┐\n│ s    │ n │\n├──────┼───┤\n│ ex:a │ 1 │\n│ ex:b │ 2 │\n└──────┴───┘\n"
        "2 rows\n");
  desk.answers.write_next_to(desk.file("g.ttl"));
  desk.show(kConstruct);
  CHECK(desk.text("g.ttl") == "@prefix ex: <http://ex.org/> .\n\nex:a ex:is 1 .\nex:b ex:is 2 .\n");
  CHECK_THROWS_AS(desk.answers.write_to(desk.file("missing/folder.txt")), Error);
}

TEST_CASE("The last answer is shown again in other modes, without its query") {
  Desk desk;
  CHECK_THROWS_WITH(desk.answers.show_last("csv"), "there is no last answer yet");
  desk.answers.write_to(desk.file("out"));
  desk.show(kSelect);
  desk.db.update("DELETE WHERE { ?s ?p ?o }");
  desk.answers.write_to(desk.file("again"));
  desk.answers.show_last("line", desk.request);
  desk.answers.show_last("", desk.request);
  CHECK(desk.text("again") ==
        "s = ex:a\nn = 1\n\ns = ex:b\nn = 2\n"
        "?s\t?n\n<http://ex.org/a>\t1\n<http://ex.org/b>\t2\n");
  CHECK_THROWS_WITH(desk.answers.show_last("ttl"),
                    "the last answer is a table of solutions, which ttl can't hold");
  CHECK_THROWS_AS(desk.answers.show_last("yaml"), UsageError);
}

TEST_CASE("The last graph is shown again as a graph or as a table of triples") {
  Desk desk;
  desk.answers.write_to(desk.file("out"));
  desk.show(kConstruct);
  desk.answers.write_to(desk.file("again"));
  desk.answers.show_last("ttl");
  desk.answers.show_last("csv");
  CHECK(desk.text("again") ==
        "@prefix ex: <http://ex.org/> .\n\nex:a ex:is 1 .\nex:b ex:is 2 .\n"
        "subject,predicate,object\r\nhttp://ex.org/a,http://ex.org/is,1\r\n"
        "http://ex.org/b,http://ex.org/is,2\r\n");
}

TEST_CASE("Modes are set by name for solutions and graphs apart, with a number of rows") {
  Answers answers;
  answers.set_mode("box 7");
  answers.set_mode("nt");
  CHECK(answers.settings.solutions == Format::Box);
  CHECK(answers.settings.graphs == Format::NTriples);
  CHECK(answers.settings.rows == 7);
  CHECK(answers.mode() == "solutions: box, at most 7 rows; graphs: nt");
  answers.set_mode("auto all");
  CHECK(answers.settings.solutions == Format::Guess);
  CHECK(answers.settings.rows == 0);
  CHECK_THROWS_AS(answers.set_mode("bx"), UsageError);
  CHECK_THROWS_AS(answers.set_mode("box few"), UsageError);
  CHECK_THROWS_AS(answers.set_mode("box 0"), UsageError);
}

TEST_CASE("Labels are in the preferred language, without one, or in any") {
  Desk desk;
  const std::vector<Term> terms{Term::iri("http://ex.org/a"),    Term::iri("http://ex.org/b"),
                                Term::iri("http://ex.org/c"),    Term::iri("http://ex.org/d"),
                                Term::iri("http://ex.org/e"),    Term::literal("x"),
                                Term::iri("http://ex.org/> } #")};
  const auto labels = [&](const std::vector<std::string>& languages) {
    return labels_of(terms, desk.request.ask, languages);
  };
  CHECK(labels({"de", "en"}) == std::vector<std::string>{"Älpha", "", "aa", "fr", "ee", "", ""});
  CHECK(labels({"en"})[0] == "Alpha");
  CHECK(labels({"it"})[0] == "alpha");
}

TEST_CASE("Of a label that is a book only the begin is kept, in whole characters") {
  Desk desk;
  std::string book = "x";
  for (int i = 0; i < 100'000; ++i)
    book += "é";
  desk.db.load_text(
      "<http://ex.org/f> <http://www.w3.org/2000/01/rdf-schema#label> \"" + book + "\" .",
      Format::Turtle);
  const auto labels = labels_of({Term::iri("http://ex.org/f")}, desk.request.ask, {});
  CHECK(labels[0] == book.substr(0, 999));
}

TEST_CASE("Labels stand in tables where they are wished for") {
  Desk desk;
  desk.answers.settings.labels = true;
  desk.answers.set_mode("line");
  desk.answers.write_to(desk.file("out"));
  desk.show("PREFIX ex: <http://ex.org/> SELECT ?s { ?s ex:p 2 }");
  desk.show("PREFIX ex: <http://ex.org/> SELECT ?s { VALUES ?s { ex:c } }");
  CHECK(desk.text("out") == "s = ex:b\ns = ex:c aa\n");
}

TEST_CASE("The last answer is drawn into a file") {
  Desk desk;
  desk.answers.write_to(desk.file("out"));
  desk.show("PREFIX ex: <http://ex.org/> CONSTRUCT { ex:a ex:q ex:b } {}");
  desk.answers.draw_last(PictureFormat::Dot, desk.file("a.dot"), desk.request);
  CHECK(desk.text("a.dot").starts_with("digraph answer {"));
  CHECK(desk.text("a.dot").find("n0 -> n1 [label=\"ex:q\"]") != std::string::npos);
  desk.show("SELECT ?x { VALUES ?x { 1 } }");
  CHECK_THROWS_AS(desk.answers.draw_last(PictureFormat::Dot, desk.file("b.dot")), Error);
  CHECK_FALSE(std::filesystem::exists(desk.file("b.dot")));
}

}  // namespace
}  // namespace tripten::shell
