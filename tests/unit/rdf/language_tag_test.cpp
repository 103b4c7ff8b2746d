// Spellings of language tags (RFC 5646 §2.1.1).
#include "rdf/language_tag.h"

#include <catch2/catch.hpp>

#include "rdf/term_codec.h"

namespace tripten {
namespace {

std::string spelt(std::string_view tag) {
  std::string out;
  append_language_tag(tag, out);
  return out;
}

TEST_CASE("Language tags are spelt as RFC 5646 recommends") {
  CHECK(spelt("EN") == "en");
  CHECK(spelt("en-gb") == "en-GB");
  CHECK(spelt("MN-cYRL-mn") == "mn-Cyrl-MN");
  CHECK(spelt("sgn-be-FR") == "sgn-BE-FR");
  CHECK(spelt("EN-ca-X-CA") == "en-CA-x-ca");
  CHECK(spelt("az-latn-X-LATN") == "az-Latn-x-latn");
  CHECK(spelt("X-GB") == "x-gb");
  CHECK(spelt("De-1996") == "de-1996");
  CHECK(spelt("") == "");
  CHECK(spelt("en-") == "en-");
}

TEST_CASE("Language tags that differ in case alone are equal") {
  CHECK(equal_tags("en-GB", "EN-gb"));
  CHECK_FALSE(equal_tags("en", "en-GB"));
}

TEST_CASE("Terms whose tags differ in case alone are one term, and have one entry") {
  CHECK(Term::tagged("x", "EN-gb") == Term::tagged("x", "en-GB"));
  CHECK(Term::tagged("x", "EN-gb").to_string() == "\"x\"@en-GB");
  std::string upper, lower;
  append_encoded({.kind = TermKind::Literal, .value = "x", .language = "EN"}, upper);
  append_encoded({.kind = TermKind::Literal, .value = "x", .language = "en"}, lower);
  CHECK(upper == lower);
}

}  // namespace
}  // namespace tripten
