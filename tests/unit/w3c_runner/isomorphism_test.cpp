// Isomorphism of lists of tuples.
#include "w3c/isomorphism.h"

#include <string>

#include <catch2/catch.hpp>

namespace tripten {
namespace {

Term b(int number) {
  return Term::blank("n" + std::to_string(number));
}
const Term kP = Term::iri("http://ex.org/p");
const Term kQ = Term::iri("http://ex.org/q");

/// A circle of blank nodes, `from` the number of the first.
void add_circle(std::vector<Tuple>& tuples, int from, int size) {
  for (int i = 0; i < size; ++i)
    tuples.push_back({b(from + i), kP, b(from + (i + 1) % size)});
}

TEST_CASE("Blank nodes may be called anything, but one name is one node") {
  CHECK(is_isomorphic({{b(1), kP, b(2)}, {b(2), kP, b(3)}}, {{b(7), kP, b(1)}, {b(2), kP, b(7)}}));
  CHECK_FALSE(
      is_isomorphic({{b(1), kP, b(2)}, {b(2), kP, b(3)}}, {{b(7), kP, b(1)}, {b(2), kP, b(8)}}));
  CHECK_FALSE(is_isomorphic({{b(1), kP, b(1)}}, {{b(1), kP, b(2)}}));
}

TEST_CASE("Terms are compared exactly") {
  CHECK_FALSE(is_isomorphic({{b(1), kP, kP}}, {{b(1), kP, kQ}}));
  CHECK_FALSE(is_isomorphic({{Term::literal("a")}}, {{Term::iri("a")}}));
  CHECK_FALSE(is_isomorphic({{Term()}}, {{Term::literal("")}}));
}

TEST_CASE("Tuples are counted") {
  CHECK(is_isomorphic({{b(1)}, {b(1)}, {b(2)}}, {{b(5)}, {b(4)}, {b(5)}}));
  CHECK_FALSE(is_isomorphic({{b(1)}, {b(1)}, {b(2)}}, {{b(5)}, {b(4)}, {b(4)}, {b(5)}}));
  CHECK_FALSE(is_isomorphic({{b(1)}, {b(1)}, {b(2)}}, {{b(1)}, {b(2)}, {b(3)}}));
  CHECK_FALSE(is_isomorphic({{kP}, {kP}, {kQ}}, {{kP}, {kQ}, {kQ}}));
}

TEST_CASE("A circle of six is not two circles of three, though all nodes look alike") {
  std::vector<Tuple> six, threes, others;
  add_circle(six, 0, 6);
  add_circle(threes, 0, 3);
  add_circle(threes, 3, 3);
  add_circle(others, 40, 3);
  add_circle(others, 30, 3);
  CHECK_FALSE(is_isomorphic(six, threes));
  CHECK(is_isomorphic(threes, others));
}

TEST_CASE("Many nodes that are all alike are matched in bounded time") {
  std::vector<Tuple> left, right;
  for (int i = 0; i < 60; ++i) {
    left.push_back({b(i), kP, kQ});
    right.push_back({b(1000 - i), kP, kQ});
  }
  CHECK(is_isomorphic(left, right));
}

}  // namespace
}  // namespace tripten
