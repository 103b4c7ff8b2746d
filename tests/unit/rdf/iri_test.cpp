#include "rdf/iri.h"

#include <string>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>

#include "rdf/reader.h"

using namespace tripten;

namespace {

using Cases = std::vector<std::pair<std::string, std::string>>;

void check_resolution(const std::string& base, const Cases& cases) {
  for (const auto& [reference, target] : cases) {
    CAPTURE(base, reference);
    CHECK(resolve_iri(reference, base) == target);
  }
}

}  // namespace

TEST_CASE("References resolve as the normal examples of RFC 3986 §5.4.1 say") {
  check_resolution("http://a/b/c/d;p?q", {{"g:h", "g:h"},
                                          {"g", "http://a/b/c/g"},
                                          {"./g", "http://a/b/c/g"},
                                          {"g/", "http://a/b/c/g/"},
                                          {"/g", "http://a/g"},
                                          {"//g", "http://g"},
                                          {"?y", "http://a/b/c/d;p?y"},
                                          {"g?y", "http://a/b/c/g?y"},
                                          {"#s", "http://a/b/c/d;p?q#s"},
                                          {"g#s", "http://a/b/c/g#s"},
                                          {"g?y#s", "http://a/b/c/g?y#s"},
                                          {";x", "http://a/b/c/;x"},
                                          {"g;x", "http://a/b/c/g;x"},
                                          {"g;x?y#s", "http://a/b/c/g;x?y#s"},
                                          {"", "http://a/b/c/d;p?q"},
                                          {".", "http://a/b/c/"},
                                          {"./", "http://a/b/c/"},
                                          {"..", "http://a/b/"},
                                          {"../", "http://a/b/"},
                                          {"../g", "http://a/b/g"},
                                          {"../..", "http://a/"},
                                          {"../../", "http://a/"},
                                          {"../../g", "http://a/g"}});
}

TEST_CASE("References resolve as the abnormal examples of RFC 3986 §5.4.2 say") {
  check_resolution("http://a/b/c/d;p?q", {{"../../../g", "http://a/g"},
                                          {"../../../../g", "http://a/g"},
                                          {"/./g", "http://a/g"},
                                          {"/../g", "http://a/g"},
                                          {"g.", "http://a/b/c/g."},
                                          {".g", "http://a/b/c/.g"},
                                          {"g..", "http://a/b/c/g.."},
                                          {"..g", "http://a/b/c/..g"},
                                          {"./../g", "http://a/b/g"},
                                          {"./g/.", "http://a/b/c/g/"},
                                          {"g/./h", "http://a/b/c/g/h"},
                                          {"g/../h", "http://a/b/c/h"},
                                          {"g;x=1/./y", "http://a/b/c/g;x=1/y"},
                                          {"g;x=1/../y", "http://a/b/c/y"},
                                          {"g?y/./x", "http://a/b/c/g?y/./x"},
                                          {"g?y/../x", "http://a/b/c/g?y/../x"},
                                          {"g#s/./x", "http://a/b/c/g#s/./x"},
                                          {"g#s/../x", "http://a/b/c/g#s/../x"},
                                          {"http:g", "http:g"}});
}

TEST_CASE("References resolve against bases without path, authority or hierarchy") {
  check_resolution("http://a", {{"g", "http://a/g"}, {"?q", "http://a?q"}, {"", "http://a"}});
  check_resolution("file:///home/me/a.ttl",
                   {{"b.ttl", "file:///home/me/b.ttl"}, {"#x", "file:///home/me/a.ttl#x"}});
  check_resolution("urn:ex:a", {{"#f", "urn:ex:a#f"}, {"b", "urn:b"}});
  check_resolution("http://a/b#old", {{"", "http://a/b"}, {"#new", "http://a/b#new"}});
}

TEST_CASE("An absolute IRI begins with a scheme") {
  CHECK(is_absolute_iri("http://a"));
  CHECK(is_absolute_iri("urn:x"));
  CHECK(is_absolute_iri("a+b-c.1:"));
  CHECK_FALSE(is_absolute_iri("1a:b"));
  CHECK_FALSE(is_absolute_iri(":b"));
  CHECK_FALSE(is_absolute_iri("a/b:c"));
  CHECK_FALSE(is_absolute_iri("#a:b"));
  CHECK_FALSE(is_absolute_iri("http"));
  CHECK_FALSE(is_absolute_iri(""));
}

TEST_CASE("Blanks, controls and a few marks can't stand in an IRI") {
  CHECK(has_iri_characters("http://ex.org/ä?q=1&r=%20#f'()*~[]"));
  for (const char c : std::string("\0\x01\n\x1F <>\"{}|^`\\", 15)) {
    CAPTURE(static_cast<int>(c));
    CHECK_FALSE(has_iri_characters(std::string("http://ex.org/") + c));
  }
}

TEST_CASE("A file's IRI is absolute and holds no character that an IRI can't hold") {
  CHECK(file_iri("/data/my file#1.ttl") == "file:///data/my%20file%231.ttl");
  CHECK(file_iri("/data/./x/../é.ttl") == "file:///data/é.ttl");
  CHECK(file_iri("/data/100%.ttl") == "file:///data/100%25.ttl");
  CHECK(file_iri("/data/broken\xFF.ttl") == "file:///data/broken%FF.ttl");
  CHECK(file_iri("relative.ttl").starts_with("file:///"));
  CHECK(file_iri("relative.ttl").ends_with("/relative.ttl"));
}
