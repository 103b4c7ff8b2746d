// What SERVICE sends, over random patterns: the text, parsed as standard SPARQL and run, has the
// solutions of the pattern; and a service over the same quads joins as the pattern itself does.
#include <cstdlib>
#include <sstream>

#include <catch2/catch.hpp>

#include "query/algebra/print.h"
#include "query/algebra/scope.h"
#include "query/algebra/sparql_text.h"
#include "query/parse/parse.h"
#include "unit/query_plan/random_patterns.h"

using namespace tripten;
using namespace tripten::test;

namespace {

unsigned number_from(const char* name, unsigned otherwise) {
  const char* text = std::getenv(name);
  return text ? static_cast<unsigned>(std::strtoul(text, nullptr, 10)) : otherwise;
}

/// Random quads without blank nodes, which would be others on the other side.
void fill(TermStore& store, std::mt19937& random) {
  TermStore all;
  add_random_quads(all, random, 4 + static_cast<int>(random() % 20));
  for (const TermQuad& quad : all.quads())
    if (!quad[0].is_blank() && !quad[2].is_blank()) store.add(quad);
}

std::vector<Variable> shown(const GraphPattern& pattern) {
  std::vector<Variable> variables;
  for (const Variable& variable : visible_variables(pattern))
    if (!variable.name.starts_with('.')) variables.push_back(variable);
  return variables;
}

/// A text that was sent: standard SPARQL 1.1 but for LATERAL, which is sent as it was written.
Query parsed(const std::string& text) {
  return parse_query(text, {.strict = text.find("LATERAL") == std::string::npos});
}

TermSolutions answer_of(const std::string& text, const StoreView& view) {
  return answer(parsed(text), view);
}

/// A service over the quads of a store.
ServiceOptions service_over(const TermStore& store) {
  return {.allowed = true, .transport = [&store](const ServiceRequest& request) {
            const Query query = parsed(request.query);
            std::string body, head;
            const auto& variables = std::get<SelectForm>(query.form).variables;
            for (const Variable& variable : variables)
              head += (head.empty() ? "?" : "\t?") + variable.name;
            for (const TermSolution& solution : answer(query, store.view())) {
              for (const Variable& variable : variables) {
                const auto found = solution.find(variable);
                body += (found == solution.end() ? "" : found->second.to_string()) +
                        (variable == variables.back() ? "\n" : "\t");
              }
            }
            return ServiceAnswer{"text/tab-separated-values", head + "\n" + body};
          }};
}

void try_many(int depth, unsigned rounds,
              const std::function<bool(std::mt19937&, const TermStore&)>& try_once) {
  const unsigned first = number_from("TRIPTEN_TEST_SEED", 1);
  rounds = number_from("TRIPTEN_TEST_ROUNDS", rounds);
  CAPTURE(first, rounds, depth);
  unsigned compared = 0;
  for (unsigned round = 0; round < rounds; ++round) {
    std::mt19937 random(first + round);
    INFO("seed " << first + round);
    TermStore store;
    fill(store, random);
    try {
      compared += try_once(random, store);
    } catch (const naive::TooMuchWork&) {
    }
  }
  CHECK(compared > rounds / 2);
}

}  // namespace

TEST_CASE("The text of a pattern has the pattern's solutions") {
  for (const int depth : {1, 2, 3})
    try_many(depth, 200, [&](std::mt19937& random, const TermStore& store) {
      const GraphPattern pattern = RandomPatterns(random).pattern(depth);
      const std::vector<Variable> variables = shown(pattern);
      const std::string text = select_text(pattern, variables, {});
      INFO(to_string(pattern) << text);
      const TermSolutions expected = naive_answer(pattern, store.quads());
      if (variables.empty())
        REQUIRE(answer_of(text, store.view()).size() == expected.size());
      else
        REQUIRE(to_string(answer_of(text, store.view())) == to_string(expected));
      return true;
    });
}

TEST_CASE("The text of a pattern with values has the solutions of their join") {
  for (const int depth : {1, 2})
    try_many(depth, 200, [&](std::mt19937& random, const TermStore& store) {
      const GraphPattern pattern = RandomPatterns(random).pattern(depth);
      const TermSolutions solutions = naive_answer(pattern, store.quads());
      const std::vector<Variable> variables = shown(pattern);
      if (variables.empty()) return true;
      Values values{{variables.front()}, {}};
      std::set<Term> some{ex("a"), Term::integer(1)};
      for (const TermSolution& solution : solutions)
        if (const auto found = solution.find(variables.front());
            found != solution.end() && random() % 2)
          some.insert(found->second);
      for (const Term& term : some)
        values.rows.push_back({term});
      const std::string text = select_text(pattern, variables, values);
      const GraphPattern join{Join{GraphPattern{values}, pattern}};
      INFO(to_string(join) << text);
      REQUIRE(to_string(answer_of(text, store.view())) ==
              to_string(naive_answer(join, store.quads())));
      return true;
    });
}

TEST_CASE("A service over the same quads joins as the pattern itself does") {
  for (const bool optional : {false, true})
    try_many(2, 200, [&](std::mt19937& random, const TermStore& store) {
      RandomPatterns patterns(random);
      const GraphPattern left = patterns.pattern(1), right = patterns.pattern(2);
      const GraphPattern service{Service{ex("service"), right}};
      const auto both = [&](const GraphPattern& other) {
        return optional ? GraphPattern{LeftJoin{left, other}} : GraphPattern{Join{left, other}};
      };
      const std::string expected = to_string(naive_answer(both(right), store.quads()));
      INFO(to_string(both(service)));
      for (const bool optimise : {false, true}) {
        const RunOptions options{
            .batch_rows = 2, .optimise = optimise, .services = service_over(store)};
        INFO(plan_of(both(service), store.view(), options));
        REQUIRE(to_string(answer(both(service), store.view(), options)) == expected);
      }
      return true;
    });
}
