// The embedding API as a program of somebody else's uses it, with what it must print.
#include <chrono>
#include <fstream>
#include <iostream>
#include <stop_token>

#include "tripten/tripten.h"

using namespace tripten;

int main() {
  std::ofstream("people.ttl") << "<http://ex.org/ann> <http://ex.org/age> 42 ;\n"
                                 "  <http://ex.org/name> \"Ann\" .\n";
  Database db("people.db", {.memory_limit = std::size_t{4} << 30});
  db.load("people.ttl");
  db.query("ASK { ?s ?p ?o }").write(std::cout, Format::Table);
  for (const auto& row : db.query("SELECT ?who ?age { ?who <http://ex.org/age> ?age }"))
    std::cout << row["who"] << ' ' << row["age"].value() << '\n';

  std::stop_source ctrl_c;
  auto people = db.query("SELECT ?o { ?s ?p ?o } ORDER BY ISNUMERIC(?o) LIMIT 1",
                         {.bindings = {{"s", Term::iri("http://ex.org/ann")}},
                          .timeout = std::chrono::seconds(5),
                          .stop = ctrl_c.get_token()});
  for (const Row& row : people)
    if (row["o"]) std::cout << row["o"] << '\n';

  const auto ages = [&] {
    int count = 0;
    for ([[maybe_unused]] const Row& row : db.query("SELECT * { ?s <http://ex.org/age> ?o }"))
      ++count;
    return count;
  };
  {
    auto dropped = db.begin();
    dropped.update("DELETE WHERE { ?s <http://ex.org/age> ?o }");
  }  // without commit() nothing happened
  std::cout << "stayed " << ages() << '\n';
  auto change = db.begin();
  change.update("DELETE WHERE { ?s <http://ex.org/age> ?o }");
  change.commit();
  std::cout << "committed " << ages() << '\n';
}
