// Update requests on a transaction, compared with sets of quads written by hand.
#include <array>
#include <random>
#include <set>
#include <sstream>

#include <catch2/catch.hpp>

#include "query/update/execute_update.h"
#include "storage/store.h"

using namespace tripten;
using Catch::Matchers::Contains;

namespace {

Term ex(const std::string& name) {
  return Term::iri("http://ex.org/" + name);
}

/// `?x` is a variable, `_:x` a blank node, digits an integer, `-` the default graph, else ex().
PatternTerm place(const std::string& word) {
  if (word == "-") return Term();
  if (word[0] == '?') return Variable{word.substr(1)};
  if (word[0] == '_') return Term::blank(word.substr(2));
  if (word.find_first_not_of("0123456789") == std::string::npos)
    return Term::integer(std::stoi(word));
  return ex(word);
}

/// "s p o" or "s p o g", several separated by " . ".
std::vector<QuadTemplate> quads(const std::string& text) {
  std::vector<QuadTemplate> list;
  std::istringstream words(text);
  std::vector<PatternTerm> places;
  std::string word;
  const auto finish = [&] {
    if (places.empty()) return;
    places.resize(4, Term());
    list.push_back({places[0], places[1], places[2], places[3]});
    places.clear();
  };
  while (words >> word) {
    if (word == ".")
      finish();
    else
      places.push_back(place(word));
  }
  finish();
  return list;
}

GraphPattern bgp(const std::string& text) {
  Bgp node;
  for (const QuadTemplate& quad : quads(text))
    node.patterns.push_back({quad.subject, quad.predicate, quad.object});
  return {std::move(node)};
}

/// A store in memory with one open transaction.
struct Fixture {
  StorePtr store = Store::in_memory({});
  std::unique_ptr<StoreTransaction> transaction = store->begin();
  Interrupt interrupt{};
  RunOptions options{};
  SourceReader reader{};

  UpdateCounts run(decltype(UpdateOperation::node) operation) {
    Update update;
    update.operations.push_back({std::move(operation), {3, 7}});
    return execute_update(update, *transaction, interrupt, options, reader);
  }
  UpdateCounts insert(const std::string& text) { return run(InsertData{quads(text)}); }

  /// All quads, a line each, sorted by their text; IRIs by their names, blank nodes as `_`.
  std::string content() const {
    std::multiset<std::string> lines;
    QuadScan scan = transaction->scan(QuadOrder::Spog, {});
    QuadColumns rows;
    while (scan.next(rows))
      for (std::size_t row = 0; row < rows.rows; ++row) {
        std::string line;
        for (std::size_t column = 0; column < 4; ++column) {
          const Term term = transaction->term(rows.columns[column][row]);
          std::string name = term.is_blank() ? "_" : term.value();
          if (term.is_iri()) name = name.substr(name.rfind('/') + 1);
          if (column < 3 || term) line += (column ? " " : "") + name;
        }
        lines.insert(line);
      }
    std::string text;
    for (const std::string& line : lines)
      text += (text.empty() ? "" : ", ") + line;
    return text;
  }
};

ErrorCode code_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const Error& error) {
    return error.code;
  }
  FAIL("no error");
  return ErrorCode::Internal;
}

}  // namespace

TEST_CASE("INSERT DATA adds quads and counts the new ones") {
  Fixture data;
  CHECK(data.insert("a p b . a p 1 g . a p b").inserted == 2);
  CHECK(data.insert("a p b . a p c").inserted == 1);
  CHECK(data.content() == "a p 1 g, a p b, a p c");
}

TEST_CASE("A blank node of INSERT DATA is one node for the operation and another for the next") {
  Fixture data;
  CHECK(data.insert("_:n p 1 . _:n p 2 . _:m p 1").inserted == 3);
  CHECK(data.insert("_:n p 1").inserted == 1);
  CHECK(data.content() == "_ p 1, _ p 1, _ p 1, _ p 2");
}

TEST_CASE("DELETE DATA removes quads and counts those that were there") {
  Fixture data;
  data.insert("a p b . a p c g . a p d");
  CHECK(data.run(DeleteData{quads("a p b . a p c . nothing known here . a p d other")}).deleted ==
        1);
  CHECK(data.content() == "a p c g, a p d");
}

