// Finding things by their names and literals by their words.
#include <catch2/catch.hpp>

#include "tripten/tripten.h"

using namespace tripten;

namespace {

constexpr const char* kGenes = R"(
  @prefix : <http://ex.org/> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
  :g1 rdfs:label "PTEN" ; :note "a tumour suppressor" .
  :g2 rdfs:label "PTENP1" ; :note "pseudogene of PTEN"@en .
  :g3 rdfs:label "pten"@en , "Phosphatase"@en .
  :g4 rdfs:label "like PTEN" ; :mass 12 .
)";

std::string found(const SearchResult& result) {
  std::string all;
  for (const Found& one : result.found)
    all += (all.empty() ? "" : ", ") + one.subject.value().substr(14) + " " +
           one.literal.to_string() + (one.is_label ? "" : " -");
  return all + (result.complete ? "" : " ...");
}

}  // namespace

TEST_CASE("Labels come before other literals, whole ones first") {
  const bool inserted = GENERATE(false, true);
  Database db = Database::in_memory();
  if (inserted) db.update("INSERT DATA { <urn:a> <urn:b> <urn:c> }");
  db.load_text(kGenes, Format::Turtle);
  const Snapshot data = db.snapshot();
  CHECK(found(data.search("pten")) ==
        "g1 \"PTEN\", g3 \"pten\"@en, g2 \"PTENP1\", g4 \"like PTEN\", "
        "g2 \"pseudogene of PTEN\"@en -");
  CHECK(found(data.search("tumour")) == "g1 \"a tumour suppressor\" -");
  CHECK(found(data.search("nothing")) == "");
  CHECK(found(data.search("")) == "");
  CHECK(found(data.search("pten", {.most = 2})) == "g1 \"PTEN\", g3 \"pten\"@en ...");
  CHECK(found(data.named("PTEN")) == "g1 \"PTEN\"");
  CHECK(found(data.named("pten")) == "g3 \"pten\"@en");
  CHECK(found(data.named("PTE")) == "");
}

TEST_CASE("A search can be stopped and survives any words") {
  Database db = Database::in_memory();
  db.load_text(kGenes, Format::Turtle);
  CHECK(found(db.snapshot().search(std::string(1 << 20, 'x'))) == "");
  CHECK(found(db.snapshot().search(std::string("\xff\0", 2))) == "");
  CHECK(found(db.snapshot().named(std::string("PTEN\0en", 7))) == "");
  std::stop_source stop;
  stop.request_stop();
  CHECK_THROWS_AS(db.snapshot().search("pten", {.stop = stop.get_token()}), Error);
}
