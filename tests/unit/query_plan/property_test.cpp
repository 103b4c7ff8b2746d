// Random patterns over random quads: the planner, with and without optimising, against the naive
// evaluator.
#include <cstdlib>

#include <catch2/catch.hpp>

#include "query/algebra/print.h"
#include "query/optimize/chains.h"
#include "query/optimize/optimize.h"
#include "unit/query_plan/random_patterns.h"

using namespace tripten;
using namespace tripten::test;

namespace {

/// TRIPTEN_TEST_SEED and TRIPTEN_TEST_ROUNDS change what is tried.
unsigned number_from(const char* name, unsigned otherwise) {
  const char* text = std::getenv(name);
  return text ? static_cast<unsigned>(std::strtoul(text, nullptr, 10)) : otherwise;
}

std::string quads_text(const TermQuads& quads) {
  std::string text;
  for (const TermQuad& quad : quads) {
    for (const Term& term : quad)
      text += term.to_string() + " ";
    text += "\n";
  }
  return text;
}

/// One dataset and one pattern; false where the naive evaluator gives up.
bool try_once(unsigned seed, int depth) {
  std::mt19937 random(seed);
  TermStore store;
  add_random_quads(store, random, 4 + static_cast<int>(random() % 20));
  RandomPatterns patterns(random);
  const GraphPattern pattern = patterns.pattern(depth);
  const Query query = select(pattern, patterns.dataset());
  std::string expected;
  try {
    expected = to_string(naive_answer(pattern, store.quads(), query.dataset));
  } catch (const naive::TooMuchWork&) {
    return false;
  }
  INFO("seed " << seed << "\n"
               << quads_text(store.quads()) << to_string(pattern) << "from "
               << query.dataset.default_graphs.size() << " named "
               << query.dataset.named_graphs.size());
  for (const bool optimise : {false, true})
    for (const std::size_t batch_rows : {std::size_t{2}, std::size_t{1024}}) {
      RunOptions options;
      options.optimise = optimise;
      options.batch_rows = batch_rows;
      if (optimise && batch_rows == 2) options.plan_seed = seed + 1;  // any plan will do
      if (optimise && batch_rows == 2) {
        options.threads = 3;
        options.parallel_cost = 0;
      }
      INFO("optimise " << optimise << ", batches of " << batch_rows);
      if (optimise) INFO(to_string(optimize(balance_chains(pattern))));
      const Interrupt interrupt;
      INFO(QueryRun(query, store.view(), interrupt, options).explain());
      REQUIRE(to_string(answer(query, store.view(), options)) == expected);
    }
  return true;
}

void try_many(int depth, unsigned rounds) {
  const unsigned first = number_from("TRIPTEN_TEST_SEED", 1);
  rounds = number_from("TRIPTEN_TEST_ROUNDS", rounds);
  CAPTURE(first, rounds);
  unsigned compared = 0;
  for (unsigned round = 0; round < rounds; ++round)
    compared += try_once(first + round, depth);
  CHECK(compared > rounds / 2);
}

}  // namespace

TEST_CASE("Flat patterns have the solutions that the recommendation defines") {
  try_many(1, 300);
}
TEST_CASE("Patterns nested twice have the solutions that the recommendation defines") {
  try_many(2, 400);
}
TEST_CASE("Patterns nested three deep have the solutions that the recommendation defines") {
  try_many(3, 300);
}