TEST_CASE("DELETE/INSERT is settled by WHERE before anything changes") {
  Fixture data;
  data.insert("a next b . b next c . c next a");
  Modify modify;
  modify.deletions = quads("?x next ?y");
  modify.insertions = quads("?y next ?x");
  modify.pattern = bgp("?x next ?y");
  const UpdateCounts counts = data.run(modify);
  CHECK(counts.deleted == 3);
  CHECK(counts.inserted == 3);
  CHECK(data.content() == "a next c, b next a, c next b");
}

TEST_CASE("Deletions come before insertions") {
  Fixture data;
  data.insert("a p 1");
  Modify modify;
  modify.deletions = quads("a p ?x");
  modify.insertions = quads("a p ?x");
  modify.pattern = bgp("a p ?x");
  data.run(modify);
  CHECK(data.content() == "a p 1");
}

TEST_CASE("Templates leave out what is no quad, and make new blank nodes for each solution") {
  Fixture data;
  data.insert("a p 1 . b p 2");
  Modify modify;
  modify.insertions = quads("?o p ?s . ?s q ?unbound . _:new of ?s . ?s ?o 3 . ?s in ?s ?o");
  modify.pattern = bgp("?s p ?o");
  CHECK(data.run(modify).inserted == 2);
  CHECK(data.content() == "_ of a, _ of b, a p 1, b p 2");
}

TEST_CASE("Terms that the query computed become terms of the store") {
  Fixture data;
  data.insert("a p 1");
  Modify modify;
  modify.insertions = quads("a label ?text . a about ?blank . a too ?blank");
  const Expression text{
      FunctionCall{Function::Concat,
                   {Expression{Term::literal("number ")}, Expression{Term::literal("one")}},
                   {}}};
  const Expression blank{FunctionCall{Function::BNode, {}, {}}};
  modify.pattern = {Extend{GraphPattern{Extend{bgp("a p ?o"), Variable{"text"}, text}},
                           Variable{"blank"}, blank}};
  CHECK(data.run(modify).inserted == 3);
  CHECK(data.content() == "a about _, a label number one, a p 1, a too _");
  CHECK(data.transaction->find(view_of(Term::literal("number one"))));
  Modify check;
  check.deletions = quads("a ?p ?n");
  check.pattern = bgp("a about ?n . a too ?n . a ?p ?n");
  CHECK(data.run(check).deleted == 2);
}

TEST_CASE("WITH and USING choose the graphs of WHERE") {
  Fixture data;
  data.insert("a p 1 . a p 2 g . a p 3 h");
  Modify modify;
  modify.insertions = quads("?s q ?o");
  modify.pattern = bgp("?s p ?o");
  SECTION("neither: the default graph") {
    data.run(modify);
    CHECK(data.content() == "a p 1, a p 2 g, a p 3 h, a q 1");
  }
  SECTION("USING two graphs: their merge") {
    modify.dataset.default_graphs = {ex("g"), ex("h")};
    data.run(modify);
    CHECK(data.content() == "a p 1, a p 2 g, a p 3 h, a q 2, a q 3");
  }
  SECTION("USING leaves no named graph") {
    modify.dataset.default_graphs = {ex("g")};
    modify.pattern = {Graph{ex("h"), bgp("?s p ?o")}};
    CHECK(data.run(modify).inserted == 0);
  }
  SECTION("WITH leaves them all") {
    modify.dataset = {{ex("g")}, {}, true};
    modify.pattern = {Join{modify.pattern, GraphPattern{Graph{ex("h"), bgp("?s p ?other")}}}};
    data.run(modify);
    CHECK(data.content() == "a p 1, a p 2 g, a p 3 h, a q 2");
  }
}

TEST_CASE("A variable bound before the update is seen in WHERE and templates") {
  Fixture data;
  data.insert("a p 1 . b p 2");
  data.options.bindings = {{"s", ex("b")}, {"mark", ex("yes")}};
  Modify modify;
  modify.insertions = quads("?s marked ?mark");
  modify.pattern = bgp("?s p ?o");
  data.run(modify);
  CHECK(data.content() == "a p 1, b marked yes, b p 2");
}

