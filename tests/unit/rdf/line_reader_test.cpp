// The reader of plain lines against read_rdf(): what it takes is what that one reads.
#include "rdf/line_reader.h"

#include <random>

#include <catch2/catch.hpp>

#include "tests/unit/rdf/collected.h"

namespace tripten {
namespace {

constexpr Format kFormats[] = {Format::NTriples, Format::NQuads};

const std::vector<std::string>& plain_lines() {
  static const std::vector<std::string> lines{
      "<http://ex.org/a> <http://ex.org/b> <http://ex.org/c> .",
      "<http://ex.org/a>\t<http://ex.org/b>\t<http://ex.org/c>\t.  ",
      "  <http://ex.org/a><http://ex.org/b><http://ex.org/c>.",
      "_:x <urn:b> _:y1 .",
      "_:genid7 <urn:b> _:b1 .",
      R"(<urn:a> <urn:b> "" .)",
      R"(<urn:a> <urn:b> "plain text, Überträger 面" .)",
      R"(<urn:a> <urn:b> "a \"quote\", a \\, \t \b \n \r \f \'" .)",
      R"(<urn:a> <urn:b> "\u00e9\U0001F9EC and more" .)",
      R"(<urn:a> <urn:b> "\u0041"@en-GB .)",
      R"(<urn:a> <urn:b> "x"@de.)",
      R"(<urn:a> <urn:b> "1"^^<http://www.w3.org/2001/XMLSchema#integer> .)",
      R"(<urn:a> <urn:b> "1"^^<http://www.w3.org/2001/XMLSchema#string>.)",
      R"(<urn:a> <urn:b> "it's # no comment" .)",
      "# a comment <urn:a>",
      "",
      "   ",
  };
  return lines;
}

/// What the line reader makes of a text that it takes whole.
std::vector<std::string> taken(const std::string& text, Format format) {
  Collected sink;
  LineReader reader(format, text);
  REQUIRE(reader.read(sink));
  CHECK(reader.lines() == static_cast<std::uint64_t>(std::count(text.begin(), text.end(), '\n')));
  return sink.lines;
}

TEST_CASE("A line reader reads plain lines as the reader of the format does") {
  std::string all;
  for (const std::string& line : plain_lines()) {
    CAPTURE(line);
    for (const Format format : kFormats)
      for (const std::string end : {"\n", "\r\n", ""})
        CHECK(taken(line + end, format) == read_lines(line + end, format));
    all += line + "\n";
  }
  CHECK(taken(all, Format::NTriples) == read_lines(all, Format::NTriples));
  const std::string quads =
      "<urn:a> <urn:b> \"c\" <urn:g> .\n<urn:a> <urn:b> _:c _:g .\n<urn:a> <urn:b> <urn:c> .\n";
  CHECK(taken(quads, Format::NQuads) == read_lines(quads, Format::NQuads));
}

TEST_CASE("A line reader leaves to others what is wrong or rarely written so") {
  for (const std::string line : {"<urn:a> <urn:b> <urn:c>",
                                 "<urn:a> <urn:b> .",
                                 "<a> <urn:b> <urn:c> .",
                                 "<urn:a b> <urn:b> <urn:c> .",
                                 "<urn:a\\u0042> <urn:b> <urn:c> .",
                                 "\"x\" <urn:b> <urn:c> .",
                                 "<urn:a> _:b <urn:c> .",
                                 "<urn:a> <urn:b> \"x .",
                                 "<urn:a> <urn:b> \"\\x\" .",
                                 "<urn:a> <urn:b> \"\\u12\" .",
                                 "<urn:a> <urn:b> \"\\uD800\" .",
                                 "<urn:a> <urn:b> \"x\"@ .",
                                 "<urn:a> <urn:b> \"x\"@en- .",
                                 "<urn:a> <urn:b> \"x\"^^<y> .",
                                 "<urn:a> <urn:b> \"x\"^<urn:y> .",
                                 "<urn:a> <urn:b> _:x.y .",
                                 "<urn:a> <urn:b> <urn:c> . # why",
                                 "<urn:a> <urn:b> <urn:c> . .",
                                 "<urn:a> <urn:b> \"\xFF\" .",
                                 "<urn:a> <urn:b> <urn:c> .\r<urn:a> <urn:b> <urn:d> ."}) {
    CAPTURE(line);
    const std::string text =
        "<urn:x> <urn:y> <urn:z> .\n" + std::string(line) + "\n<urn:x> <urn:y> <urn:last> .";
    Collected sink;
    LineReader reader(Format::NTriples, text);
    CHECK_FALSE(reader.read(sink));
    CHECK(reader.lines() == 1);
    CHECK(reader.pass_line() == std::string(line) + "\n");
    CHECK(reader.read(sink));
    CHECK(sink.lines ==
          std::vector<std::string>{"<urn:x> <urn:y> <urn:z> .", "<urn:x> <urn:y> <urn:last> ."});
  }
  Collected sink;
  LineReader triples(Format::NTriples, "<urn:a> <urn:b> <urn:c> <urn:g> .");
  CHECK_FALSE(triples.read(sink));
}

TEST_CASE("Whatever a line reader takes of a spoilt line, the reader of the format takes as well") {
  std::mt19937 random(71);
  constexpr std::string_view kBytes = "<>\"\\ \t.:_@^#uU0aZ\r\n\x01\xC3\xA9{}|";
  int accepted = 0;
  for (int round = 0; round < 30'000; ++round) {
    std::string line = plain_lines()[random() % plain_lines().size()];
    for (unsigned edits = 1 + random() % 2; edits > 0 && !line.empty(); --edits) {
      const std::size_t at = random() % line.size();
      if (random() % 3 == 0)
        line.erase(at, 1);
      else
        line.insert(at, 1, kBytes[random() % kBytes.size()]);
    }
    CAPTURE(line);
    const Format format = kFormats[random() % 2];
    Collected sink;
    LineReader reader(format, line);
    if (!reader.read(sink)) continue;
    ++accepted;
    REQUIRE(sink.lines == read_lines(line, format));
  }
  CHECK(accepted > 3000);
}

}  // namespace
}  // namespace tripten
