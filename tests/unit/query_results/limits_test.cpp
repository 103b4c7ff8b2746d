// Solutions that are too long, and sources that fail.
#include <map>

#include <catch2/catch.hpp>

#include "tripten/error.h"

#include "query/results/solution_reader.h"

namespace tripten {
namespace {

/// A beginning, and then the letter x for ever.
class EndlessInput : public Input {
 public:
  explicit EndlessInput(std::string beginning) : Input("endless"), left_(std::move(beginning)) {}
  std::size_t read(char* to, std::size_t size) override {
    const std::size_t got = left_.copy(to, size);
    left_.erase(0, got);
    std::fill(to + got, to + size, 'x');
    return size;
  }

 private:
  std::string left_;
};

class FailingInput : public Input {
 public:
  FailingInput() : Input("failing") {}
  std::size_t read(char*, std::size_t) override {
    throw Error(ErrorCode::Io, "failing: the line is dead");
  }
};

struct NoSink : SolutionSink {
  void begin(std::vector<std::string>) override {}
  void row(std::span<const Term>) override {}
  void boolean(bool) override {}
};

/// How a document begins whose literal never ends.
const std::map<Format, std::string> kBeginnings{
    {Format::Json, R"({"head": {"vars": ["v"]}, "results": {"bindings": [{"v": {"value": ")"},
    {Format::Xml,
     "<sparql xmlns=\"http://www.w3.org/2005/sparql-results#\"><head><variable name=\"v\"/></head>"
     "<results><result><binding name=\"v\"><literal>"},
    {Format::Tsv, "?v\n\""},
    {Format::Csv, "v\n\""}};

TEST_CASE("A solution that does not end is refused") {
  for (const auto& [format, beginning] : kBeginnings) {
    INFO(name_of(format));
    EndlessInput input(beginning);
    NoSink sink;
    try {
      read_solutions(input, format, sink);
      FAIL("it ended");
    } catch (const Error& error) {
      CHECK(error.code == ErrorCode::Limit);
      CHECK_THAT(error.what(), Catch::StartsWith("endless, line ") &&
                                   Catch::EndsWith("a solution is longer than 128 MB"));
    }
  }
}

TEST_CASE("What a source throws goes through every reader") {
  for (const auto& [format, beginning] : kBeginnings) {
    INFO(name_of(format));
    FailingInput input;
    NoSink sink;
    CHECK_THROWS_WITH(read_solutions(input, format, sink), "failing: the line is dead");
  }
}

TEST_CASE("Formats that hold no solutions are refused") {
  EndlessInput input("");
  NoSink sink;
  CHECK_THROWS_WITH(read_solutions(input, Format::Turtle, sink),
                    "endless: solutions are read from json, xml, tsv and csv, not from ttl");
}

}  // namespace
}  // namespace tripten