TEST_CASE("CLEAR and DROP empty their graphs, known or not") {
  for (const bool drop : {false, true}) {
    Fixture data;
    data.insert("a p 1 . a p 2 g . a p 3 h");
    SECTION(drop ? "DROP one" : "CLEAR one") {
      CHECK(data.run(Clear{GraphTarget::Graph, ex("g"), false, drop}).deleted == 1);
      CHECK(data.content() == "a p 1, a p 3 h");
      CHECK(data.run(Clear{GraphTarget::Graph, ex("nowhere"), false, drop}).deleted == 0);
    }
    SECTION(drop ? "DROP DEFAULT" : "CLEAR DEFAULT") {
      data.run(Clear{GraphTarget::Default, {}, false, drop});
      CHECK(data.content() == "a p 2 g, a p 3 h");
    }
    SECTION(drop ? "DROP NAMED" : "CLEAR NAMED") {
      data.run(Clear{GraphTarget::Named, {}, false, drop});
      CHECK(data.content() == "a p 1");
    }
    SECTION(drop ? "DROP ALL" : "CLEAR ALL") {
      CHECK(data.run(Clear{GraphTarget::All, {}, false, drop}).deleted == 3);
      CHECK(data.content().empty());
    }
  }
}

TEST_CASE("CREATE of a graph that is there is an error with its place, unless SILENT") {
  Fixture data;
  data.insert("a p 2 g");
  CHECK(data.run(Create{ex("new"), false}).inserted == 0);
  CHECK(data.run(Create{ex("g"), true}).inserted == 0);
  try {
    data.run(Create{ex("g"), false});
    FAIL("no error");
  } catch (const Error& error) {
    CHECK(error.code == ErrorCode::Invalid);
    CHECK(error.position == Position{3, 7});
    CHECK_THAT(error.what(), Contains("<http://ex.org/g>"));
  }
}

TEST_CASE("ADD, COPY and MOVE carry a graph's triples to another") {
  Fixture data;
  data.insert("a p 1 . a p 2 g . b p 2 g");
  SECTION("ADD keeps both") {
    CHECK(data.run(Transfer{GraphCopy::Add, ex("g"), Term(), false}).inserted == 2);
    CHECK(data.content() == "a p 1, a p 2, a p 2 g, b p 2, b p 2 g");
  }
  SECTION("COPY replaces the target") {
    data.run(Transfer{GraphCopy::Copy, ex("g"), Term(), false});
    CHECK(data.content() == "a p 2, a p 2 g, b p 2, b p 2 g");
  }
  SECTION("MOVE leaves nothing behind") {
    data.run(Transfer{GraphCopy::Move, Term(), ex("g"), false});
    CHECK(data.content() == "a p 1 g");
  }
  SECTION("a graph onto itself changes nothing") {
    for (const GraphCopy kind : {GraphCopy::Add, GraphCopy::Copy, GraphCopy::Move})
      data.run(Transfer{kind, ex("g"), ex("g"), false});
    CHECK(data.content() == "a p 1, a p 2 g, b p 2 g");
  }
  SECTION("from a graph that does not exist is an error, unless SILENT") {
    CHECK(code_of([&] {
            data.run(Transfer{GraphCopy::Move, ex("x"), ex("g"), false});
          }) == ErrorCode::NotFound);
    data.run(Transfer{GraphCopy::Move, ex("x"), ex("g"), true});
    CHECK(data.content() == "a p 1, a p 2 g, b p 2 g");
  }
}

TEST_CASE("LOAD takes statements into its graph, all or none") {
  Fixture data;
  bool fails = false;
  data.reader = [&](const std::string& source, StatementSink& sink) {
    CHECK(source == "file:x.trig");
    for (int part = 0; part < 2; ++part) {
      sink.begin_source();
      const Term subject = Term::blank("n"), predicate = ex("p"), object = ex("o"), graph = ex("h");
      sink.add({view_of(subject), view_of(predicate), view_of(object), {}});
      sink.add({view_of(subject), view_of(predicate), view_of(object), view_of(graph)});
      if (fails) throw Error(ErrorCode::Syntax, "line 2 is broken");
    }
  };
  CHECK(data.run(Load{"file:x.trig", ex("g"), false}).inserted == 4);
  CHECK(data.content() == "_ p o g, _ p o g, _ p o h, _ p o h");
  fails = true;
  CHECK(data.run(Load{"file:x.trig", std::nullopt, true}).inserted == 0);
  CHECK(data.content() == "_ p o g, _ p o g, _ p o h, _ p o h");
  CHECK(code_of([&] { data.run(Load{"file:x.trig", std::nullopt, false}); }) == ErrorCode::Syntax);
}

