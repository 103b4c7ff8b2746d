#include "query/expr/batch.h"

#include <catch2/catch.hpp>

namespace tripten {
namespace {

TEST_CASE("A schema gives each variable one column") {
  Schema schema({Variable{"a"}, Variable{"b"}});
  CHECK(schema.find(Variable{"b"}) == 1);
  CHECK_FALSE(schema.find(Variable{"c"}));
  CHECK(schema.add(Variable{"a"}) == 0);
  CHECK(schema.add(Variable{"c"}) == 2);
  CHECK(schema.size() == 3);
}

TEST_CASE("A batch keeps selected rows, in columns and without any") {
  Batch batch;
  batch.reset(1);
  batch.columns[0] = {TermId(1), TermId(2), TermId(3), TermId(4)};
  batch.rows = 4;
  batch.keep({1, 3});
  CHECK(batch.rows == 2);
  CHECK(batch.columns[0] == Column{TermId(2), TermId(4)});
  Batch other;
  other.reset(1);
  other.append_row_of(batch, 1);
  CHECK(other.columns[0] == Column{TermId(4)});
  CHECK(other.rows == 1);
  batch.keep({});
  CHECK(batch.rows == 0);
  Batch narrow{.columns = {}, .rows = 5};
  narrow.keep({0, 2});
  CHECK(narrow.rows == 2);
}

TEST_CASE("A batch takes the rows of another behind its own, in columns and without any") {
  Batch batch;
  batch.reset(2);
  batch.append({.columns = {{TermId(1), TermId(2)}, {TermId(3), kUnbound}}, .rows = 2});
  batch.append({.columns = {{TermId(5)}, {TermId(6)}}, .rows = 1});
  batch.append({.columns = {{}, {}}, .rows = 0});
  CHECK(batch.rows == 3);
  CHECK(batch.columns[0] == Column{TermId(1), TermId(2), TermId(5)});
  CHECK(batch.columns[1] == Column{TermId(3), TermId(kUnbound), TermId(6)});
  Batch narrow{.columns = {}, .rows = 5};
  narrow.append({.columns = {}, .rows = 2});
  CHECK(narrow.rows == 7);
}

}  // namespace
}  // namespace tripten
