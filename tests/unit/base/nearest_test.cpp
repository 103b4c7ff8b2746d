#include "base/nearest.h"

#include <array>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

using namespace tripten;

namespace {

constexpr std::array<std::string_view, 6> kPrefixes{"foaf", "rdf", "rdfs", "dc", "dcterms", "wp"};

}  // namespace

TEST_CASE("Edits are insertions, deletions, replacements and swaps of neighbours") {
  CHECK(edit_distance("foaf", "foaf", 3) == 0);
  CHECK(edit_distance("foaf", "faof", 3) == 1);
  CHECK(edit_distance("foaf", "foa", 3) == 1);
  CHECK(edit_distance("foaf", "food", 3) == 2);
  CHECK(edit_distance("SELECT", "select", 3) == 0);
  CHECK(edit_distance("", "abc", 5) == 3);
  CHECK(edit_distance("kitten", "sitting", 5) == 3);
}

TEST_CASE("A distance above the limit is reported as just above it") {
  CHECK(edit_distance("abcdef", "uvwxyz", 2) == 3);
  CHECK(edit_distance("a", "abcdefgh", 2) == 3);
}

TEST_CASE("The nearest name is found and distant ones are not") {
  CHECK(nearest_name("foaff", kPrefixes) == "foaf");
  CHECK(nearest_name("dctems", kPrefixes) == "dcterms");
  CHECK(nearest_name("rdsf", kPrefixes) == "rdfs");
  CHECK(nearest_name("RDF", kPrefixes) == "rdf");
  CHECK(nearest_name("schema", kPrefixes) == std::nullopt);
  CHECK(nearest_name("x", kPrefixes) == std::nullopt);
  CHECK(nearest_name("", kPrefixes) == std::nullopt);
}

TEST_CASE("Of equally near names one as long as the word wins, then the first") {
  const std::vector<std::string> names{"cabel", "babels", "Babel"};
  CHECK(nearest_name("babe", names) == "Babel");
  CHECK(nearest_name("zabel", names) == "cabel");
  CHECK(nearest_name("baebl", names) == "Babel");
}

TEST_CASE("A word of megabytes is not compared with anything") {
  CHECK(nearest_name(std::string(1 << 20, 'a'), kPrefixes) == std::nullopt);
}

TEST_CASE("A question is asked only where there is a name to ask for") {
  CHECK(did_you_mean("foaff", kPrefixes) == " (did you mean foaf?)");
  CHECK(did_you_mean("unheard", kPrefixes).empty());
}
