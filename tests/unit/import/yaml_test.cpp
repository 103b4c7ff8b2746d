// YAML as a plain value, and what hostile YAML is held to.
#include "import/yaml.h"

#include <catch2/catch.hpp>

#include "tripten/error.h"

#include "import/front_matter.h"

using namespace tripten;

namespace {

std::string repeated(std::string_view text, std::size_t times) {
  std::string all;
  for (std::size_t i = 0; i < times; ++i)
    all += text;
  return all;
}

Error error_of(std::string_view text, const YamlLimits& limits = {}, int first_line = 1) {
  try {
    parse_yaml(text, limits, first_line);
  } catch (const Error& error) {
    return error;
  }
  return Error(ErrorCode::Internal, "no error");
}

}  // namespace

TEST_CASE("YAML scalars stay texts, with their quoting and line") {
  Yaml yaml = parse_yaml("a: NO\nb: 'On'\nc: 2021\nd: >-\n  folded\n  text\n");
  REQUIRE(yaml.kind == Yaml::Kind::Map);
  CHECK(yaml.find("a")->text == "NO");
  CHECK(yaml.find("a")->plain);
  CHECK(yaml.find("b")->text == "On");
  CHECK_FALSE(yaml.find("b")->plain);
  CHECK(yaml.find("c")->text == "2021");
  CHECK(yaml.find("d")->text == "folded text");
  CHECK(yaml.find("d")->line == 4);
  CHECK(yaml.find("e") == nullptr);
}

TEST_CASE("YAML null is a plain empty scalar, ~ or null, never a quoted one") {
  Yaml yaml = parse_yaml("a:\nb: ~\nc: null\nd: ''\ne: 'null'\nf: []\ng: {}\n");
  for (const char* key : {"a", "b", "c"})
    CHECK(yaml.find(key)->is_null());
  for (const char* key : {"d", "e"})
    CHECK_FALSE(yaml.find(key)->is_null());
  for (const char* key : {"a", "b", "c", "d", "f", "g"})
    CHECK(yaml.find(key)->is_empty());
  CHECK_FALSE(yaml.find("e")->is_empty());
}

TEST_CASE("A repeated YAML key joins lists and otherwise keeps the first value that is not empty") {
  Yaml yaml = parse_yaml("a: ''\nb: 1\na: x\nb: 2\nl: [p]\nl: [q]\nb:\n");
  CHECK(yaml.find("a")->text == "x");
  CHECK(yaml.find("b")->text == "1");
  CHECK(yaml.dropped == 1);
  REQUIRE(yaml.find("l")->items.size() == 2);
  CHECK(yaml.find("l")->items[1].text == "q");
  CHECK(yaml.entries.size() == 3);
}

TEST_CASE("A YAML alias is a copy of what it names") {
  Yaml yaml = parse_yaml("a: &x [1, 2]\nb: *x\n");
  CHECK(yaml.find("b")->items.size() == 2);
}

TEST_CASE("Broken YAML is a syntax error with the line and column in the file") {
  Error error = error_of("a: 'x\nb: [1\n", {}, 2);
  CHECK(error.code == ErrorCode::Syntax);
  REQUIRE(error.position);
  CHECK(error.position->first >= 2);
  CHECK(error_of("a: b: c\n").code == ErrorCode::Syntax);
  CHECK(error_of("\tx: 1\n").code == ErrorCode::Syntax);
  CHECK(error_of("a: \x01\n").code == ErrorCode::Syntax);
}

TEST_CASE("YAML nested too deeply is refused, whatever its form") {
  for (const char* part : {"[", "{a: ", "- "}) {
    Error error = error_of(repeated(part, 100'000));
    CHECK(error.code == ErrorCode::Invalid);
    CHECK_THAT(error.what(), Catch::Contains("nested deeper than 32"));
  }
  CHECK(error_of(repeated("? ", 100'000)).code == ErrorCode::Invalid);
}

TEST_CASE("Depth counts through YAML aliases") {
  std::string text = "a0: &a0 " + repeated("[", 20) + repeated("]", 20) + "\n";
  for (int i = 1; i < 50; ++i)
    text += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " " + repeated("[", 10) + "*a" +
            std::to_string(i - 1) + repeated("]", 10) + "\n";
  CHECK(std::string(error_of(text).what()).find("nested deeper") != std::string::npos);
}

TEST_CASE("A YAML alias bomb is refused before it takes memory") {
  std::string text = "a: &a [x,x,x,x,x,x,x,x,x]\n";
  for (char c = 'b'; c < 'z'; ++c) {
    text += std::string(1, c) + ": &" + c + " [";
    for (int i = 0; i < 9; ++i)
      text += std::string(i ? "," : "") + "*" + static_cast<char>(c - 1);
    text += "]\n";
  }
  Error error = error_of(text);
  CHECK(error.code == ErrorCode::Invalid);
  CHECK(std::string(error.what()).find("200000 values") != std::string::npos);
}

TEST_CASE("A YAML bomb of text is refused as well") {
  std::string text = "a: &a '" + repeated("x", 100'000) + "'\nb: [";
  for (int i = 0; i < 1000; ++i)
    text += "*a,";
  text += "]\n";
  CHECK(std::string(error_of(text).what()).find("bytes of text") != std::string::npos);
}

TEST_CASE("A YAML alias of itself, or of nothing, is refused") {
  CHECK(error_of("a: &a [*a]\n").code == ErrorCode::Invalid);
  CHECK(error_of("a: *b\n").code == ErrorCode::Invalid);
  CHECK(error_of("? [a]\n: b\n").code == ErrorCode::Invalid);
}

TEST_CASE("Huge YAML that is within the limits is read") {
  Yaml yaml = parse_yaml("a: '" + repeated("x", 5'000'000) + "'\n");
  CHECK(yaml.find("a")->text.size() == 5'000'000);
  std::string keys;
  for (int i = 0; i < 50'000; ++i)
    keys += "k" + std::to_string(i) + ": v\n";
  CHECK(parse_yaml(keys).entries.size() == 50'000);
}

TEST_CASE("Front matter ends at the next line of three hyphens") {
  SplitDocument split = split_front_matter("---\na: 1\n---\nbody\n");
  CHECK(split.front_matter == "a: 1\n");
  CHECK(split.body == "body\n");
  CHECK(split.body_line == 4);
  // As the published files end: without a line break, or with Windows' ones, or after a mark.
  CHECK(split_front_matter("---\na: 1\n---").front_matter == "a: 1\n");
  CHECK(split_front_matter("---\r\na: 1\r\n---\r\n").front_matter == "a: 1\r\n");
  CHECK(split_front_matter("\xEF\xBB\xBF---\na: 1\n--- \n").front_matter == "a: 1\n");
  CHECK(split_front_matter("---\na: --- b\n  ---\n...\n").front_matter == "a: --- b\n  ---\n");
}

TEST_CASE("A text without front matter is all body") {
  CHECK_FALSE(split_front_matter("# Title\n---\n").front_matter);
  CHECK(split_front_matter("# Title\n---\n").body == "# Title\n---\n");
  CHECK_FALSE(split_front_matter("").front_matter);
}

TEST_CASE("Front matter that nothing closes is a syntax error") {
  CHECK_THROWS_WITH(split_front_matter("---\nfigid: x\n"), Catch::Contains("no closing line ---"));
}