TEST_CASE("An update past its memory ends with Limit") {
  Fixture data;
  std::string many = "s0 p 0";
  for (int i = 1; i < 400; ++i)
    many += " . s" + std::to_string(i) + " p " + std::to_string(i);
  data.insert(many);
  data.options.memory_bytes = 200'000;
  Modify modify;
  modify.insertions = quads("?a q ?b");
  modify.pattern = bgp("?a p ?x . ?b p ?y");
  CHECK(code_of([&] { data.run(modify); }) == ErrorCode::Limit);
}

TEST_CASE("A stopped update ends with Cancelled") {
  Fixture data;
  std::stop_source stop;
  stop.request_stop();
  data.interrupt = Interrupt(stop.get_token(), std::chrono::milliseconds(0));
  CHECK(code_of([&] { data.insert("a p b"); }) == ErrorCode::Cancelled);
}

TEST_CASE("Each operation of a request sees what those before it did") {
  Fixture data;
  Modify modify;
  modify.insertions = quads("?x seen yes");
  modify.pattern = bgp("?x p ?y");
  Update update;
  update.operations.push_back({InsertData{quads("a p b . c p d")}, {1, 1}});
  update.operations.push_back({DeleteData{quads("c p d")}, {2, 1}});
  update.operations.push_back({modify, {3, 1}});
  const UpdateCounts counts =
      execute_update(update, *data.transaction, data.interrupt, data.options, data.reader);
  CHECK(counts.inserted == 3);
  CHECK(counts.deleted == 1);
  CHECK(data.content() == "a p b, a seen yes");
}

TEST_CASE("Random requests do what sets of quads do") {
  const unsigned seed = 20240521;
  CAPTURE(seed);
  std::mt19937 random(seed);
  const auto below = [&](int limit) {
    return static_cast<int>(random() % static_cast<unsigned>(limit));
  };
  using Words = std::array<std::string, 4>;
  for (int round = 0; round < 30; ++round) {
    Fixture data;
    data.options.batch_rows = round % 2 ? 2 : 1024;
    std::set<Words> model;
    const auto random_quad = [&] {
      const char* graphs[] = {"-", "g", "h"};
      return Words{std::string(1, static_cast<char>('a' + below(4))), below(2) ? "p" : "q",
                   std::string(1, static_cast<char>('a' + below(4))), graphs[below(3)]};
    };
    const auto text_of = [](const Words& words) {
      return words[0] + " " + words[1] + " " + words[2] + " " + words[3];
    };
    for (int step = 0; step < 20; ++step) {
      const Words quad = random_quad();
      switch (below(4)) {
        case 0:
        case 1:
          CHECK(data.insert(text_of(quad)).inserted == model.insert(quad).second);
          break;
        case 2:
          CHECK(data.run(DeleteData{quads(text_of(quad))}).deleted == model.erase(quad));
          break;
        default: {
          // DELETE { ?x P ?y } INSERT { GRAPH G { ?y P ?x } } WHERE { ?x P ?y }
          Modify modify;
          modify.deletions = quads("?x " + quad[1] + " ?y");
          modify.insertions = quads("?y " + quad[1] + " ?x " + quad[3]);
          modify.pattern = bgp("?x " + quad[1] + " ?y");
          std::set<Words> found;
          for (const Words& one : model)
            if (one[1] == quad[1] && one[3] == "-") found.insert(one);
          for (const Words& one : found)
            model.erase(one);
          for (const Words& one : found)
            model.insert({one[2], one[1], one[0], quad[3]});
          CHECK(data.run(modify).deleted == found.size());
        }
      }
      std::multiset<std::string> lines;
      for (const Words& one : model)
        lines.insert(one[0] + " " + one[1] + " " + one[2] + (one[3] == "-" ? "" : " " + one[3]));
      std::string expected;
      for (const std::string& line : lines)
        expected += (expected.empty() ? "" : ", ") + line;
      REQUIRE(data.content() == expected);
    }
  }
}
